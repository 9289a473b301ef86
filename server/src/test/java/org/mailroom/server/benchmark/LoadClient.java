/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import org.mailroom.server.harness.ImapConnection;
import org.mailroom.server.harness.ImapReply;

/** A client that sends one command after the other until its time is over. For one thread. */
final class LoadClient implements Callable<LoadClient.Counts> {
    /** What a client sends. */
    enum Command {
        SEARCH,
        SORT,
        APPEND,
        STORE
    }

    /**
     * What became of the commands.
     *
     * @param nanos how long those of a kind took
     * @param wrong how many answers were not the right ones
     */
    record Counts(Map<Command, Histogram> nanos, long wrong) {
        Counts() {
            this(new EnumMap<>(Command.class), 0);
            for (Command command : Command.values()) {
                nanos.put(command, histogram());
            }
        }

        static Histogram histogram() {
            // up to an hour, to three digits
            return new Histogram(3_600_000_000_000L, 3);
        }

        Counts plus(Counts other) {
            Counts sum = new Counts();
            for (Command command : Command.values()) {
                sum.nanos.get(command).add(nanos.get(command));
                sum.nanos.get(command).add(other.nanos.get(command));
            }
            return new Counts(sum.nanos, wrong + other.wrong);
        }

        /** Of all commands together. */
        Histogram all() {
            Histogram all = histogram();
            nanos.values().forEach(all::add);
            return all;
        }
    }

    /** Says what is asked next. Thread-safe. */
    interface Questions {
        LoadQuestion next(Random random);
    }

    private final ImapConnection imap;
    private final Questions questions;
    private final int writes;
    private final int loaded;
    private final Random random;
    private final long begin;
    private final long end;

    /**
     * @param writes how many of a hundred commands
     * @param loaded how many messages the mailbox had when all began: what came later is left out of answers
     * @param begin when commands begin to count, and {@code end} when no more is sent, by {@link System#nanoTime}
     */
    LoadClient(ImapConnection imap, Questions questions, int writes, int loaded, Random random, long begin, long end) {
        this.imap = imap;
        this.questions = questions;
        this.writes = writes;
        this.loaded = loaded;
        this.random = random;
        this.begin = begin;
        this.end = end;
    }

    @Override
    public Counts call() throws IOException {
        Counts counts = new Counts();
        long wrong = 0;
        for (long sent = System.nanoTime(); sent < end; sent = System.nanoTime()) {
            Command command;
            boolean right = true;
            long answered;
            if (random.nextInt(100) < writes) {
                command = random.nextBoolean() ? Command.APPEND : Command.STORE;
                write(command);
                answered = System.nanoTime();
            } else {
                LoadQuestion question = questions.next(random);
                command = question.command();
                ImapReply reply = imap.command(question.text()).orFail();
                answered = System.nanoTime();
                right = question.isAnswered(reply, loaded);
            }
            if (sent >= begin) {
                counts.nanos().get(command).recordValue(answered - sent);
                wrong += right ? 0 : 1;
            }
        }
        return new Counts(counts.nanos(), wrong);
    }

    private void write(Command command) throws IOException {
        if (command == Command.APPEND) {
            imap.append(LoadServer.MAILBOX, message(), "").orFail();
        } else {
            imap.command("UID STORE " + (1 + random.nextInt(loaded)) + (random.nextBoolean() ? " +" : " -")
                            + "FLAGS.SILENT (\\Flagged)")
                    .orFail();
        }
    }

    /** A note of two kilobytes in words that no question has. */
    private byte[] message() {
        char[] word = new char[7];
        StringBuilder body = new StringBuilder();
        while (body.length() < 2_000) {
            for (int i = 0; i < word.length; i++) {
                word[i] = (char) ('0' + random.nextInt(10));
            }
            body.append(word).append(body.length() % 60 > 50 ? "\r\n" : " ");
        }
        return ("Subject: note " + random.nextInt(1_000_000) + "\r\nFrom: Load <load@localhost>\r\nMessage-ID: <"
                        + Long.toHexString(random.nextLong()) + "@load>\r\n\r\n" + body + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
