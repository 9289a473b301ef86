/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.mailroom.mailets.journal.Uids;
import org.mailroom.search.testing.RandomRun;

class RuleSetGroupingTest {
    private static Map<BitSet, Uids> together(List<long[]> matches) {
        RuleSetGrouping together = new RuleSetGrouping();
        matches.forEach(together::add);
        return together.sets();
    }

    @Test
    void messagesThatTheSameRulesMatchStandTogetherInTheOrderOfTheFirst() {
        Map<BitSet, Uids> together = together(List.of(new long[] {2, 4, 9}, new long[] {}, new long[] {1, 4, 5, 9}));

        assertThat(together.toString()).isEqualTo("{{2}=1,5, {0}=2, {0, 2}=4,9}");
    }

    @Test
    void noMatchesAreNoMessages() {
        assertThat(together(List.of())).isEmpty();
        assertThat(together(List.of(new long[0], new long[0]))).isEmpty();
    }

    @Test
    void itIsWhatLookingAtEachMessageGives() {
        long seed = RandomRun.seed();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            List<long[]> matches = new ArrayList<>();
            Map<Long, BitSet> byMessage = new TreeMap<>();
            for (int rule = random.nextInt(70); rule >= 0; rule--) {
                long[] uids = LongStream.range(1, 1 + random.nextInt(60))
                        .filter(uid -> random.nextInt(4) == 0)
                        .toArray();
                for (long uid : uids) {
                    byMessage.computeIfAbsent(uid, first -> new BitSet()).set(matches.size());
                }
                matches.add(uids);
            }
            Map<BitSet, List<Long>> expected = byMessage.keySet().stream()
                    .collect(Collectors.groupingBy(byMessage::get, HashMap::new, Collectors.toList()));
            Map<BitSet, List<Long>> found = new HashMap<>();
            together(matches)
                    .forEach((rules, uids) ->
                            found.put(rules, uids.stream().boxed().toList()));

            assertThat(found).as("seed " + seed).isEqualTo(expected);
        }
    }
}
