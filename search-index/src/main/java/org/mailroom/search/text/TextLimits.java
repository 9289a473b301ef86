/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

/**
 * How much of one message is read. Where a limit is reached the text ends there and {@link Completeness}
 * says so.
 *
 * @param parts MIME parts, multiparts and attached messages included
 * @param nesting levels of multiparts and attached messages inside each other
 * @param headerOctets octets of one header: that of the message, of an attached message or of a part
 * @param partOctets octets of one text part after its transfer encoding is decoded; characters of a text that an
 *     extractor draws from a part
 * @param messageCharacters characters of all texts of the body together
 */
public record TextLimits(int parts, int nesting, int headerOctets, int partOctets, int messageCharacters) {

    public static final TextLimits DEFAULT = new TextLimits(1_000, 100, 1_000_000, 10_000_000, 50_000_000);

    public TextLimits {
        requirePositive("parts", parts);
        requirePositive("nesting", nesting);
        requirePositive("headerOctets", headerOctets);
        requirePositive("partOctets", partOctets);
        requirePositive("messageCharacters", messageCharacters);
    }

    private static void requirePositive(String name, int value) {
        if (value < 1 || value == Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "text limit " + name + " is " + value + ", but must be from 1 to " + (Integer.MAX_VALUE - 1));
        }
    }
}
