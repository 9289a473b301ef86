/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.apache.james.core.healthcheck.Result;
import org.apache.james.core.healthcheck.ResultStatus;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class SearchIndexHealthCheckTest {
    private static Result check(HealthContributor... contributors) {
        return Mono.from(new SearchIndexHealthCheck(Set.of(contributors)).check())
                .block();
    }

    @Test
    void healthIsWellWhereNobodyKnowsOfAnything() {
        assertThat(check().getStatus()).isEqualTo(ResultStatus.HEALTHY);
        assertThat(check(List::of).getStatus()).isEqualTo(ResultStatus.HEALTHY);
    }

    @Test
    void aNoteAloneDegradesNothing() {
        assertThat(check(() -> List.of(HealthFact.note("3 messages are past a limit")))
                        .getStatus())
                .isEqualTo(ResultStatus.HEALTHY);
    }

    @Test
    void whatDegradesIsReportedFirstAndNotesBesideIt() {
        Result result = check(() -> List.of(HealthFact.note("a note"), HealthFact.degraded("the trouble")));

        assertThat(result.getStatus()).isEqualTo(ResultStatus.DEGRADED);
        assertThat(result.getCause()).contains("the trouble; a note");
    }

    @Test
    void aPartThatFailsHidesNoOther() {
        Result result = check(
                () -> {
                    throw new IllegalStateException("lost");
                },
                () -> List.of(HealthFact.degraded("the trouble")));

        assertThat(result.getStatus()).isEqualTo(ResultStatus.DEGRADED);
        assertThat(result.getCause().orElseThrow()).contains("the trouble").contains("lost");
    }
}
