/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.health;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.apache.james.core.healthcheck.ComponentName;
import org.apache.james.core.healthcheck.HealthCheck;
import org.apache.james.core.healthcheck.Result;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Reports that Mailroom is degraded while a part of it cannot do all it promises: an index cannot be used, changes of
 * mailboxes do not reach it, a journal cannot be read. An administrator names it in {@code healthcheck.properties} as
 * {@code additional.healthchecks}.
 */
public final class SearchIndexHealthCheck implements HealthCheck {
    private static final Logger LOGGER = LoggerFactory.getLogger(SearchIndexHealthCheck.class);
    private static final ComponentName NAME = new ComponentName("Mailroom search index");

    private final List<HealthContributor> contributors;

    @Inject
    public SearchIndexHealthCheck(Set<HealthContributor> contributors) {
        // a set has no order, and the cause should not change from one check to the next
        this.contributors = contributors.stream()
                .sorted(Comparator.comparing(
                        contributor -> contributor.getClass().getName()))
                .toList();
    }

    @Override
    public ComponentName componentName() {
        return NAME;
    }

    @Override
    public Publisher<Result> check() {
        return Mono.fromSupplier(() -> {
            List<HealthFact> facts = contributors.stream().flatMap(this::facts).toList();
            // James has no place for a cause where all is well
            return facts.stream().noneMatch(HealthFact::degrades)
                    ? Result.healthy(NAME)
                    : Result.degraded(
                            NAME,
                            Stream.of(true, false)
                                    .flatMap(degrades -> facts.stream().filter(fact -> fact.degrades() == degrades))
                                    .map(HealthFact::text)
                                    .collect(Collectors.joining("; ")));
        });
    }

    private Stream<HealthFact> facts(HealthContributor contributor) {
        try {
            return contributor.facts().stream();
        } catch (RuntimeException e) {
            String part = contributor.getClass().getSimpleName();
            LOGGER.error("{} cannot report its health", part, e);
            return Stream.of(
                    HealthFact.degraded(part + " cannot report its health (" + e + "); the server's log has more"));
        }
    }
}
