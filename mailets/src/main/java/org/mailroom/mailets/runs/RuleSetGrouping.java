/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mailroom.mailets.journal.Uids;

/**
 * Groups the messages of a mailbox by the set of rules that match them. It costs one step through arrays for each rule,
 * which may be taken while the next rule's search runs: a mailbox may have many messages. For one thread.
 */
public final class RuleSetGrouping {
    private long[] all = new long[0];
    /** For each message, the place of its set in {@link #rules}. */
    private int[] sets = new int[0];

    private final List<BitSet> rules = new ArrayList<>(List.of(new BitSet()));
    private int added;

    /**
     * Adds what the next rule matches.
     *
     * @param uids ascending, each once
     */
    public void add(long[] uids) {
        long[] union = new long[all.length + uids.length];
        int[] setsThen = new int[union.length];
        int[] into = new int[rules.size()];
        int at = 0;
        int count = 0;
        for (long uid : uids) {
            while (at < all.length && all[at] < uid) {
                union[count] = all[at];
                setsThen[count++] = sets[at++];
            }
            int from = at < all.length && all[at] == uid ? sets[at++] : 0;
            if (into[from] == 0) {
                into[from] = with(added, from);
            }
            union[count] = uid;
            setsThen[count++] = into[from];
        }
        int rest = all.length - at;
        System.arraycopy(all, at, union, count, rest);
        System.arraycopy(sets, at, setsThen, count, rest);
        all = Arrays.copyOf(union, count + rest);
        sets = setsThen;
        added++;
    }

    /** The place of a new set: another one and a rule. */
    private int with(int rule, int set) {
        BitSet more = (BitSet) rules.get(set).clone();
        more.set(rule);
        rules.add(more);
        return rules.size() - 1;
    }

    /**
     * The sets of rules that match any message, each with all messages that these match and no others do.
     *
     * @return by the rules' numbers, in the order in which they were added, from 0; in the order of their first messages
     */
    public Map<BitSet, Uids> sets() {
        int[] sizes = new int[rules.size()];
        for (int i = 0; i < all.length; i++) {
            sizes[sets[i]]++;
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
