/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What text a message has: a MIME message comes in as a stream, a {@link org.mailroom.search.text.MessageText} goes
 * out; and how texts are compared: {@link org.mailroom.search.text.Casemap}. No search key and no index is known here.
 */
package org.mailroom.search.text;
