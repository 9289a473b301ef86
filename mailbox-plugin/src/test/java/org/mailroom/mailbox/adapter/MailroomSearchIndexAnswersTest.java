/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import javax.mail.Flags;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager.FlagsUpdateMode;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.exception.UnsupportedSearchException;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MessageId;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.SearchQuery;
import org.apache.james.mailbox.model.SearchQuery.Criterion;
import org.apache.james.mailbox.model.SearchQuery.DateComparator;
import org.apache.james.mailbox.model.SearchQuery.DateOperator;
import org.apache.james.mailbox.model.SearchQuery.DateResolution;
import org.apache.james.mailbox.model.SearchQuery.InternalDateCriterion;
import org.apache.james.mailbox.model.SearchQuery.Sort;
import org.apache.james.mailbox.model.SearchQuery.Sort.Order;
import org.apache.james.mailbox.model.SearchQuery.Sort.SortClause;
import org.apache.james.mailbox.model.ThreadId;
import org.apache.james.mailbox.store.mail.MessageMapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.search.testing.RandomRun;
import org.mailroom.search.testing.RawMessage;

/** What James's contract does not ask, beyond which search keys do not reach. */
class MailroomSearchIndexAnswersTest {
    private static final long SEED = RandomRun.seed();
    private static final Instant START = Instant.parse("2024-02-28T22:00:00Z");
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH);

    @TempDir
    Path indexes;

    private AdaptedMail mail;

    @BeforeEach
    void start() {
        mail = new AdaptedMail(indexes);
    }

    @AfterEach
    void stop() {
        mail.close();
    }

    private static RawMessage message(String subject, String body) {
        return RawMessage.ofLines("From: ada@example.org", "Subject: " + subject, "", body);
    }

    @Test
    void internalDatesAreComparedToTheResolutionThatIsAsked() throws Exception {
        Random random = new Random(SEED);
        List<Instant> received = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            received.add(START.plusMillis(random.nextInt(100_000_000)));
            mail.append("INBOX", received.get(i), message("m" + i, "text"));
        }
        for (DateResolution resolution : DateResolution.values()) {
            for (DateComparator comparator : DateComparator.values()) {
                Instant asked = received.get(random.nextInt(received.size()));
                Criterion criterion =
                        new InternalDateCriterion(new DateOperator(comparator, Date.from(asked), resolution));
                Map<Boolean, List<Long>> expected = LongStream.rangeClosed(1, received.size())
                        .boxed()
                        .collect(Collectors.partitioningBy(
                                uid -> holds(comparator, resolution, received.get(uid.intValue() - 1), asked)));

                assertThat(mail.search("INBOX", criterion))
                        .as("%s %s %s, seed %d", comparator, asked, resolution, SEED)
                        .isEqualTo(expected.get(true));
                assertThat(mail.search("INBOX", SearchQuery.not(criterion)))
                        .as("not %s %s %s, seed %d", comparator, asked, resolution, SEED)
                        .isEqualTo(expected.get(false));
            }
        }
    }

    private static boolean holds(DateComparator comparator, DateResolution resolution, Instant date, Instant asked) {
        String pattern =
                switch (resolution) {
                    case Second -> "yyyyMMddHHmmss";
                    case Minute -> "yyyyMMddHHmm";
                    case Hour -> "yyyyMMddHH";
                    case Day -> "yyyyMMdd";
                    case Month -> "yyyyMM";
                    case Year -> "yyyy";
                };
        DateTimeFormatter format = DateTimeFormatter.ofPattern(pattern).withZone(ZoneOffset.UTC);
        int order = format.format(date).compareTo(format.format(asked));
        return switch (comparator) {
            case BEFORE -> order < 0;
            case ON -> order == 0;
            case AFTER -> order > 0;
        };
    }

    @Test
    void sentDatesAreComparedInUtcWithinADayAndAsWrittenByTheDay() throws Exception {
        ZonedDateTime sent = ZonedDateTime.of(2024, 3, 5, 23, 30, 0, 0, ZoneOffset.ofHours(-5));
        mail.append(
                "INBOX", START, RawMessage.ofLines("Date: " + DATE.format(sent), "Subject: late in New York", "", ""));
        mail.append("INBOX", START, RawMessage.ofLines("Subject: never sent", "", ""));
        Date time = Date.from(sent.toInstant());
        Date written = Date.from(Instant.parse("2024-03-05T00:00:00Z"));

        assertThat(mail.search("INBOX", SearchQuery.sentDateOn(time, DateResolution.Second)))
                .containsExactly(1L);
        assertThat(mail.search("INBOX", SearchQuery.sentDateOn(time, DateResolution.Hour)))
                .containsExactly(1L);
        assertThat(mail.search("INBOX", SearchQuery.sentDateBefore(time, DateResolution.Second)))
                .isEmpty();
        assertThat(mail.search("INBOX", SearchQuery.sentDateAfter(time, DateResolution.Minute)))
                .isEmpty();
        assertThat(mail.search("INBOX", SearchQuery.sentDateOn(written, DateResolution.Day)))
                .containsExactly(1L);
        assertThat(mail.search("INBOX", SearchQuery.sentDateOn(time, DateResolution.Day)))
                .isEmpty();
        assertThat(mail.search("INBOX", SearchQuery.not(SearchQuery.sentDateOn(time, DateResolution.Second))))
                .containsExactly(2L);
    }

    @Test
    void aDateInAnyHeaderFieldIsCompared() throws Exception {
        mail.append("INBOX", START, RawMessage.ofLines("Expires: Tue, 5 Mar 2024 12:00:00 +0000", "", "old"));
        mail.append("INBOX", START, RawMessage.ofLines("Expires: Tue, 5 Mar 2024 12:00:02 +0000", "", "new"));
        mail.append("INBOX", START, RawMessage.ofLines("Expires: some day", "", "never"));
        mail.append("INBOX", START, message("no such field", "never"));
        Date now = Date.from(Instant.parse("2024-03-05T12:00:01Z"));

        assertThat(mail.search("INBOX", SearchQuery.headerDateBefore("Expires", now, DateResolution.Second)))
                .containsExactly(1L);
        assertThat(mail.search("INBOX", SearchQuery.headerDateAfter("expires", now, DateResolution.Second)))
                .containsExactly(2L);
    }

    @Test
    void attachmentsAreToldFromTheBody() throws Exception {
        mail.append("INBOX", START, withAttachment("report.txt", "text/plain; charset=utf-8", "Café figures"));
        mail.append("INBOX", START, withAttachment("page.html", "text/html; charset=utf-8", "<b>ca</b>fé"));
        mail.append("INBOX", START, message("report.txt", "café"));

        assertThat(mail.search("INBOX", SearchQuery.attachmentContains("cafe"))).containsExactly(1L, 2L);
        assertThat(mail.search("INBOX", SearchQuery.attachmentContains("the letter")))
                .isEmpty();
        assertThat(mail.search("INBOX", SearchQuery.bodyContains("cafe"))).containsExactly(1L, 2L, 3L);
        assertThat(mail.search("INBOX", SearchQuery.attachmentFileName("REPORT")))
                .containsExactly(1L);
        assertThat(mail.search("INBOX", SearchQuery.hasNoAttachment())).containsExactly(3L);
        assertThat(mail.search(
                        "INBOX",
                        SearchQuery.or(List.of(
                                SearchQuery.attachmentContains("cafe"),
                                SearchQuery.bodyContains("cafe"),
                                SearchQuery.attachmentFileName("cafe")))))
                .containsExactly(1L, 2L, 3L);
        assertThat(mail.search("INBOX", SearchQuery.not(SearchQuery.attachmentContains("cafe"))))
                .containsExactly(3L);
    }

    private static RawMessage withAttachment(String name, String type, String text) {
        return RawMessage.ofLines(
                "Subject: see inside",
                "Content-Type: multipart/mixed; boundary=b",
                "",
                "--b",
                "Content-Type: text/plain",
                "",
                "the letter",
                "--b",
                "Content-Type: " + type,
                "Content-Disposition: attachment; filename=" + name,
                "",
                text,
                "--b--");
    }

    @Test
    void idsAndFlagsAreFoundInTheirMailbox() throws Exception {
        MessageId first = mail.append("INBOX", START, message("one", "text"));
        mail.append("INBOX", START, message("two", "text"));
        mail.mailbox("INBOX")
                .setFlags(
                        new Flags("$Forwarded"),
                        FlagsUpdateMode.ADD,
                        MessageRange.one(MessageUid.of(2)),
                        mail.session());

        assertThat(mail.search("INBOX", SearchQuery.hasMessageId(first))).containsExactly(1L);
        assertThat(mail.search("INBOX", SearchQuery.threadId(ThreadId.fromBaseMessageId(first))))
                .containsExactly(1L);
        assertThat(mail.search("INBOX", SearchQuery.flagIsSet("$FORWARDED"))).containsExactly(2L);
        assertThat(mail.search("INBOX", SearchQuery.flagIsUnSet("$forwarded"))).containsExactly(1L);
        assertThatThrownBy(() -> mail.search("INBOX", SearchQuery.flagIsSet(Flags.Flag.USER)))
                .hasCauseInstanceOf(UnsupportedSearchException.class);
    }

    @Test
    void sortsByManyThingsOverManyMailboxes() throws Exception {
        MessageId b = mail.append("INBOX", START, message("Re: beta", "text"));
        MessageId a = mail.append("INBOX", START.plus(Duration.ofHours(2)), message("[list] Alpha", "text"));
        MessageId beta = mail.append("Archive", START.plus(Duration.ofHours(1)), message("fwd: BETA", "text"));
        List<MailboxId> both =
                List.of(mail.mailbox("INBOX").getId(), mail.mailbox("Archive").getId());
        SearchQuery query = SearchQuery.builder()
                .sorts(new Sort(SortClause.BaseSubject), new Sort(SortClause.Arrival, Order.REVERSE))
                .build();

        assertThat(mail.index()
                        .search(mail.session(), both, query, 10)
                        .collectList()
                        .block())
                .containsExactly(a, beta, b);
        assertThat(mail.index()
                        .search(mail.session(), both, query, 2)
                        .collectList()
                        .block())
                .containsExactly(a, beta);
        assertThat(mail.search("INBOX", SearchQuery.allSortedWith(new Sort(SortClause.Uid, Order.REVERSE))))
                .containsExactly(2L, 1L);
    }

    @Test
    void queriesBeyondTheLimitsAreRefused() throws Exception {
        mail.append("INBOX", START, message("one", "text"));
        Criterion deep = SearchQuery.subject("one");
        for (int i = 0; i < 100_000; i++) {
            deep = SearchQuery.not(deep);
        }
        Criterion tooDeep = deep;
        List<Criterion> many = Collections.nCopies(3_000, SearchQuery.subject("one"));
        List<Criterion> tooMany = Collections.nCopies(5_000, SearchQuery.subject("one"));

        assertThat(mail.search("INBOX", SearchQuery.or(many))).containsExactly(1L);
        assertThatThrownBy(() -> mail.search("INBOX", tooDeep))
                .cause()
                .isInstanceOf(MailboxException.class)
                .hasMessageContaining("deeper than 100");
        assertThatThrownBy(() -> mail.search("INBOX", SearchQuery.or(tooMany)))
                .cause()
                .isInstanceOf(MailboxException.class)
                .hasMessageContaining("more than 4000");
        assertThatThrownBy(() -> mail.search("INBOX", SearchQuery.bodyContains("x".repeat(10_000))))
                .cause()
                .hasMessageContaining("more than 8192 octets");
    }

    @Test
    void reindexingLosesNothing() throws Exception {
        for (int i = 0; i < 10; i++) {
            mail.append("INBOX", START, message("m" + i, "word" + i));
        }
        assertThat(mail.search("INBOX", SearchQuery.bodyContains("word"))).hasSize(10);

        MailboxSession session = mail.session();
        Mailbox inbox = mail.mailbox("INBOX").getMailboxEntity();
        mail.index().deleteAll(session, inbox.getMailboxId()).block();
        mail.james()
                .getMailboxManager()
                .getMapperFactory()
                .getMessageMapper(session)
                .findInMailbox(inbox, MessageRange.all(), MessageMapper.FetchType.FULL, -1)
                .forEachRemaining(message -> {
                    mail.index().add(session, inbox, message).block();
                    assertThat(found("word")).isEqualTo(10);
                });
        mail.index()
                .delete(session, inbox.getMailboxId(), List.of(MessageUid.of(3)))
                .block();
        assertThat(found("word")).isEqualTo(10);
        mail.append("INBOX", START, message("later", "word"));
        assertThat(found("word")).isEqualTo(11);
    }

    private int found(String word) {
        try {
            return mail.search("INBOX", SearchQuery.bodyContains(word)).size();
        } catch (MailboxException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void rawEightBitHeadersAreFound() throws Exception {
        mail.append(
                "INBOX",
                START,
                new RawMessage("raw", "Subject: gr\u00fcn\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1)));

        assertThat(mail.search("INBOX", SearchQuery.subject("GR\u00dcN"))).containsExactly(1L);
        assertThat(mail.search("INBOX", SearchQuery.headerContains("subject", "r\u00fc")))
                .containsExactly(1L);
    }
}
