/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailroom.search.match.MessageMatch;
import org.mailroom.search.match.MessageMetadata;
import org.mailroom.search.match.MessageMetadata.Flags;
import org.mailroom.search.match.MessageView;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.query.SearchKeyParser;
import org.mailroom.search.text.Casemap;
import org.mailroom.search.text.MessageText;
import org.mailroom.search.text.MessageTextReader;
import org.mailroom.search.text.SignatureFields;

/** Characters that nobody sees, and those that look like others, keep nothing from being found: by match or in the index. */
class TextAsItsReaderSeesItTest {
    private static final MessageMetadata METADATA =
            new MessageMetadata(1, 1, Instant.EPOCH, Optional.empty(), 1, Flags.NONE, "", "");

    @TempDir
    Path directory;

    private int opened;

    private record View(MessageMetadata metadata, MessageText text) implements MessageView {}

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "plain | Jahres\u00ADbericht | BODY Jahresbericht",
                "plain | Jahresbericht | BODY Jahres\u00ADbericht",
                "html  | Jahres&shy;be&#173;richt | BODY jahresbericht",
                "html  | a&zwj;b&ZeroWidthSpace;c&lrm;d | BODY abcd",
                "plain | 25\u2060kg | BODY 25kg",
                "plain | price\uFEFF list | BODY \"price list\"",
                "plain | pri\uFEFFce\u200B | BODY \"price\"",
                "plain | \u202Btotal\u202C 5 | BODY \"total 5\"",
                "plain | thanks \u2764\uFE0F | BODY \"thanks \u2764\"",
                "plain | thanks \u2764 | BODY \"\u2764\uFE0F\"",
                "plain | e\uFB03cient work\uFB02ow | BODY \"efficient workflow\"",
                "plain | 3\u338F | BODY 3kg",
                "plain | \uFF29\uFF4E\uFF56oice | BODY invoice",
                "plain | GRO\u1E9EE STRASSE | BODY \"gro\u00DFe stra\u00DFe\"",
                "plain | \u0130zmir | BODY izmir",
                "plain | izmir | BODY \u0130ZM\u0130R",
                "plain | I\u0307zmir | BODY izmir",
                "plain | q\u0323\u0307 | BODY q\u0307\u0323",
                "subject | Rech\u00ADnung | SUBJECT rechnung",
                "subject | Rech=?utf-8?q?=C2=AD?=nung | SUBJECT rechnung",
                "subject | =?utf-16?b?/v8AUgBlAGMAaA==?= =?utf-16?b?/v8AbgB1AG4AZw==?= | SUBJECT rechnung",
                "subject | e\uFB03cient | TEXT office",
            })
    void isFound(String kind, String text, String key) throws Exception {
        assertFound(Casemap.keepingAccents(), mail(kind, text), key, !text.equals("e\uFB03cient"));
    }

    @Test
    void accentsAreFoundAsConfigured() throws Exception {
        String mail = mail(
                "plain",
                "r\u00E9sum\u00E9 d'\u00E9t\u00E9, Vi\u1EC7t, \u03AC\u03BB\u03C6\u03B1, \u0439\u043E\u0434, \u304C");
        for (String key : List.of(
                "BODY resume", "BODY \"d'ete, viet\"", "BODY \u03B1\u03BB\u03C6\u03B1", "BODY \u0438\u043E\u0434")) {
            assertFound(Casemap.foldingAccents(), mail, key, true);
            assertFound(Casemap.keepingAccents(), mail, key, false);
        }
        assertFound(Casemap.foldingAccents(), mail("plain", "resume"), "BODY r\u00E9sum\u00E9", true);
        assertFound(Casemap.foldingAccents(), mail("subject", "r\u00E9sum\u00E9"), "SUBJECT resume", true);
        assertFound(Casemap.foldingAccents(), mail, "BODY \u304B", true);
        assertFound(Casemap.foldingAccents(), mail, "BODY \u304D", false);
        assertFound(Casemap.foldingAccents(), mail("plain", "\u304B"), "BODY \u304C", false);
    }

    @Test
    void anIndexIsRebuiltWhereAccentsAreConfiguredOtherwise() {
        String kept = IndexFormat.of(settings(Casemap.keepingAccents()));
        assertThat(IndexFormat.serves(kept, settings(Casemap.keepingAccents()))).isTrue();
        assertThat(IndexFormat.serves(kept, settings(Casemap.foldingAccents()))).isFalse();
    }

    private void assertFound(Casemap casemap, String mail, String key, boolean expected) throws Exception {
        MessageText text =
                new MessageTextReader().read(new ByteArrayInputStream(mail.getBytes(StandardCharsets.UTF_8)));
        SearchKey parsed = SearchKeyParser.parse(key);
        assertThat(MessageMatch.of(parsed, SignatureFields.DEFAULT, casemap)
                        .matches(new View(METADATA, text), Instant.EPOCH))
                .as("match of %s", key)
                .isEqualTo(expected);
        assertThat(inIndex(casemap, text, parsed)).as("index of %s", key).isEqualTo(expected);
    }

    private boolean inIndex(Casemap casemap, MessageText text, SearchKey key) throws Exception {
        try (UserIndexes indexes = new UserIndexes(directory.resolve("index" + opened++), settings(casemap));
                UserIndexes.Lease lease = indexes.lease("bob")) {
            lease.index().add("1", METADATA, text);
            // now it is in a segment
            assertThat(lease.index().count("1")).isEqualTo(1);
            long[] uids = lease.index()
                    .search("1", key, Instant.EPOCH, uid -> {
                        throw new AssertionError("uid " + uid + " was read");
                    })
                    .uids();
            return uids.length == 1;
        }
    }

    private static IndexSettings settings(Casemap casemap) {
        return new IndexSettings(
                1, Duration.ofMinutes(1), Duration.ofMinutes(1), 16, "", SignatureFields.DEFAULT, casemap, false);
    }

    private static String mail(String kind, String text) {
        return switch (kind) {
            case "subject" -> "Subject: " + text + "\r\n\r\nnothing\r\n";
            default -> "Content-Type: text/" + kind + "; charset=utf-8\r\n\r\n" + text + "\r\n";
        };
    }
}
