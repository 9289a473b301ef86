/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mailroom.mailbox.sync.MemoryMail.ALICE;
import static org.mailroom.mailbox.sync.MemoryMail.message;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.server.core.configuration.FileConfigurationProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.mailbox.config.SearchIndexConfiguration;
import org.mailroom.mailbox.config.SearchIndexFile;
import org.mailroom.search.index.UserIndexes;
import org.mailroom.search.match.TextLimitException;
import org.mailroom.search.query.MailKey.Body;
import org.mailroom.search.query.MailKey.Subject;
import org.mailroom.search.query.MailKey.Text;
import org.mailroom.search.query.SearchKey.And;
import org.mailroom.search.query.SearchKey.Not;

/** Text past the limits of indexing is found; what depends on text past all limits is refused and never answered wrong. */
class TextPastLimitsTest {
    @TempDir
    private Path directory;

    private MemoryMail mail;
    private MailboxId inbox;
    private SearchIndexConfiguration configuration;

    @BeforeEach
    void start() throws Exception {
        configuration = SearchIndexFile.read(FileConfigurationProvider.getConfig(new ByteArrayInputStream(
                """
                <search-index>
                  <text-limits><part-octets>1000</part-octets><message-characters>5000</message-characters></text-limits>
                </search-index>
                """
                        .getBytes(StandardCharsets.UTF_8))));
        mail = new MemoryMail(directory, false);
        restart((settingsOf, health) -> new UserIndexes(directory, settingsOf, health));
        inbox = mail.create(ALICE, "INBOX");
        mail.append(ALICE, inbox, message("short", "begin middle end"));
        mail.append(ALICE, inbox, message("long", "begin " + "middle\r\n".repeat(200) + " end"));
    }

    private void restart(MemoryMail.IndexMaker indexes) {
        mail.stop();
        mail.start(configuration, indexes);
        mail.listen();
    }

    @AfterEach
    void stop() {
        mail.close();
    }

    @Test
    void textPastTheLimitsOfIndexingIsFound() {
        assertThat(mail.search(ALICE, inbox, new Body("end"))).containsExactly(1, 2);
        assertThat(mail.search(ALICE, inbox, new Not(new Body("none")))).containsExactly(1, 2);
    }

    @Test
    void whatDependsOnTextPastAllLimitsIsRefused() throws Exception {
        mail.append(ALICE, inbox, message("longest", "begin " + "middle\r\n".repeat(2_000) + " end"));
        assertRefused();
        assertThat(mail.problem()).isEmpty();
    }

    @Test
    void whereTheMailIsReadInsteadOfAnIndexTheSameIsRefused() throws Exception {
        mail.append(ALICE, inbox, message("longest", "begin " + "middle\r\n".repeat(2_000) + " end"));
        restart((settings, health) -> UnusableIndexes.make(directory, settings));
        assertRefused();
    }

    private void assertRefused() {
        for (var key : List.of(new Body("end"), new Text("none"), new Not(new Body("none")))) {
            assertThatThrownBy(() -> mail.search(ALICE, inbox, key))
                    .as("%s", key)
                    .isInstanceOfSatisfying(TextLimitException.class, e -> {
                        assertThat(e.limit()).isEqualTo("part-octets");
                        assertThat(e.uid()).isEqualTo(3);
                    });
        }
        assertThat(mail.search(ALICE, inbox, new Body("begin"))).containsExactly(1, 2, 3);
        assertThat(mail.search(ALICE, inbox, new Text("long"))).containsExactly(2, 3);
        assertThat(mail.search(ALICE, inbox, new And(List.of(new Body("end"), new Subject("short")))))
                .containsExactly(1);
    }
}
