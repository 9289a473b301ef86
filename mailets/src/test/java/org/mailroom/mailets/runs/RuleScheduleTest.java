/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailroom.mailets.runs.RuleMail.ALICE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.mailets.rules.FolderName;
import org.mailroom.mailets.rules.RuleAction;
import org.mailroom.mailets.rules.RuleAction.AddFlag;
import org.mailroom.mailets.rules.RuleAction.CopyInto;
import org.mailroom.mailets.rules.RuleBook;
import org.mailroom.mailets.rules.RuleFolders;
import org.mailroom.mailets.rules.RuleValidity;
import org.mailroom.mailets.rules.Trigger;

class RuleScheduleTest {
    private static final Instant EVENING = Instant.parse("2026-11-20T22:00:00Z");

    private RuleMail mail;
    private Path directory;
    private Instant now = EVENING;
    private RuleSchedule schedule;

    @BeforeEach
    void openMailbox(@TempDir Path temporary) throws Exception {
        mail = new RuleMail(temporary.resolve("mail"));
        mail.create(ALICE, "INBOX");
        directory = temporary.resolve("schedule");
        restart();
    }

    @AfterEach
    void close() throws Exception {
        mail.runs.close();
        mail.close();
    }

    private void restart() {
        schedule = schedule(directory, RuleNode.ALONE);
    }

    private RuleSchedule schedule(Path state, RuleNode node) {
        return new RuleSchedule(
                state, mail.runs, () -> new RuleBook(mail.rules), new SetClock(), ZoneId.of("Europe/Berlin"), node);
    }

    /** Shows {@link #now}. */
    private final class SetClock extends Clock {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    private void nightly(RuleAction... actions) {
        mail.rule(Set.of(Trigger.SCHEDULE), Optional.of("0 3 * * *"), "Nightly", RuleFolders.INBOX, "ALL", actions);
    }

    private boolean runsAt(String time) throws Exception {
        now = Instant.parse(time);
        Optional<Run> run = schedule.begin();
        if (run.isPresent()) {
            mail.runs.carryOut(run.get());
        }
        return run.isPresent();
    }

    @Test
    void aRuleRunsAtItsTimeInTheServersZoneAndOnce() throws Exception {
        nightly(new AddFlag(Set.of("$Night")));
        mail.append(ALICE, "INBOX", "letter");

        assertThat(runsAt("2026-11-20T22:00:00Z")).isFalse();
        assertThat(runsAt("2026-11-21T01:59:50Z")).isFalse();
        assertThat(mail.mail(ALICE).get("INBOX")).containsExactly("letter []");
        assertThat(runsAt("2026-11-21T02:00:00Z")).isTrue();
        assertThat(mail.mail(ALICE).get("INBOX")).containsExactly("letter [$Night]");
        assertThat(runsAt("2026-11-21T02:00:10Z")).isFalse();
        assertThat(runsAt("2026-11-22T02:00:05Z")).isTrue();
    }

    @Test
    void aRuleThatExpiredOrIsDisabledDoesNotRunAndMissesNothing() throws Exception {
        nightly(new AddFlag(Set.of("$Night")));
        assertThat(runsAt("2026-11-20T22:00:00Z")).isFalse();
        mail.limit("Nightly", new RuleValidity(true, Optional.of(Instant.parse("2026-11-21T02:00:00Z"))));
        assertThat(runsAt("2026-11-21T02:00:00Z")).isFalse();
        mail.limit("Nightly", new RuleValidity(false, Optional.empty()));
        assertThat(runsAt("2026-11-22T02:00:00Z")).isFalse();

        mail.limit("Nightly", RuleValidity.ALWAYS);
        assertThat(runsAt("2026-11-22T02:00:10Z")).isFalse();
        assertThat(runsAt("2026-11-23T02:00:10Z")).isTrue();
    }

    @Test
    void whatWasMissedWhileTheServerWasDownRunsOnceAtStart() throws Exception {
        nightly(new AddFlag(Set.of("$Night")));
        assertThat(runsAt("2026-11-20T22:00:00Z")).isFalse();

        restart();

        assertThat(runsAt("2026-11-25T12:00:00Z")).isTrue();
        assertThat(runsAt("2026-11-25T12:00:10Z")).isFalse();
    }

    @Test
    void aNewRuleHasMissedNothing() throws Exception {
        assertThat(runsAt("2026-11-20T22:00:00Z")).isFalse();
        nightly(new AddFlag(Set.of("$Night")));

        assertThat(runsAt("2026-11-25T12:00:00Z")).isFalse();
        assertThat(runsAt("2026-11-26T02:00:00Z")).isTrue();
    }

    @Test
    void aRuleOnScheduleCopiesAMessageOnce() throws Exception {
        nightly(new CopyInto(new FolderName("Archive"), true));
        mail.append(ALICE, "INBOX", "first");
        assertThat(runsAt("2026-11-20T22:00:00Z")).isFalse();

        assertThat(runsAt("2026-11-21T02:00:00Z")).isTrue();
        mail.append(ALICE, "INBOX", "second");
        assertThat(runsAt("2026-11-22T02:00:00Z")).isTrue();

        assertThat(mail.mail(ALICE).get("Archive")).containsExactly("first []", "second []");
    }

    @Test
    void oneNodeOfAClusterRunsItAndTheNextLeaderOnlyWhatCameShortlyBefore() throws Exception {
        nightly(new AddFlag(Set.of("$Night")));
        RuleSchedule leading = schedule(directory, new NamedNode("first", true));
        RuleSchedule following = schedule(directory.resolve("second"), new NamedNode("second", false));
        RuleSchedule promoted = schedule(directory.resolve("second"), new NamedNode("second", true));
        assertThat(leading.begin()).isEmpty();
        assertThat(following.begin()).isEmpty();

        now = Instant.parse("2026-11-21T02:00:00Z");
        assertThat(following.begin()).isEmpty();
        Run run = leading.begin().orElseThrow();
        mail.runs.carryOut(run);
        now = Instant.parse("2026-11-21T02:16:00Z");
        assertThat(following.begin()).isEmpty();
        assertThat(promoted.begin()).isEmpty();

        now = Instant.parse("2026-11-22T02:10:00Z");
        assertThat(following.begin()).isEmpty();
        assertThat(promoted.begin()).isPresent();
    }

    @Test
    void oneOfSeveralServersRunsIt() throws Exception {
        nightly(new AddFlag(Set.of("$Night")));
        assertThat(runsAt("2026-11-20T22:00:00Z")).isFalse();

        try (FileChannel other = FileChannel.open(directory.resolve("schedule.lock"), StandardOpenOption.WRITE);
                FileLock lock = other.lock()) {
            assertThat(lock.isValid()).isTrue();
            assertThat(runsAt("2026-11-21T02:00:00Z")).isFalse();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        assertThat(runsAt("2026-11-21T02:00:20Z")).isTrue();
    }
}
