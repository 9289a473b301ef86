/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What stops a search: its deadline, an administrator, a client that has left. Whoever asks makes a
 * {@link org.mailroom.search.control.SearchControl} and hands it down; every loop of {@code index} and {@code order}
 * looks at it. Nothing here knows of mail.
 */
package org.mailroom.search.control;
