/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.apache.james.core.Username;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailroom.mailets.rules.RuleUsers.Names;

/** For whom and where a rule acts. */
class RuleScopeTest {

    private static RuleFolders folders(String... patterns) {
        return new RuleFolders(Arrays.stream(patterns)
                .map(pattern -> new RuleFolders.Entry(pattern, false))
                .toList());
    }

    @Test
    void ruleWithoutUsersShouldBeForAll() {
        assertThat(RuleUsers.ALL.includes(Username.of("alice@example.org"))).isTrue();
        assertThat(RuleUsers.ALL.includes(Username.of("alice"))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "alice@example.org, true",
        "ALICE@example.org, true",
        "bob@example.org, false",
        "anybody@example.com, true",
        "boss@example.com, false",
        "anybody@mail.example.com, false",
        "sales-nord@example.net, true",
        "salesman@example.net, false",
        "anybody@a.example.net, true",
        "test@a.example.net, false",
        "root, true"
    })
    void usersShouldBeThoseNamedWithoutThoseExcepted(String user, boolean included) {
        RuleUsers users = new RuleUsers(
                new Names(
                        List.of("Alice@Example.org", "sales-*@example.net", "root"),
                        List.of("example.com", "*.example.net")),
                new Names(List.of("boss@example.com", "test@*"), List.of()));

        assertThat(users.includes(Username.of(user))).isEqualTo(included);
    }

    @Test
    void exceptionsAloneShouldLeaveAllOthers() {
        RuleUsers users = new RuleUsers(Names.NONE, new Names(List.of(), List.of("example.com")));

        assertThat(users.includes(Username.of("alice@example.org"))).isTrue();
        assertThat(users.includes(Username.of("alice@example.com"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "INBOX, INBOX, true",
        "inbox, INBOX, true",
        "INBOX, INBOX.sub, false",
        "Inbox/sub, INBOX.sub, true",
        "INBOX.sub, INBOX.sub, true",
        "Lists/*, Lists.a.b, true",
        "Lists/%, Lists.a.b, false",
        "Lists/%, Lists.a, true",
        "Lists/*, Lists, false",
        "a+b, a+b, true",
        "a+b, aab, false",
        "lists, Lists, false",
        "*, Sent, true",
        "*, Trash, false",
        "*, Junk.x, false",
        "*, Spam, false",
        "*, Drafts, false",
        "T*, Trash, false",
        "Trash, Trash, true",
        "Trash, Trash.x, false",
        "Trash/*, Trash.x, true",
        "Archive/*, Archive.Trash, true"
    })
    void foldersShouldBeThoseThatThePatternMeans(String pattern, String mailbox, boolean included) {
        assertThat(folders(pattern).includes(mailbox, '.')).isEqualTo(included);
    }

    @Test
    @Timeout(10)
    void manyWildcardsShouldCostLittle() {
        assertThat(folders("*a".repeat(90) + "b").includes("a".repeat(200), '.'))
                .isFalse();
        assertThat(folders("%a".repeat(90)).includes("a".repeat(200), '.')).isTrue();
        assertThat(new RuleUsers(new Names(List.of("*a".repeat(100) + "@"), List.of()), Names.NONE)
                        .includes(Username.of("a".repeat(200))))
                .isFalse();
    }

    @Test
    void subtreeShouldBeTheFolderAndWhatLiesInIt() {
        RuleFolders lists = new RuleFolders(List.of(new RuleFolders.Entry("Lists", true)));

        assertThat(lists.includes("Lists", '/')).isTrue();
        assertThat(lists.includes("Lists/a/b", '/')).isTrue();
        assertThat(lists.includes("Lists.a", '/')).isFalse();
        assertThat(lists.includes("Listserv", '/')).isFalse();
    }

    @Test
    void namingOneSpecialFolderShouldNotNameTheOthers() {
        RuleFolders folders = folders("Trash", "*");

        assertThat(folders.includes("Trash", '.')).isTrue();
        assertThat(folders.includes("Trash.x", '.')).isFalse();
        assertThat(folders.includes("Junk", '.')).isFalse();
    }

    @Test
    void longFoldersShouldBeRefused() {
        assertThat(new FolderName("f".repeat(200)).name()).hasSize(200);
        assertThatThrownBy(() -> new FolderName("f".repeat(201)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("more than 200 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "/a", "a/", "a//b", "#shared", "a\tb"})
    void impossibleFoldersShouldBeRefused(String name) {
        assertThatThrownBy(() -> new FolderName(name)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> folders(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void folderToFileIntoShouldHaveNoWildcards() {
        assertThatThrownBy(() -> new FolderName("Lists/*"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Lists/*");
        assertThat(new FolderName("Lists/a.b").in('.')).isEqualTo("Lists.a.b");
        assertThat(new FolderName(" inbox/x ")).isEqualTo(new FolderName("INBOX/x"));
        assertThat(new FolderName("inbox.x").name()).isEqualTo("INBOX.x");
        assertThat(new FolderName("Inboxes").name()).isEqualTo("Inboxes");
        assertThat(new FolderName("inbox-old").name()).isEqualTo("inbox-old");
    }
}
