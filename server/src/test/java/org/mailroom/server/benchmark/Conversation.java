/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.benchmark;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import org.mailroom.server.harness.ImapConnection;
import org.mailroom.server.harness.JamesProcess;
import org.mailroom.server.trial.Trial;

/**
 * What is said to one server over one warm connection, with the mailbox selected that the mail was loaded into. Whatever
 * becomes of connection and server, each question gets an {@link Answer}; the next one is asked over a new connection where
 * the old one is of no use any more. For one thread.
 */
final class Conversation implements AutoCloseable {
    static final String MAILBOX = "mail";
    /** Mailroom is waited for: indexing may take long, and an answer that never comes is a failure of the run. */
    private static final Duration PATIENCE = Duration.ofHours(1);
    /** No question is asked to be given up at once. */
    private static final Duration LEAST = Duration.ofSeconds(10);

    /** So many parts, each of them as long as allowed, have room in the budget. */
    private static final int PARTS = 6;

    private final Candidate candidate;
    private final JamesProcess james;
    private final Duration budget;
    private final long start = System.nanoTime();
    private Optional<ImapConnection> connection = Optional.empty();
    private boolean silent;

    /** @param budget how long it may last with James's own searches */
    Conversation(Candidate candidate, JamesProcess james, Duration budget) {
        this.candidate = candidate;
        this.james = james;
        this.budget = budget;
    }

    /** Something that is asked. */
    interface Attempt {
        /**
         * Asks it once.
         *
         * @return how long it took, as {@code millis} and {@code first}, and what is wrong with it
         * @throws AssertionError where the server refuses to answer
         */
        Answer.Given once(ImapConnection imap) throws IOException;
    }

    /** A connection with the mailbox selected, as patient as with Mailroom. */
    static ImapConnection connection(JamesProcess james, String mailbox) throws IOException {
        return connection(james, mailbox, PATIENCE);
    }

    private static ImapConnection connection(JamesProcess james, String mailbox, Duration patience) throws IOException {
        return james.imap(Trial.ALICE).waiting(patience).select(mailbox);
    }

    /** What becomes of asking it now. */
    Answer answer(Attempt attempt) {
        Duration patience = patience();
        try {
            if (connection.isEmpty()) {
                connection = Optional.of(connection(james, MAILBOX, patience));
            }
            return attempt.once(connection.get().waiting(patience));
        } catch (SocketTimeoutException e) {
            silent = true;
            hangUp();
            return new Answer.Late(patience.toSeconds());
        } catch (IOException e) {
            hangUp();
            return failed(e);
        } catch (AssertionError e) {
            return failed(e);
        }
    }

    private static Answer failed(Throwable reason) {
        return new Answer.Failed(
                String.valueOf(reason.getMessage()).lines().findFirst().orElse(""));
    }

    /** What is left of the budget. */
    private Duration patience() {
        if (candidate == Candidate.MAILROOM) {
            return PATIENCE;
        }
        Duration left = budget.minusNanos(System.nanoTime() - start);
        return left.compareTo(LEAST) < 0 ? LEAST : left;
    }

    /** How long a part of it may take that would like to take {@code time}: one that is short leaves room for the others. */
    Duration part(Duration time) {
        Duration most = budget.dividedBy(PARTS);
        return candidate == Candidate.MAILROOM || time.compareTo(most) < 0 ? time : most;
    }

    /** Whether the budget is used up. */
    boolean outOfTime() {
        return candidate != Candidate.MAILROOM && Progress.seconds(start) > budget.toSeconds();
    }

    /** Whether a question was not answered in time: the server may still be at it, or at its end. */
    boolean isSilent() {
        return silent;
    }

    private void hangUp() {
        try {
            close();
        } catch (IOException e) {
            Progress.say("%s: %s", candidate.title(), e.getMessage());
        }
        connection = Optional.empty();
    }

    @Override
    public void close() throws IOException {
        if (connection.isPresent()) {
            connection.get().close();
        }
    }
}
