/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import org.apache.james.imap.decode.parser.FetchCommandParser;
import org.apache.james.imap.decode.parser.SearchCommandParser;
import org.apache.james.imap.encode.ESearchResponseEncoder;
import org.apache.james.imap.processor.SearchProcessor;
import org.apache.james.modules.protocols.ImapPackage;
import org.apache.james.utils.ClassName;
import org.junit.jupiter.api.Test;
import org.mailroom.mailbox.imap.command.ESearchCommandParser;
import org.mailroom.mailbox.imap.command.MailroomSearchCommandParser;
import org.mailroom.mailbox.imap.command.SortCommandParser;
import org.mailroom.mailbox.imap.command.ThreadCommandParser;
import org.mailroom.mailbox.imap.response.ESearchDataEncoder;
import org.mailroom.mailbox.imap.response.ThreadDataEncoder;
import org.mailroom.mailbox.imap.saved.SavedResultParsers;
import org.mailroom.mailbox.imap.search.ESearchProcessor;
import org.mailroom.mailbox.imap.search.MailroomSearchProcessor;
import org.mailroom.mailbox.imap.search.ThreadProcessor;

class MailroomImapPackageTest {
    private final ImapPackage mailroom = new MailroomImapPackage();

    @Test
    void commandsThatJamesHasNotShouldBeAdded() {
        assertThat(mailroom.decoders())
                .contains(
                        name(SortCommandParser.class),
                        name(ThreadCommandParser.class),
                        name(ESearchCommandParser.class));
        assertThat(mailroom.processors()).contains(name(ThreadProcessor.class), name(ESearchProcessor.class));
        assertThat(mailroom.encoders()).contains(name(ThreadDataEncoder.class));
    }

    private static ClassName name(Class<?> type) {
        return new ClassName(type.getName());
    }

    private static Collection<ClassName> without(Collection<ClassName> names, String packagePrefix) {
        return names.stream()
                .filter(name -> !name.getName().startsWith(packagePrefix))
                .toList();
    }

    @Test
    void searchCommandsShouldBeMailroomsInPlaceOfJames() {
        assertThat(mailroom.processors())
                .contains(name(MailroomSearchProcessor.class))
                .doesNotContain(name(SearchProcessor.class));
        assertThat(mailroom.decoders())
                .contains(name(MailroomSearchCommandParser.class), name(SavedResultParsers.Fetch.class))
                .doesNotContain(name(SearchCommandParser.class), name(FetchCommandParser.class));
        assertThat(mailroom.encoders())
                .contains(name(ESearchDataEncoder.class))
                .doesNotContain(name(ESearchResponseEncoder.class));
    }

    @Test
    void everythingElseShouldBeAsInJames() {
        assertThat(ImapPackage.DEFAULT.processors()).containsAll(without(mailroom.processors(), "org.mailroom"));
        assertThat(ImapPackage.DEFAULT.decoders()).containsAll(without(mailroom.decoders(), "org.mailroom"));
        assertThat(ImapPackage.DEFAULT.encoders()).containsAll(without(mailroom.encoders(), "org.mailroom"));
        assertThat(without(mailroom.processors(), "org.mailroom"))
                .hasSize(ImapPackage.DEFAULT.processors().size() - 21);
        assertThat(without(mailroom.decoders(), "org.mailroom"))
                .hasSize(ImapPackage.DEFAULT.decoders().size() - 6);
        assertThat(without(mailroom.encoders(), "org.mailroom"))
                .hasSize(ImapPackage.DEFAULT.encoders().size() - 2);
    }
}
