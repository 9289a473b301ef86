/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.order;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/**
 * A Message-ID, short enough to keep many of: 64 bits of its SHA-256. Two ids of one mailbox by chance share them once in
 * thousands of millions of mailboxes; what that would do is put one message into a wrong thread.
 */
public record MessageIdHash(long bits) {
    /** More than any client writes; a longer list is somebody's attempt to make threading slow. */
    private static final int MOST = 500;

    /** The valid ids in a field that is unfolded and not decoded: {@code <left@right>}, the rest is passed over. */
    static List<MessageIdHash> in(String field) {
        List<MessageIdHash> ids = new ArrayList<>();
        int start = field.indexOf('<');
        while (start >= 0 && ids.size() < MOST) {
            int end = idEnd(field, start + 1);
            if (end > 0) {
                ids.add(of(field.substring(start + 1, end)));
            }
            start = field.indexOf('<', start + 1);
        }
        return ids;
    }

    /** Where the id that starts at {@code start} ends with its bracket; -1 where there is no valid one. */
    private static int idEnd(String field, int start) {
        boolean quoted = false;
        int at = -1;
        for (int i = start; i < field.length(); i++) {
            char c = field.charAt(i);
            if (quoted) {
                if (c == '\\') {
                    i++;
                } else if (c == '"') {
                    quoted = false;
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == '@') {
                at = i;
            } else if (c == '>') {
                return at > start && at < i - 1 ? i : -1;
            } else if (c == '<') {
                return -1;
            }
        }
        return -1;
    }

    /** RFC 5256: quoted or not, the same id is the same. */
    private static MessageIdHash of(String id) {
        StringBuilder plain = new StringBuilder(id.length());
        boolean quoted = false;
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (quoted && c == '\\' && i + 1 < id.length()) {
                plain.append(id.charAt(++i));
            } else if (quoted || c > ' ') {
                plain.append(c);
            }
        }
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(plain.toString().getBytes(StandardCharsets.UTF_8));
            return new MessageIdHash(ByteBuffer.wrap(hash).getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
