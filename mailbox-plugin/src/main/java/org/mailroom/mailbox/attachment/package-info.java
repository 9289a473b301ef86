/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Extracts the texts of attachments: a part of a message comes in, its plain text goes out. {@link
 * org.mailroom.mailbox.attachment.AttachmentTexts} chooses between a Tika server ({@link
 * org.mailroom.mailbox.attachment.TikaServer}) and James's own text extractor ({@link
 * org.mailroom.mailbox.attachment.JamesTextExtractor}). No index and no mailbox is known here.
 */
package org.mailroom.mailbox.attachment;
