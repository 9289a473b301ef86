/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import java.util.Optional;

/**
 * How the body of one entity of a message was read: for explanations. File names, and header fields of attached messages,
 * are texts of no part.
 *
 * @param type its media type
 * @param declaredCharset as it is named, or empty
 * @param charset in which it was read; empty where it has no charset
 * @param transferEncoding in lower case, or empty
 * @param fileName or empty
 * @param firstText the number of its first text in {@link MessageText#body}
 * @param texts how many texts it has there
 * @param skipped why it has no text, or not all of it
 */
public record ReadPart(
        String type,
        String declaredCharset,
        String charset,
        String transferEncoding,
        String fileName,
        int firstText,
        int texts,
        Optional<String> skipped) {

    /** Whether text number {@code text} of the body is of this part. */
    public boolean has(int text) {
        return text >= firstText && text < firstText + texts;
    }
}
