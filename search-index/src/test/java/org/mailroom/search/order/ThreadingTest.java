/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.mailroom.search.testing.RandomRun;
import org.mailroom.search.testing.RawMessage;
import org.mailroom.search.text.Envelope;
import org.mailroom.search.text.HeaderField;

/** RFC 5256 section 3, THREAD. */
class ThreadingTest {
    private static final Instant EPOCH = Instant.parse("2020-01-01T00:00:00Z");

    /** Messages one after another; each was sent, and arrived, a minute after the one before it. */
    private static final class Mail {
        private final OrderedMessages messages = new OrderedMessages();
        private int count;

        Mail add(String subject, String id, String references) {
            return add(++count, subject, id, references, count, count);
        }

        /** Dates in minutes. */
        Mail add(long uid, String subject, String id, String references, int sent, int arrived) {
            Envelope envelope = Envelope.of(List.of(
                    new HeaderField("Subject", subject),
                    new HeaderField("Message-ID", "<" + id + "@x>"),
                    new HeaderField("References", references.replaceAll("(\\S+)", "<$1@x>")),
                    new HeaderField("Date", EPOCH.plusSeconds(60L * sent).toString())));
            messages.add(uid, OrderValues.of(envelope, EPOCH.plusSeconds(60L * arrived), 1));
            return this;
        }

        String orderedSubject() {
            return text(ThreadAlgorithm.ORDEREDSUBJECT);
        }

        String references() {
            return text(ThreadAlgorithm.REFERENCES);
        }

        String refs() {
            return text(ThreadAlgorithm.REFS);
        }

        private String text(ThreadAlgorithm algorithm) {
            return messages.threads(algorithm).stream()
                    .map(MessageThread::toString)
                    .collect(Collectors.joining());
        }
    }

    @Test
    void orderedSubjectGroupsMessagesOfTheSameBaseSubject() {
        Mail mail = new Mail()
                .add("a", "1", "")
                .add("b", "2", "")
                .add("Re: a", "3", "")
                .add("RE: A (fwd)", "4", "")
                .add("", "5", "")
                .add("Re:", "6", "");
        assertThat(mail.orderedSubject()).isEqualTo("(1 (3)(4))(2)(5 6)");
    }

    @Test
    void orderedSubjectGoesByTheSentDate() {
        Mail mail = new Mail()
                .add(1, "a", "1", "", 30, 1)
                .add(2, "b", "2", "", 20, 2)
                .add(3, "a", "3", "", 10, 3)
                .add(4, "b", "4", "", 20, 4);
        assertThat(mail.orderedSubject()).isEqualTo("(3 1)(2 4)");
    }

    /** The tree of the THREAD response in RFC 5256 section 4: (2)(3 6 (4 23)(44 7 96)). */
    @Test
    void referencesMakeTheTreeOfTheRfc() {
        Mail mail = new Mail()
                .add(2, "two", "2", "", 1, 1)
                .add(3, "three", "3", "", 2, 1)
                .add(6, "Re: three", "6", "3", 3, 1)
                .add(4, "Re: three", "4", "3 6", 4, 1)
                .add(23, "Re: three", "23", "3 6 4", 5, 1)
                .add(44, "Re: three", "44", "3 6", 6, 1)
                .add(7, "Re: three", "7", "44", 7, 1)
                .add(96, "Re: three", "96", "3 6 44 7", 8, 1);
        assertThat(mail.references()).isEqualTo("(2)(3 6 (4 23)(44 7 96))");
        assertThat(mail.refs()).isEqualTo("(2)(3 6 (4 23)(44 7 96))");
    }

    @Test
    void aParentThatIsMissingLeavesItsChildrenTogether() {
        assertThat(new Mail().add("a", "1", "0").add("b", "2", "0").references())
                .isEqualTo("((1)(2))");
        assertThat(new Mail().add("a", "1", "0").references()).isEqualTo("(1)");
        assertThat(new Mail().add("a", "1", "00 0").add("b", "2", "00 01").references())
                .isEqualTo("((1)(2))");
    }

    @Test
    void aMissingAncestorIsLeftOutOfTheMiddle() {
        assertThat(new Mail().add("a", "1", "").add("b", "3", "1 2").references())
                .isEqualTo("(1 2)");
    }

    @Test
    void ofMessagesWithTheSameIdTheFirstHasTheReplies() {
        assertThat(new Mail()
                        .add("a", "1", "")
                        .add("b", "1", "")
                        .add("c", "3", "1")
                        .references())
                .isEqualTo("(1 3)(2)");
    }

    @Test
    void linksNeverMakeALoop() {
        assertThat(new Mail().add("a", "1", "2").add("b", "2", "1").references())
                .isEqualTo("(2 1)");
        assertThat(new Mail().add("a", "1", "1").references()).isEqualTo("(1)");
        assertThat(new Mail().add("a", "1", "2 1").references()).isEqualTo("(1)");
        assertThat(new Mail()
                        .add("a", "1", "3")
                        .add("b", "2", "1")
                        .add("c", "3", "2")
                        .references())
                .isEqualTo("(3 1 2)");
    }

    @Test
    void itsOwnReferencesDecideOnAMessagesParent() {
        // what 3 says of 2 gives way to what 2 says
        assertThat(new Mail()
                        .add("c", "3", "9 2")
                        .add("b", "2", "1")
                        .add("a", "1", "")
                        .references())
                .isEqualTo("(3 2 1)");
    }

    @Test
    void threadsOfTheSameSubjectAreMerged() {
        assertThat(new Mail().add("a", "1", "").add("Re: a", "2", "").references())
                .isEqualTo("(1 2)");
        assertThat(new Mail().add("Re: a", "1", "").add("a", "2", "").references())
                .isEqualTo("(2 1)");
        assertThat(new Mail().add("a", "1", "").add("a", "2", "").references()).isEqualTo("((1)(2))");
        assertThat(new Mail().add("Re: a", "1", "").add("Re: a", "2", "").references())
                .isEqualTo("((1)(2))");
        assertThat(new Mail()
                        .add("a", "1", "")
                        .add("a", "2", "")
                        .add("Re: a", "3", "")
                        .references())
                .isEqualTo("((1)(2)(3))");
        assertThat(new Mail().add("", "1", "").add("", "2", "").references()).isEqualTo("(1)(2)");
    }

    @Test
    void dummiesOfTheSameSubjectAreMerged() {
        Mail mail = new Mail()
                .add("Re: a", "1", "8")
                .add("Re: b", "2", "8")
                .add("Re: a", "3", "9")
                .add("Re: c", "4", "9")
                .add("a", "5", "")
                .add("Re: b", "6", "");
        assertThat(mail.references()).isEqualTo("((1)(2)(3)(4)(5))(6)");
        assertThat(mail.refs()).isEqualTo("((1)(2))((3)(4))(5)(6)");
    }

    @Test
    void siblingsAndThreadsAreSortedByTheSentDate() {
        Mail mail = new Mail()
                .add(1, "a", "1", "", 50, 1)
                .add(2, "Re: a", "2", "1", 30, 2)
                .add(3, "Re: a", "3", "1", 20, 3)
                .add(4, "b", "4", "", 40, 4)
                .add(5, "c", "5", "0", 60, 5)
                .add(6, "d", "6", "0", 10, 6);
        assertThat(mail.references()).isEqualTo("((6)(5))(4)(1 (3)(2))");
    }

    @Test
    void refsPutsTheThreadWithTheNewestMessageLast() {
        Mail mail = new Mail()
                .add(1, "a", "1", "", 1, 10)
                .add(2, "b", "2", "", 2, 20)
                .add(3, "Re: a", "3", "1", 4, 30)
                .add(4, "Re: a", "4", "1", 3, 5)
                .add(5, "a", "5", "", 0, 30);
        assertThat(mail.refs()).isEqualTo("(2)(1 (4)(3))(5)");
    }

    @Test
    void noMessagesAreNoThreads() {
        assertThat(new Mail().references()).isEmpty();
        assertThat(new Mail().orderedSubject()).isEmpty();
        assertThat(new Mail().refs()).isEmpty();
    }

    /** Few ids, so that there are duplicates, loops, truncated references and dummies of every kind. */
    @Test
    void randomMailIsThreadedAsThePlainReferenceDoes() {
        long seed = RandomRun.seed();
        Random random = new Random(seed);
        List<String> subjects = List.of("", "a", "Re: a", "b", "Re: b", "[fwd: b]", "c");
        for (int round = 0; round < RandomRun.rounds(200, 2_000); round++) {
            int count = 1 + random.nextInt(25);
            int ids = 1 + random.nextInt(30);
            List<PlainMessage> plain = new ArrayList<>();
            OrderedMessages messages = new OrderedMessages();
            for (int uid = 1; uid <= count; uid++) {
                String references = random.ints(random.nextInt(5), 0, ids)
                        .mapToObj(id -> "<" + id + "@x>")
                        .collect(Collectors.joining(" "));
                RawMessage raw = RawMessage.ofLines(
                        "Subject: " + subjects.get(random.nextInt(subjects.size())),
                        "Message-ID: <" + random.nextInt(ids) + "@x>",
                        "References: " + references,
                        "Date: 1 Jan 2020 00:" + (10 + random.nextInt(10)) + ":00 +0000");
                Instant arrived = EPOCH.plusSeconds(random.nextInt(20));
                PlainMessage message = new PlainMessage(uid, arrived, raw);
                plain.add(message);
                messages.add(uid, OrderValues.of(envelope(message), arrived, 1));
            }
            for (ThreadAlgorithm algorithm : ThreadAlgorithm.values()) {
                assertThat(messages.threads(algorithm))
                        .as("%s, seed %d, round %d", algorithm, seed, round)
                        .isEqualTo(PlainThreads.threads(plain, algorithm));
            }
        }
    }

    private static Envelope envelope(PlainMessage message) {
        return Envelope.of(List.of("Subject", "Message-ID", "References", "Date").stream()
                .map(name -> new HeaderField(name, message.field(name.toLowerCase(java.util.Locale.ROOT))))
                .toList());
    }

    @Test
    void aChainOfAHundredThousandRepliesIsThreadedInWhateverOrderItCame() {
        int length = 100_000;
        List<Integer> order =
                new ArrayList<>(IntStream.rangeClosed(1, length).boxed().toList());
        Collections.shuffle(order, new Random(7));
        for (boolean shuffled : new boolean[] {false, true}) {
            Threading threading = new Threading(1);
            for (int i = 1; i <= length; i++) {
                int link = shuffled ? order.get(i - 1) : i;
                threading.add(i, link, link, 1, link > 1);
                threading.id(mixed(link));
                if (link > 1) {
                    threading.reference(mixed(link - 1));
                }
            }
            Assertions.assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
                for (ThreadAlgorithm algorithm : ThreadAlgorithm.values()) {
                    List<MessageThread> threads = threading.threads(algorithm);
                    assertThat(threads).hasSize(1);
                    assertThat(threads.get(0).toString()).hasSizeGreaterThan(5 * length);
                    assertThat(threads.get(0))
                            .isEqualTo(threading.threads(algorithm).get(0));
                    assertThat(threads.get(0)).hasSameHashCodeAs(threads.get(0));
                }
            });
        }
    }

    /** Every message names another one's chain as its own, so that links are refused and broken all the time. */
    @Test
    void chainsThatCrossEachOtherAreThreadedInTime() {
        int count = 30_000;
        Random random = new Random(11);
        Threading threading = new Threading(count);
        for (int i = 1; i <= count; i++) {
            threading.add(i, i, i, 1, false);
            threading.id(mixed(i));
            int from = 1 + random.nextInt(count);
            for (int j = 0; j < 20; j++) {
                threading.reference(mixed(1 + (from + j) % count));
            }
        }
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            assertThat(threading.threads(ThreadAlgorithm.REFS)).isNotEmpty();
        });
    }

    private static long mixed(long number) {
        return number * 0x9E3779B97F4A7C15L | 1L << 62;
    }
}
