/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.admin;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.LongAdder;
import org.apache.james.core.Username;
import org.apache.james.mailbox.exception.MailboxException;
import org.mailroom.mailbox.health.HealthFact;
import org.mailroom.mailbox.james.MailStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens where an index and the mail differ: it is logged, shown for a day, and the mailbox is indexed again. Thread-safe. */
final class DifferenceAlarm {
    private static final Logger LOGGER = LoggerFactory.getLogger(DifferenceAlarm.class);
    private static final int MAX_SHOWN = 20;
    private static final Duration SHOWN = Duration.ofDays(1);

    private final MailboxRebuild rebuild;
    private final MailStore store;
    private final Clock clock;
    private final LongAdder differences = new LongAdder();

    @GuardedBy("this")
    private final Map<Place, Raised> raised = new LinkedHashMap<>();

    private record Place(String user, String mailboxId) {}

    private record Raised(Difference first, Instant at, boolean rebuilt) {}

    DifferenceAlarm(MailboxRebuild rebuild, MailStore store, Clock clock) {
        this.rebuild = rebuild;
        this.store = store;
        this.clock = clock;
    }

    long differences() {
        return differences.sum();
    }

    /** Rebuilds the mailbox where none of its differences was raised before within a day. Blocks. */
    void raise(Difference difference, IndexProgress progress) {
        differences.increment();
        LOGGER.error(
                "A search of the mailbox {} of {} {} message {}, but match says otherwise. Please report this as a fault of"
                        + " Mailroom, with the message if you may; the search was: {}",
                difference.mailboxId(),
                difference.user(),
                difference.found() ? "finds" : "does not find",
                difference.uid(),
                difference.search());
        Place place = new Place(difference.user(), difference.mailboxId());
        if (note(place, difference)) {
            rebuild(place, progress);
        }
    }

    private synchronized boolean note(Place place, Difference difference) {
        forgetOld();
        if (raised.containsKey(place) || raised.size() >= MAX_SHOWN) {
            return false;
        }
        raised.put(place, new Raised(difference, clock.instant(), false));
        return true;
    }

    @GuardedBy("this")
    private void forgetOld() {
        Instant old = clock.instant().minus(SHOWN);
        raised.values().removeIf(is -> is.at().isBefore(old));
    }

    private void rebuild(Place place, IndexProgress progress) {
        Username user = Username.of(place.user());
        try {
            Optional<MailStore.Named> mailbox = store.mailboxes(user).stream()
                    .filter(named -> named.id().serialize().equals(place.mailboxId()))
                    .findFirst();
            if (mailbox.isPresent()) {
                rebuild.rebuild(user, mailbox.get().id(), progress.unpaced());
                synchronized (this) {
                    raised.computeIfPresent(place, (same, is) -> new Raised(is.first(), is.at(), true));
                }
                LOGGER.info("The mailbox {} of {} is indexed again", place.mailboxId(), place.user());
            }
        } catch (CancellationException e) {
            LOGGER.debug("The server shuts down", e);
        } catch (IOException | MailboxException | RuntimeException e) {
            LOGGER.error("The mailbox {} of {} could not be indexed again", place.mailboxId(), place.user(), e);
        }
    }

    synchronized List<HealthFact> facts() {
        forgetOld();
        List<HealthFact> facts = new ArrayList<>();
        raised.forEach((place, is) -> facts.add(HealthFact.degraded("The self-check found on "
                + is.at().truncatedTo(ChronoUnit.SECONDS) + " that a search of the mailbox " + place.mailboxId()
                + " of "
                + place.user() + " is wrong about message " + is.first().uid() + ". The mailbox "
                + (is.rebuilt() ? "was indexed again" : "is to be indexed again: see the log")
                + "; report the fault. This is shown for a day")));
        return facts;
    }
}
