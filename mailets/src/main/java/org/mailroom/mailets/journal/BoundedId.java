/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.journal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Shortens Message-IDs for journals. Senders choose them: one that is longer than any mail program makes them is kept
 * as its beginning and a digest of the whole, so that it still differs from others.
 */
public final class BoundedId {
    /** The longest id that is kept whole, in characters. */
    public static final int MAX_LENGTH = 200;

    private static final int BEGINNING = 128;
    private static final int DIGEST_OCTETS = 16;

    private BoundedId() {}

    /** At most {@link #MAX_LENGTH} characters; what is bounded already stays as it is. */
    public static String of(String messageId) {
        if (messageId.length() <= MAX_LENGTH) {
            return messageId;
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(messageId.getBytes(StandardCharsets.UTF_8));
            return messageId.substring(0, BEGINNING) + "...sha256:"
                    + HexFormat.of().formatHex(Arrays.copyOf(digest, DIGEST_OCTETS));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
