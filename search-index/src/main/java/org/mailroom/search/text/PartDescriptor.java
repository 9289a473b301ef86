/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import org.apache.james.mime4j.stream.BodyDescriptor;

/**
 * What the header of an entity says of its body.
 *
 * @param mimeType in lower case; {@code message/rfc822} for everything that is a message, a type without parts where
 *     its parts cannot or may not be read
 * @param charset as it is named, or empty
 * @param transferEncoding in lower case
 * @param boundary of a multipart, each octet as one character; otherwise empty
 * @param fileName the first of its names, or empty
 * @param tooDeep whether it lies deeper than the limit
 */
record PartDescriptor(
        String mimeType, String charset, String transferEncoding, String boundary, String fileName, boolean tooDeep)
        implements BodyDescriptor {

    static final String MESSAGE = "message/rfc822";
    static final String PLAIN = "text/plain";

    /** Whether its body is text: {@code text/*}, and {@code message/*} that is no message, such as a delivery status. */
    boolean isText() {
        return mimeType.startsWith("text/") || mimeType.startsWith("message/");
    }

    @Override
    public String getMimeType() {
        return mimeType;
    }

    @Override
    public String getMediaType() {
        return mimeType.substring(0, mimeType.indexOf('/'));
    }

    @Override
    public String getSubType() {
        return mimeType.substring(mimeType.indexOf('/') + 1);
    }

    @Override
    public String getBoundary() {
        return boundary;
    }

    @Override
    public String getCharset() {
        return charset;
    }

    @Override
    public String getTransferEncoding() {
        return transferEncoding;
    }

    @Override
    public long getContentLength() {
        return -1;
    }
}
