/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SearchControlTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final SearchControl control = new SearchControl(Optional.of(Duration.ofSeconds(2)), now::get);

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void onlyTheTimeOfWorkCounts() {
        control.begin();
        pass(Duration.ofSeconds(1));
        control.check();
        control.pause();
        pass(Duration.ofHours(1));
        control.check();
        control.begin();
        pass(Duration.ofSeconds(1));
        control.check();
        pass(Duration.ofNanos(1));
        assertThatThrownBy(control::check)
                .isInstanceOf(SearchStoppedException.class)
                .hasMessage("a search may work for 2 s");
        assertThat(control.stopped()).contains(Stop.DEADLINE);
    }

    @Test
    void indexingDoesNotCount() {
        control.begin();
        String indexed = control.uncounted(() -> {
            pass(Duration.ofHours(1));
            return "indexed";
        });
        control.check();
        assertThat(indexed).isEqualTo("indexed");
        pass(Duration.ofSeconds(3));
        assertThatThrownBy(control::check).isInstanceOf(SearchStoppedException.class);
    }

    @Test
    void smallStepsNoticeTheDeadlineWithin256OfThem() {
        control.begin();
        pass(Duration.ofSeconds(3));
        int[] steps = new int[1];
        assertThatThrownBy(() -> {
                    while (steps[0] < 1_000) {
                        steps[0]++;
                        if (steps[0] % 2 == 0) {
                            control.term();
                        } else {
                            control.document();
                        }
                    }
                })
                .isInstanceOf(SearchStoppedException.class);
        assertThat(steps[0]).isEqualTo(256);
    }

    @Test
    void whatIsStoppedStopsForTheFirstReason() {
        control.stop(Stop.LEFT);
        control.stop(Stop.CANCELLED);
        assertThatThrownBy(control::message)
                .isInstanceOfSatisfying(SearchStoppedException.class, stopped -> assertThat(stopped.reason())
                        .isEqualTo(Stop.LEFT));
    }

    @Test
    void theUnlimitedSearchStopsOnlyWhenTold() {
        SearchControl unlimited = SearchControl.unlimited();
        unlimited.begin();
        for (int i = 0; i < 1_000; i++) {
            unlimited.term();
        }
        unlimited.stop(Stop.CANCELLED);
        assertThatThrownBy(unlimited::check).hasMessage("an administrator has cancelled it");
    }

    @Test
    void workIsCounted() {
        control.begin();
        for (int i = 0; i < 300; i++) {
            control.term();
        }
        control.document();
        control.message();
        assertThat(control.work().terms()).isEqualTo(256);
        control.pause();
        assertThat(control.work()).isEqualTo(new SearchWork(300, 1, 1));
        assertThat(new SearchWork(310, 1, 3).since(control.work())).isEqualTo(new SearchWork(10, 0, 2));
    }
}
