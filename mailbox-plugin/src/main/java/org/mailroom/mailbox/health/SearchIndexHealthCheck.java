/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.health;

import java.util.List;
import javax.inject.Inject;
import org.apache.james.core.healthcheck.ComponentName;
import org.apache.james.core.healthcheck.HealthCheck;
import org.apache.james.core.healthcheck.Result;
import org.mailroom.mailbox.sync.IndexHealth;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * Degraded while an index cannot be used or changes are not heard of: searches are right then, but slower. Named in
 * {@code healthcheck.properties} as {@code additional.healthchecks}.
 */
public final class SearchIndexHealthCheck implements HealthCheck {
    private static final ComponentName NAME = new ComponentName("Mailroom search index");

    private final IndexHealth health;

    @Inject
    public SearchIndexHealthCheck(IndexHealth health) {
        this.health = health;
    }

    @Override
    public ComponentName componentName() {
        return NAME;
    }

    @Override
    public Publisher<Result> check() {
        return Mono.fromSupplier(() -> {
            List<String> problems = health.problems();
            return problems.isEmpty() ? Result.healthy(NAME) : Result.degraded(NAME, String.join("; ", problems));
        });
    }
}
