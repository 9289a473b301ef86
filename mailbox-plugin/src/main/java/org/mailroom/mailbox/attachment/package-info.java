/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Texts of attachments: a part of a message comes in, its plain text goes out, drawn by a Tika server
 * ({@link org.mailroom.mailbox.attachment.TikaServer}) or by James's own text extractor
 * ({@link org.mailroom.mailbox.attachment.JamesTextExtractor}). {@link org.mailroom.mailbox.attachment.AttachmentTexts} knows which. No
 * index and no mailbox is known here.
 */
package org.mailroom.mailbox.attachment;
