/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Holds the untagged responses to searches and writes them. A record such as {@link org.mailroom.mailbox.imap.response.ESearchData} comes in,
 * its encoder writes the octets with {@link org.mailroom.mailbox.imap.response.SequenceSetWriter}. Nothing here searches.
 */
package org.mailroom.mailbox.imap.response;
