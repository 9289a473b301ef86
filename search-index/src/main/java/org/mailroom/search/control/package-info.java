/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Stops searches: at their deadline, for an administrator, for a client that has left. A caller makes a {@link
 * org.mailroom.search.control.SearchControl} and passes it down; every loop of {@code index} and {@code order} calls
 * it. {@link org.mailroom.search.control.DaemonThreads} makes the threads of all of Mailroom. Nothing here knows of mail.
 */
package org.mailroom.search.control;
