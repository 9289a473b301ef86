/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailroom.mailets.delivery.LocalMail.ANN;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.james.core.Username;
import org.apache.mailet.Mail;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailroom.mailets.FolderRules;
import org.mailroom.mailets.rules.FolderRule;
import org.mailroom.mailets.rules.FolderRulesFile;
import org.mailroom.mailets.rules.RuleBook;
import org.mailroom.mailets.rules.RuleOutcome;
import org.mailroom.mailets.rules.RuleOutcome.Destination;
import org.mailroom.mailets.rules.Trigger;
import org.mailroom.search.match.MessageMatch;
import org.mailroom.search.match.MessageMetadata;
import org.mailroom.search.match.MessageView;
import org.mailroom.search.query.MailKey.SystemFlag;
import org.mailroom.search.query.SearchKeyParser;
import org.mailroom.search.query.SearchLimits;
import org.mailroom.search.text.MessageText;
import org.mailroom.search.text.MessageTextReader;

/** The rules of docs/folder-rules.md, read from it and tried. */
class CookbookTest {
    private static final Instant NOW = Instant.parse("2026-11-21T03:00:00Z");

    private static String page;
    private static String cookbook;
    private static RuleBook book;

    @BeforeAll
    static void readPage() throws Exception {
        page = Files.readString(Path.of("..", "docs", "folder-rules.md"));
        String chapter = page.substring(page.indexOf("## Cookbook"));
        cookbook = String.join(
                "\n",
                Pattern.compile("^    <rule .*?^    </rule>$", Pattern.MULTILINE | Pattern.DOTALL)
                        .matcher(chapter)
                        .results()
                        .map(result -> result.group())
                        .toList());
        book = parse("<folder-rules>" + cookbook + "</folder-rules>");
    }

    private static RuleBook parse(String file) throws Exception {
        return new FolderRulesFile(new SearchKeyParser(SearchLimits.DEFAULT))
                .read(new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)), "folder-rules.md");
    }

    @Test
    void thereShouldBeTenRulesThatGoTogether() {
        assertThat(book.rules()).hasSize(10);
    }

    @Test
    void everyExampleFileShouldBeRight() throws Exception {
        String whole = page.substring(page.indexOf("    <folder-rules>"), page.indexOf("    </folder-rules>"));
        assertThat(parse(whole + "</folder-rules>").rules()).hasSize(1);

        String sample = Files.readString(Path.of("..", "conf", "folder-rules.xml"));
        assertThat(parse(sample)).isEqualTo(RuleBook.EMPTY);
        String shown = sample.substring(sample.indexOf("  <rule "), sample.indexOf("</rule>") + "</rule>".length());
        assertThat(parse("<folder-rules>" + shown + "</folder-rules>").rules()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "From: Boss <boss@example.org>;Subject: invoice | {INBOX=[\\Flagged]}",
                "X-Spam-Status: Yes, score=9.1;Subject: invoice | {Spam=[$Junk]}",
                "X-Spam-Status: No, score=0.1;Subject: x | {INBOX=[]}",
                "List-Id: James dev <server-dev.james.apache.org>;List-Unsubscribe: <mailto:x@y> | {Lists.James=[]}",
                "List-Unsubscribe: <mailto:x@y>;Subject: News | {Newsletters=[]}",
                "List-Unsubscribe: <mailto:x@y>;Subject: Your invoice | {Money.Invoices=[Invoice], Newsletters=[Invoice]}",
                "Subject: Ihre Rechnung | {INBOX=[Invoice], Money.Invoices=[Invoice]}",
                "Subject: Invoice: last reminder | {INBOX=[]}",
                "Subject: Lunch | {INBOX=[]}",
            })
    void mailThatArrivesShouldGoWhereTheCookbookSays(String header, String expected) throws Exception {
        LocalMail local = new LocalMail();
        Mail mail = LocalMail.mail(header.replace(';', '\n') + "\n\nbody\n", ANN);
        local.deliver(mail, local.start(new FolderRules(local.rules(cookbook))));

        assertThat(local.mail(ANN)).hasToString(expected);
        assertThat(local.context().getSentMails()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Tickets        | support@example.org | INBOX         | DELIVERY | 0   |           | x: y                          | [tickets]",
                "Tickets        | support@example.org | INBOX         | DELIVERY | 0   |           | Auto-Submitted: auto-replied  | []",
                "Tickets        | alice@example.org   | INBOX         | DELIVERY | 0   |           | x: y                          | []",
                "To the client  | alice@example.org   | Sent          | APPEND   | 0   | SEEN      | Cc: Joe <joe@client.example>  | copy Projects/Client",
                "To the client  | bob@example.org     | Sent          | APPEND   | 0   | SEEN      | Cc: Joe <joe@client.example>  | []",
                "Done           | bob@example.org     | INBOX         | FLAG     | 0   | Done      | x: y                          | to Archive/Done",
                "Done           | bob@example.org     | INBOX         | FLAG     | 0   | SEEN      | x: y                          | []",
                "Old newsletters| bob@example.org     | Newsletters.A | SCHEDULE | 91  | SEEN      | x: y                          | to Trash",
                "Old newsletters| bob@example.org     | Newsletters   | SCHEDULE | 91  | FLAGGED   | x: y                          | []",
                "Old newsletters| bob@example.org     | Newsletters   | DEMAND   | 89  |           | x: y                          | []",
                "Empty Trash    | bob@example.org     | Trash.sub     | SCHEDULE | 181 | FLAGGED   | x: y                          | gone",
                "Empty Trash    | bob@example.org     | INBOX         | SCHEDULE | 181 | FLAGGED   | x: y                          | []",
            })
    void storedMailShouldGoWhereTheCookbookSays(
            String rule,
            String user,
            String mailbox,
            Trigger trigger,
            int days,
            String flag,
            String header,
            String expected) {
        Message message = new Message(header + "\r\n\r\nbody\r\n", days, Optional.ofNullable(flag));
        FolderRule tried = book.rules().stream()
                .filter(candidate -> candidate.name().equals(rule))
                .findFirst()
                .orElseThrow();
        RuleOutcome outcome = new RuleBook(List.of(tried))
                .outcome(Username.of(user), mailbox, '.', trigger, any -> MessageMatch.of(any.when())
                        .matches(message, NOW));

        assertThat(told(outcome)).isEqualTo(expected);
    }

    private static String told(RuleOutcome outcome) {
        if (outcome.destination() instanceof Destination.Move move) {
            return "to " + move.filing().folder().name();
        } else if (outcome.destination() instanceof Destination.Expunge) {
            return "gone";
        } else if (!outcome.copies().isEmpty()) {
            return "copy " + outcome.copies().get(0).folder().name();
        }
        return outcome.processors().stream()
                .map(RuleOutcome.Handover::processor)
                .toList()
                .toString();
    }

    /** A stored message, some days old, with a flag or keyword. */
    private record Message(String octets, int days, Optional<String> flag) implements MessageView {
        @Override
        public MessageMetadata metadata() {
            EnumSet<SystemFlag> system = EnumSet.noneOf(SystemFlag.class);
            for (SystemFlag known : SystemFlag.values()) {
                if (flag.filter(known.name()::equals).isPresent()) {
                    system.add(known);
                }
            }
            Set<String> keywords = system.isEmpty() ? flag.map(Set::of).orElse(Set.of()) : Set.of();
            return new MessageMetadata(
                    1,
                    1,
                    NOW.minus(Duration.ofDays(days)),
                    Optional.empty(),
                    octets.length(),
                    new MessageMetadata.Flags(system, keywords),
                    "",
                    "");
        }

        @Override
        public MessageText text() {
            try {
                return new MessageTextReader().read(new ByteArrayInputStream(octets.getBytes(StandardCharsets.UTF_8)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
