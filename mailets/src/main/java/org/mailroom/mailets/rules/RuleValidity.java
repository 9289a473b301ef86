/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.rules;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Says whether and how long a rule acts.
 *
 * @param enabled whether it acts at all
 * @param expires from when on it acts no more; empty where it does not end
 */
public record RuleValidity(boolean enabled, Optional<Instant> expires) {
    /** Of a rule that says nothing of it. */
    public static final RuleValidity ALWAYS = new RuleValidity(true, Optional.empty());

    public RuleValidity {
        Objects.requireNonNull(expires);
    }

    /** What a rule is at a moment. */
    public enum State {
        ACTIVE,
        /** {@code enabled="false"}, whether or not it would have expired. */
        DISABLED,
        EXPIRED
    }

    public State at(Instant now) {
        if (!enabled) {
            return State.DISABLED;
        }
        return expires.filter(end -> !now.isBefore(end)).isPresent() ? State.EXPIRED : State.ACTIVE;
    }

    /** Why the rule does not act at a moment, in words that follow its name; empty where it does. */
    public Optional<String> whyNot(Instant now) {
        return switch (at(now)) {
            case ACTIVE -> Optional.empty();
            case DISABLED -> Optional.of("is disabled (enabled=\"false\")");
            case EXPIRED -> Optional.of("has expired at " + expires.orElseThrow());
        };
    }

    /** Tells it from others; empty for {@link #ALWAYS}. */
    String text() {
        return (enabled ? "" : "disabled ")
                + expires.map(end -> "expires " + end).orElse("");
    }
}
