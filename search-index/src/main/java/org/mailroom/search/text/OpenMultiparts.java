/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Tracks the multiparts that lie around a place in a message, outermost first, and the lines that divide their parts
 * (RFC 2046 section 5.1.1). Finds whose delimiter a line is in time linear in the line, however many multiparts are
 * open.
 *
 * <p>Boundaries are found by a hash of the octets of the line up to each place where a boundary may end. The hash is
 * taken modulo a prime with a random base, so that no message can be written whose boundaries collide.
 */
final class OpenMultiparts {

    /** RFC 2046 allows 70 octets. A multipart with a longer boundary than this is read as text. */
    static final int MAX_BOUNDARY = 1_000;

    /** How many octets of a line have to be there to tell whether it is a delimiter: dashes, boundary, two octets more. */
    static final int LOOK_AHEAD = MAX_BOUNDARY + 4;

    private static final long PRIME = (1L << 61) - 1;

    /** A multipart whose parts are being read. */
    static final class Level {
        private final byte[] boundary;
        private final boolean digest;
        private final long hash;
        private final int depth;
        private final Optional<Level> outerOfSameBoundary;
        private boolean closed;

        private Level(byte[] boundary, boolean digest, long hash, int depth, Optional<Level> outerOfSameBoundary) {
            this.boundary = boundary;
            this.digest = digest;
            this.hash = hash;
            this.depth = depth;
            this.outerOfSameBoundary = outerOfSameBoundary;
        }

        /** Whether its parts are messages unless they say otherwise (RFC 2046 section 5.1.5). */
        boolean digest() {
            return digest;
        }
    }

    /**
     * A line that divides parts.
     *
     * @param level whose parts it divides
     * @param closing whether it says that no part follows
     */
    record Delimiter(Level level, boolean closing) {}

    private final long base = new SplittableRandom().nextLong(1L << 32, PRIME);
    private final List<Level> levels = new ArrayList<>();
    private final Map<Long, Level> innermostByHash = new HashMap<>();
    private int longestBoundary;
    private long octetsLookedAt;

    boolean isEmpty() {
        return levels.isEmpty();
    }

    /** How many octets of lines have been looked at. */
    long octetsLookedAt() {
        return octetsLookedAt;
    }

    /** Opens a multipart inside the innermost that is open. */
    Level open(String boundary, boolean digest) {
        byte[] octets = boundary.getBytes(StandardCharsets.ISO_8859_1);
        long hash = 0;
        for (byte octet : octets) {
            hash = append(hash, octet);
        }
        Level level = new Level(octets, digest, hash, levels.size(), Optional.ofNullable(innermostByHash.get(hash)));
        levels.add(level);
        innermostByHash.put(hash, level);
        longestBoundary = Math.max(longestBoundary, octets.length);
        return level;
    }

    /** Goes on where {@code delimiter} says: what lies inside its multipart ends there. */
    void pass(Delimiter delimiter) {
        Level level = delimiter.level();
        for (int last = levels.size() - 1; last > level.depth; last--) {
            Level ended = levels.remove(last);
            ended.outerOfSameBoundary.ifPresentOrElse(
                    outer -> innermostByHash.put(ended.hash, outer), () -> innermostByHash.remove(ended.hash));
        }
        // parts behind an early end are parts nevertheless
        level.closed = delimiter.closing();
    }

    /**
     * The delimiter that the line {@code octets[from..to)} is, where it is one. The line may end with its line end
     * anywhere in between; where it does not, {@code to} is at least {@link #LOOK_AHEAD} octets away or the end of the
     * message. Of boundaries that begin alike the longest counts.
     */
    Optional<Delimiter> find(byte[] octets, int from, int to) {
        if (levels.isEmpty() || !beginsWithDashes(octets, from, to)) {
            return Optional.empty();
        }
        int start = from + 2;
        int last = Math.min(to, start + longestBoundary);
        Level found = null;
        long hash = 0;
        int at = start;
        for (; at <= last; at++) {
            if (at > start && mayEnd(octets, at, to)) {
                Level level = innermostByHash.get(hash);
                found = level == null ? found : level;
            }
            if (at == last || octets[at] == '\n') {
                break;
            }
            hash = append(hash, octets[at]);
        }
        octetsLookedAt += at - from;
        return Optional.ofNullable(found)
                .filter(level -> begins(level.boundary, octets, start, to))
                .map(level -> delimiter(level, octets, start + level.boundary.length, to));
    }

    /**
     * Of nested multiparts with the same boundary the innermost that has not ended counts. Only the innermost of all can
     * have ended.
     */
    private static Delimiter delimiter(Level innermost, byte[] octets, int end, int to) {
        Level level = innermost.closed ? innermost.outerOfSameBoundary.orElse(innermost) : innermost;
        return new Delimiter(level, closes(octets, end, to));
    }

    /** Whether the line {@code octets[from..to)} would be a delimiter of a multipart with {@code boundary}. */
    static boolean delimits(String boundary, byte[] octets, int from, int to) {
        byte[] expected = boundary.getBytes(StandardCharsets.ISO_8859_1);
        return beginsWithDashes(octets, from, to)
                && begins(expected, octets, from + 2, to)
                && mayEnd(octets, from + 2 + expected.length, to);
    }

    static boolean beginsWithDashes(byte[] octets, int from, int to) {
        return to - from >= 2 && octets[from] == '-' && octets[from + 1] == '-';
    }

    private static boolean begins(byte[] boundary, byte[] octets, int from, int to) {
        int end = from + boundary.length;
        return end <= to && Arrays.equals(octets, from, end, boundary, 0, boundary.length);
    }

    /** Whether a boundary may end before {@code octets[at]}: at a blank, the two dashes of the last delimiter, the end. */
    private static boolean mayEnd(byte[] octets, int at, int to) {
        return at == to
                || octets[at] == ' '
                || octets[at] == '\t'
                || octets[at] == '\r'
                || octets[at] == '\n'
                || closes(octets, at, to);
    }

    private static boolean closes(byte[] octets, int at, int to) {
        return at + 1 < to && octets[at] == '-' && octets[at + 1] == '-';
    }

    /** {@code (hash * base + octet + 1) mod PRIME}. */
    private long append(long hash, byte octet) {
        long high = Math.multiplyHigh(hash, base);
        long low = hash * base;
        long folded = (low & PRIME) + (low >>> 61 | high << 3);
        folded = (folded & PRIME) + (folded >>> 61) + (octet & 0xFF) + 1;
        return folded >= PRIME ? folded - PRIME : folded;
    }
}
