/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The name of the directory of an owner's index: the owner's name with everything but ASCII letters, digits, hyphens and
 * underscores escaped, so that it names a directory directly below that of all indexes. A long one is cut and told from
 * others by a hash, behind a full stop, which an escaped name never has.
 */
final class DirectoryName {
    private static final int LONGEST = 120;
    private static final int HASH_OCTETS = 16;

    private DirectoryName() {}

    static String of(String owner) {
        String name = escaped(owner);
        return name.length() > LONGEST || name.isEmpty()
                ? name.substring(0, Math.min(name.length(), LONGEST)) + "." + hash(owner)
                : name;
    }

    private static String escaped(String owner) {
        return URLEncoder.encode(owner, StandardCharsets.UTF_8)
                .replace("*", "%2A")
                .replace(".", "%2E");
    }

    private static String hash(String owner) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(owner.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_OCTETS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Whose directory has that name; nothing where the name does not say, or is none that {@link #of} gives. */
    static Optional<String> owner(String name) {
        try {
            return Optional.of(URLDecoder.decode(name, StandardCharsets.UTF_8))
                    .filter(owner -> of(owner).equals(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
