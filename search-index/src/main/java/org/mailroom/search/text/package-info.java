/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Reads the text of messages, and folds texts to the normal form in which they are compared. A MIME message comes in as a
 * stream ({@link org.mailroom.search.text.MessageTextReader}), a {@link org.mailroom.search.text.MessageText} goes out.
 * {@code MessageReading} walks through the parts; {@code TextPart} chooses the charset of a part, and {@code charset}
 * decodes it. {@link org.mailroom.search.text.Casemap} folds, by Mailroom's own copy of Unicode's tables. No search key and
 * no index is known here.
 *
 * <p>All is read by classes of our own, because they have to get text out of what a parser may refuse, and each octet of
 * a message is to be looked at a constant number of times, however many multiparts lie around it.
 */
package org.mailroom.search.text;
