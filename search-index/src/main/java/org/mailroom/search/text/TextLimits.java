/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

/**
 * How much text of one message is read: what keeps the heap bounded. Where a limit is reached the text ends there and
 * {@link Completeness} says so. How many parts a message has, how deep they lie inside each other and how long
 * its lines and its header are does not matter otherwise: reading takes time linear in the octets of the message.
 *
 * @param partOctets octets of one text part after its transfer encoding is decoded; characters of a text that an
 *     extractor draws from a part
 * @param messageCharacters characters of all texts of the body together, and of all fields of the header together
 */
public record TextLimits(int partOctets, int messageCharacters) {

    public static final TextLimits DEFAULT = new TextLimits(10_000_000, 50_000_000);

    public TextLimits {
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
