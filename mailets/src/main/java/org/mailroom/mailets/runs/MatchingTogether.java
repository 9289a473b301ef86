/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mailroom.mailets.runs.journal.Uids;

/**
 * Puts messages together that the same rules match. There may be as many messages as a mailbox has, so it costs a few steps
 * through arrays for each rule: next to the searches, nothing.
 */
public final class MatchingTogether {
    private final long[] all;
    private final int[] sets;
    private final List<BitSet> rules = new ArrayList<>(List.of(new BitSet()));

    private MatchingTogether(List<long[]> matches) {
        long[] union = new long[0];
        for (long[] uids : matches) {
            union = union(union, uids);
        }
        this.all = union;
        this.sets = new int[all.length];
        for (int rule = 0; rule < matches.size(); rule++) {
            split(rule, matches.get(rule));
        }
    }

    /**
     * The sets of rules that match any message, each with all messages that these match and no others do.
     *
     * @param matches the uids that each rule matches, ascending
     * @return by the places of rules in the list; in the order of their first messages
     */
    public static Map<BitSet, Uids> of(List<long[]> matches) {
        return new MatchingTogether(matches).sets();
    }

    private static long[] union(long[] one, long[] another) {
        long[] union = new long[one.length + another.length];
        int count = 0;
        int i = 0;
        int j = 0;
        while (i < one.length || j < another.length) {
            long next = j == another.length || i < one.length && one[i] < another[j] ? one[i] : another[j];
            i += i < one.length && one[i] == next ? 1 : 0;
            j += j < another.length && another[j] == next ? 1 : 0;
            union[count++] = next;
        }
        return Arrays.copyOf(union, count);
    }

    /** Takes those that {@code rule} matches out of the set they are in, into one of their own. */
    private void split(int rule, long[] uids) {
        int[] into = new int[rules.size()];
        int at = 0;
        for (long uid : uids) {
            while (all[at] < uid) {
                at++;
            }
            int from = sets[at];
            if (into[from] == 0) {
                BitSet more = (BitSet) rules.get(from).clone();
                more.set(rule);
                into[from] = rules.size();
                rules.add(more);
            }
            sets[at] = into[from];
        }
    }

    private Map<BitSet, Uids> sets() {
        int[] sizes = new int[rules.size()];
        for (int set : sets) {
            sizes[set]++;
        }
        long[][] members = new long[rules.size()][];
        int[] filled = new int[rules.size()];
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < all.length; i++) {
            int set = sets[i];
            if (filled[set] == 0) {
                members[set] = new long[sizes[set]];
                order.add(set);
            }
            members[set][filled[set]++] = all[i];
        }
        Map<BitSet, Uids> together = new LinkedHashMap<>();
        order.forEach(set -> together.put(rules.get(set), Uids.of(members[set])));
        return together;
    }
}
