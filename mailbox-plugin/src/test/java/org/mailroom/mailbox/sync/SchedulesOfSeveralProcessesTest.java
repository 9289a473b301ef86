/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.mail.Flags;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mailroom.mailbox.sync.SteppedBus.Fate;
import org.mailroom.mailbox.sync.SteppedChanges.Kind;
import org.mailroom.mailbox.sync.SteppedStore.Box;
import org.mailroom.mailbox.sync.SteppedStore.Change;
import org.mailroom.search.testing.RandomRun;

/**
 * Two processes on one store: what is acknowledged in one is in the answers of both, whatever comes between the steps of
 * changes and searches, and whatever becomes of events.
 */
class SchedulesOfSeveralProcessesTest {
    private static final int NODES = 2;
    /** Both actors, and an event on its way. */
    private static final int MAX_READY = 3;

    private static final int[] PERSEVERANCE = {0, 50, 80, 90, 95, 98};

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() throws Exception {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }

    /** Two processes that have searched two mailboxes. */
    private final class Scene {
        private final Random random;
        private final Steps steps;
        private final SteppedStore store;
        private final List<Box> boxes = new ArrayList<>();
        private final List<SteppedNode> nodes = new ArrayList<>();
        private final SteppedChanges changes;

        /** @param atRest whether nothing is owed */
        Scene(long seed, Fate fate, boolean atRest) throws Exception {
            random = new Random(seed);
            steps = new Steps(random, threads);
            store = new SteppedStore(steps);
            changes = new SteppedChanges(steps, store, random, fate == Fate.MAY_BE_LOST);
            boolean counter = random.nextInt(3) == 0;
            for (int i = 0; i < 2; i++) {
                boxes.add(store.create(i + 1, counter, counter ? random.nextInt(3) - 1 : 0));
                fill(boxes.get(i));
            }
            List<SteppedBus> buses = new ArrayList<>();
            for (int i = 0; i < NODES; i++) {
                SteppedBus bus = new SteppedBus(steps, random, buses, fate);
                buses.add(bus);
                nodes.add(new SteppedNode(steps, store, bus));
            }
            steps.patience(random.nextInt(3) * 10);
            steps.perseverance(PERSEVERANCE[random.nextInt(PERSEVERANCE.length)]);
            searchEverywhere(true);
            if (atRest || random.nextInt(4) > 0) {
                steps.sleep(TimeUnit.MINUTES.toNanos(1));
                searchEverywhere(true);
            }
            if (!atRest && random.nextInt(8) == 0) {
                nodes.get(random.nextInt(NODES)).restart();
            }
        }

        private void fill(Box box) {
            Change change = new Change();
            for (int i = random.nextInt(4); i >= 0; i--) {
                box.put(box.takeUid(), new SteppedStore.Row(box.takeModSeq(), new Flags()), change);
            }
            store.acknowledge(change);
        }

        SteppedNode node() {
            return nodes.get(random.nextInt(NODES));
        }

        /** Most happens in one mailbox, where it meets. */
        private int box() {
            return random.nextInt(4) == 0 ? 1 : 0;
        }

        void change(Kind kind) {
            int which = box();
            SteppedNode node = node();
            SteppedNode other = node();
            boolean look = random.nextInt(3) > 0;
            steps.add(() -> {
                changes.make(kind, boxes.get(which), boxes.get(1 - which), node.bus());
                if (look) {
                    other.search(boxes.get(random.nextInt(4) == 0 ? 1 - which : which), false);
                }
            });
        }

        void search(int times) {
            SteppedNode node = node();
            Box box = boxes.get(box());
            steps.add(() -> {
                for (int i = 0; i < times; i++) {
                    node.search(box, false);
                }
            });
        }

        void searchEverywhere(boolean exact) throws Exception {
            for (SteppedNode node : nodes) {
                for (Box box : boxes) {
                    steps.add(() -> node.search(box, exact));
                    steps.run();
                }
            }
        }

        /** Everything comes to its end, then time goes by. */
        void finish() throws Exception {
            steps.run();
            searchEverywhere(false);
            steps.sleep(ModSeqDebts.LONGEST_CHANGE.plus(SteppedNode.RECHECK).toNanos());
            searchEverywhere(true);
        }
    }

    @Test
    void aSearchOfAMailboxAtRestReadsTheStoreTwice() throws Exception {
        Scene scene = new Scene(1, Fate.COMES, true);
        long before = scene.store.reads();
        scene.searchEverywhere(true);
        assertThat(scene.store.reads() - before).isEqualTo(2L * scene.nodes.size() * scene.boxes.size());
    }

    private void draw(long seed, Fate fate) {
        try {
            Scene scene = new Scene(seed, fate, false);
            Random random = scene.random;
            Kind[] kinds = Kind.values();
            for (int i = 1 + random.nextInt(4); i > 0; i--) {
                scene.change(kinds[random.nextInt(kinds.length)]);
            }
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                scene.search(1 + random.nextInt(6));
            }
            if (random.nextInt(4) == 0) {
                scene.steps.add(() -> scene.steps.sleep(TimeUnit.SECONDS.toNanos(random.nextInt(20))));
            }
            if (random.nextInt(8) == 0) {
                SteppedNode node = scene.node();
                scene.steps.add(node::closeIndex);
            }
            scene.finish();
        } catch (Exception | AssertionError e) {
            throw new AssertionError("schedule of seed " + seed + ", events " + fate + ": " + e.getMessage(), e);
        }
    }

    /** One change, after which another process searches, while that one searches anyhow. */
    private int enumerated(Kind kind, Map<Integer, Integer> switches) {
        try {
            Scene scene = new Scene(kind.ordinal(), Fate.COMES, true);
            Box box = scene.boxes.get(0);
            SteppedNode one = scene.nodes.get(0);
            SteppedNode other = scene.nodes.get(1);
            scene.steps.add(() -> {
                scene.changes.make(kind, box, scene.boxes.get(1), one.bus());
                other.search(box, false);
            });
            scene.steps.add(() -> other.search(box, false));
            int before = scene.steps.taken();
            scene.steps.switchAt(switches);
            scene.steps.run();
            int taken = scene.steps.taken() - before;
            scene.searchEverywhere(true);
            return taken;
        } catch (Exception | AssertionError e) {
            throw new AssertionError(kind + " with switches " + switches + ": " + e.getMessage(), e);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void eachSwitchBetweenAChangeAndASearchLeavesAnswersRight(Kind kind) {
        boolean twice = RandomRun.rounds(1, 2) == 2;
        int steps = enumerated(kind, Map.of());
        for (int first = 0; first <= steps; first++) {
            for (int to = 0; to < MAX_READY; to++) {
                int taken = enumerated(kind, Map.of(first, to));
                for (int second = first + 1; twice && second <= taken; second++) {
                    for (int then = 0; then < MAX_READY; then++) {
                        enumerated(kind, Map.of(first, to, second, then));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Fate.class)
    void acknowledgedChangesAreInTheAnswersOfAllProcesses(Fate fate) {
        Random seeds = new Random(RandomRun.seed());
        for (int i = RandomRun.rounds(800, 34_000); i > 0; i--) {
            draw(seeds.nextLong(), fate);
        }
    }
}
