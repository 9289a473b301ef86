/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * As many messages as are wanted, made of a few thousand real ones. The first are these themselves. In every further
 * round ids, numbers and half of the words that occur in one message only are others (the same in all messages of the
 * round, so that replies still name what they reply to), and so are the years: mail that only came again and again would
 * bring no new words, and its index would be smaller than that of as much real mail.
 */
public final class VariedMail {
    private static final int SHORTEST_ID = 5;
    private static final int SHORTEST_WORD = 4;

    private final List<RawMessage> mail;
    private final Map<String, Integer> occurrences = new HashMap<>();

    public VariedMail(List<RawMessage> mail) {
        this.mail = mail;
        for (RawMessage message : mail) {
            new Words(message).forEach(word -> occurrences.merge(word, 1, Integer::sum));
        }
    }

    /** The message number {@code index}, from 0 on. */
    public RawMessage get(int index) {
        RawMessage message = mail.get(index % mail.size());
        int round = index / mail.size();
        return round == 0 ? message : new RawMessage(message.name() + "/" + round, varied(message.octets(), round));
    }

    private byte[] varied(byte[] octets, int round) {
        ByteArrayOutputStream varied = new ByteArrayOutputStream(octets.length);
        int end = endOfText(octets);
        int at = 0;
        while (at < end) {
            int wordEnd = wordEnd(octets, at, end);
            if (wordEnd == at) {
                varied.write(octets[at++]);
            } else {
                String word = new String(octets, at, wordEnd - at, StandardCharsets.US_ASCII);
                varied.writeBytes(varied(word, round).getBytes(StandardCharsets.US_ASCII));
                at = wordEnd;
            }
        }
        varied.write(octets, end, octets.length - end);
        return varied.toByteArray();
    }

    /** Where what is encoded begins: other letters would make other octets of it. */
    private static int endOfText(byte[] octets) {
        String text = new String(octets, StandardCharsets.ISO_8859_1);
        boolean encoded = text.toLowerCase(java.util.Locale.ROOT).contains("content-transfer-encoding: base64");
        int bodyStart = Math.max(text.indexOf("\n\n"), text.indexOf("\n\r\n"));
        return encoded && bodyStart >= 0 ? bodyStart : octets.length;
    }

    private String varied(String word, int round) {
        boolean year = word.length() == 4 && word.startsWith("20") && hasDigits(word.substring(2), 2);
        if (year) {
            return Integer.toString(2000 + (Integer.parseInt(word) + round) % 26);
        }
        Random random = new Random(word.hashCode() * 31L + round);
        boolean id = word.length() >= SHORTEST_ID && hasDigits(word, 2);
        boolean rare = word.length() >= SHORTEST_WORD && occurrences.getOrDefault(word, 0) == 1 && random.nextBoolean();
        if (!id && !rare) {
            return word;
        }
        StringBuilder other = new StringBuilder(word);
        int changes = id ? word.length() : 2;
        for (int i = 0; i < changes; i++) {
            int place = id ? i : random.nextInt(word.length());
            other.setCharAt(place, varied(word.charAt(place), random));
        }
        return other.toString();
    }

    private static boolean hasDigits(String word, int least) {
        return word.chars().filter(c -> c >= '0' && c <= '9').count() >= least;
    }

    private static char varied(char c, Random random) {
        if (c >= '0' && c <= '9') {
            return (char) ('0' + random.nextInt(10));
        }
        int letters = (c | 0x20) <= 'f' ? 6 : 26;
        return (char) ((c & 0x20) + 'A' + random.nextInt(letters));
    }

    private static int wordEnd(byte[] octets, int from, int end) {
        int at = from;
        while (at < end && isWordy(octets[at])) {
            at++;
        }
        return at;
    }

    private static boolean isWordy(byte octet) {
        return octet >= '0' && octet <= '9' || (octet | 0x20) >= 'a' && (octet | 0x20) <= 'z';
    }

    /** The words of a message. */
    private record Words(RawMessage message) {
        void forEach(java.util.function.Consumer<String> sink) {
            byte[] octets = message.octets();
            for (int at = 0; at < octets.length; at++) {
                int end = wordEnd(octets, at, octets.length);
                if (end > at) {
                    sink.accept(new String(octets, at, end - at, StandardCharsets.US_ASCII));
                    at = end;
                }
            }
        }
    }
}
