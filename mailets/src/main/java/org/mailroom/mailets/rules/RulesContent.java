/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.rules;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** What stands in {@code folder-rules.xml}, octet by octet, or that there is no such file. Immutable. */
public final class RulesContent {
    /** There is no file, which means no rules. */
    public static final RulesContent NONE = new RulesContent(false, new byte[0]);

    private static final int DIGITS = 16;

    private final boolean exists;
    private final byte[] octets;
    private final String version;

    private RulesContent(boolean exists, byte[] octets) {
        this.exists = exists;
        this.octets = octets;
        this.version = exists ? versionOf(octets) : "none";
    }

    public static RulesContent of(byte[] octets) {
        return new RulesContent(true, octets.clone());
    }

    /** Tells a text from others: layout and comments count. */
    public static String versionOf(String text) {
        return versionOf(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String versionOf(byte[] octets) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(octets);
            return HexFormat.of().formatHex(digest).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    public boolean exists() {
        return exists;
    }

    /** Empty where there is no file. */
    public byte[] octets() {
        return octets.clone();
    }

    /** Tells this content from others. */
    public String version() {
        return version;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RulesContent content
                && exists == content.exists
                && Arrays.equals(octets, content.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    @Override
    public String toString() {
        return version;
    }
}
