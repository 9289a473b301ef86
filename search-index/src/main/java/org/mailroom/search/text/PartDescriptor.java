/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

/**
 * What the header of an entity says of its body.
 *
 * @param mimeType in lower case; {@code message/rfc822} for everything that is a message, a type without parts where
 *     its parts cannot be found
 * @param charset as it is named, or empty
 * @param transferEncoding in lower case
 * @param boundary of a multipart, each octet as one character; {@link #NO_BOUNDARY} where it names none
 * @param fileName the first of its names, or empty
 * @param deletesSpace whether lines of its text that end with a blank go on without it (RFC 3676 section 4.4)
 * @param attachment whether it is a file that somebody added to the text
 */
record PartDescriptor(
        String mimeType,
        String charset,
        String transferEncoding,
        String boundary,
        String fileName,
        boolean deletesSpace,
        boolean attachment) {

    static final String MESSAGE = "message/rfc822";
    static final String PLAIN = "text/plain";

    /** Of a multipart that does not say what divides its parts: no line has a line end inside. */
    static final String NO_BOUNDARY = "\n";

    /** Whether its body is text: {@code text/*}, and {@code message/*} that is no message, such as a delivery status. */
    boolean isText() {
        return mimeType.startsWith("text/") || mimeType.startsWith("message/");
    }

    boolean isMessage() {
        return mimeType.equals(MESSAGE);
    }

    boolean isMultipart() {
        return mimeType.startsWith("multipart/");
    }

    /** Whether the parts of this multipart are messages unless they say otherwise. */
    boolean isDigest() {
        return mimeType.equals("multipart/digest");
    }

    /** This part, read as text whatever it is. */
    PartDescriptor asText() {
        return new PartDescriptor(PLAIN, charset, transferEncoding, "", fileName, false, attachment);
    }

    /** A file of this type in this text, its charset not declared. */
    PartDescriptor asFile(String type) {
        return new PartDescriptor(type, "", "", "", "", false, true);
    }
}
