/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.attachment;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.mailroom.mailbox.health.HealthFact;

/**
 * Counts how often the server failed on the same attachment, so that one that always takes too long, or ends the
 * server, does not do so for every search. Remembers a bounded number of attachments. Thread-safe.
 */
final class AttachmentFailures {
    /** So often a failure may be the server's: it was overloaded, or stopped. */
    static final int MAX_ATTEMPTS = 3;

    private static final int MAX_REMEMBERED = 10_000;

    private final Cache<AttachmentDigest, Integer> attempts =
            CacheBuilder.newBuilder().maximumSize(MAX_REMEMBERED).build();
    private final AtomicLong givenUp = new AtomicLong();

    boolean isGivenUp(AttachmentDigest attachment) {
        Integer failed = attempts.getIfPresent(attachment);
        return failed != null && failed >= MAX_ATTEMPTS;
    }

    /** Counts a failure; returns whether the attachment is given up with it. */
    boolean failed(AttachmentDigest attachment) {
        int failed = attempts.asMap().merge(attachment, 1, Integer::sum);
        if (failed == MAX_ATTEMPTS) {
            givenUp.incrementAndGet();
        }
        return failed >= MAX_ATTEMPTS;
    }

    void forget(AttachmentDigest attachment) {
        attempts.invalidate(attachment);
    }

    Optional<HealthFact> fact() {
        long count = givenUp.get();
        return count == 0
                ? Optional.empty()
                : Optional.of(HealthFact.note("The Tika server failed " + MAX_ATTEMPTS + " times on each of " + count
                        + " attachments since James started: their text is not searched until James starts again. The"
                        + " log names their types"));
    }
}
