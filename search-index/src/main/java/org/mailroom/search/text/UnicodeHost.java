/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import java.util.Locale;
import java.util.Optional;

/**
 * Decodes internationalised names of hosts: {@code xn--bcher-kva.example} is {@code bücher.example}. It decodes the
 * labels by Punycode (RFC 3492) alone: unlike {@link java.net.IDN} it does not ask whether a registry would admit them,
 * so that names by the rules of 2003 and of 2008 are both read.
 */
final class UnicodeHost {
    private static final String PREFIX = "xn--";

    /** A longer name or label is none (RFC 1035), and decoding a label takes time by the square of its length. */
    private static final int MAX_HOST = 255;

    private static final int MAX_LABEL = 63;

    private static final int BASE = 36;
    private static final int LEAST_THRESHOLD = 1;
    private static final int MAX_THRESHOLD = 26;
    private static final int SKEW = 38;
    private static final int DAMP = 700;
    private static final int INITIAL_BIAS = 72;

    private UnicodeHost() {}

    /** The host in Unicode; nothing where no label of it is encoded, or none can be decoded. */
    static Optional<String> of(String host) {
        if (host.length() > MAX_HOST || !host.toLowerCase(Locale.ROOT).contains(PREFIX)) {
            return Optional.empty();
        }
        String[] labels = host.split("\\.", -1);
        boolean decoded = false;
        for (int i = 0; i < labels.length; i++) {
            if (labels[i].length() <= MAX_LABEL && labels[i].regionMatches(true, 0, PREFIX, 0, PREFIX.length())) {
                Optional<String> label = decode(labels[i].substring(PREFIX.length()));
                decoded |= label.isPresent();
                labels[i] = label.orElse(labels[i]);
            }
        }
        return decoded ? Optional.of(String.join(".", labels)) : Optional.empty();
    }

    private static Optional<String> decode(String label) {
        int delimiter = label.lastIndexOf('-');
        StringBuilder decoded = new StringBuilder(Math.max(delimiter, 0) + 8);
        decoded.append(label, 0, Math.max(delimiter, 0));
        int length = decoded.length();
        int character = 0x80;
        int bias = INITIAL_BIAS;
        long insertAt = 0;
        int at = delimiter + 1;
        while (at < label.length()) {
            long before = insertAt;
            long weight = 1;
            for (int k = BASE; ; k += BASE) {
                int digit = at < label.length() ? Character.digit(label.charAt(at), BASE) : -1;
                if (digit < 0 || label.charAt(at) >= 0x80) {
                    return Optional.empty();
                }
                at++;
                // letters stand for the low values, digits for the high ones
                insertAt += (digit < 10 ? digit + 26 : digit - 10) * weight;
                int threshold = Math.min(Math.max(k - bias, LEAST_THRESHOLD), MAX_THRESHOLD);
                if ((digit < 10 ? digit + 26 : digit - 10) < threshold) {
                    break;
                }
                weight *= BASE - threshold;
                if (weight > Integer.MAX_VALUE || insertAt > Integer.MAX_VALUE) {
                    return Optional.empty();
                }
            }
            length++;
            bias = adapt(insertAt - before, length, before == 0);
            character += (int) (insertAt / length);
            if (character < 0 || !Character.isDefined(character) || character > Character.MAX_CODE_POINT) {
                return Optional.empty();
            }
            insertAt %= length;
            decoded.insert(decoded.offsetByCodePoints(0, (int) insertAt), Character.toString(character));
            insertAt++;
        }
        return Optional.of(decoded.toString()).filter(text -> !text.isEmpty());
    }

    private static int adapt(long delta, int length, boolean first) {
        long left = first ? delta / DAMP : delta / 2;
        left += left / length;
        int k = 0;
        while (left > (BASE - LEAST_THRESHOLD) * MAX_THRESHOLD / 2) {
            left /= BASE - LEAST_THRESHOLD;
            k += BASE;
        }
        return (int) (k + (BASE - LEAST_THRESHOLD + 1) * left / (left + SKEW));
    }
}
