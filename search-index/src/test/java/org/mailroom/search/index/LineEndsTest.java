/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

/** Whatever ends the lines of a message, the same is found in it: by match and in the index. */
class LineEndsTest {
    private static final MessageMetadata METADATA =
            new MessageMetadata(1, 1, Instant.EPOCH, Optional.empty(), 1, Flags.NONE, "", "");

    private static final String PLAIN =
            """
            From: Pat Smith
             <pat@mail.test>
            To: (a
             comment) team@mail.test
            Subject: quarterly
             figures
            Date: Mon,
             2 Mar
             2020
             10:00:00 +0000

            First line of
            the letter.

            Last line.
            """;

    private static final String PARTS =
            """
            Subject: parts
            MIME-Version: 1.0
            Content-Type: multipart/mixed;
             boundary="outer"

            This preamble is no text.
            --outer
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            a soft=
            ened caf=C3=A9
            --outer
            Content-Type: text/html

            <p>some <b>mark</b>up</p>
            --outer
            Content-Type: text/plain
            Content-Transfer-Encoding: base64

            aGlkZGVuIGlu
            IHBsYWluIHNpZ2h0
            --outer
            Content-Type: text/plain; format=flowed; delsp=yes

            para\s
            graphs flow
            --outer
            Content-Type: text/calendar

            BEGIN:VCALENDAR
            SUMMARY:a fol
             ded meeting
            END:VCALENDAR
            --outer
            Content-Type: message/rfc822

            Subject: enclosed
            Content-Type: multipart/alternative; boundary=inner

            --inner

            the innermost
            --inner--
            --outer--
            This epilogue is no text.
            """;

    private static final String UUENCODED =
            """
            Subject: old

            see the file
            begin 644 notes.txt
            +:&5L;&\\@=V]R;&0
            `
            end
            and call
            """;

    @TempDir
    Path directory;

    private record View(MessageMetadata metadata, MessageText text) implements MessageView {}

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r\r\n", "\r\r\r\n"})
    void doNotMatter(String lineEnd) throws Exception {
        IndexSettings settings = new IndexSettings(
                1,
                Duration.ofMinutes(1),
                Duration.ofMinutes(1),
                16,
                "",
                SignatureFields.DEFAULT,
                Casemap.keepingAccents(),
                false);
        try (UserIndexes indexes = new UserIndexes(directory, settings);
                UserIndexes.Lease lease = indexes.lease("bob")) {
            UserIndex index = lease.index();
            assertFound(
                    new Message("plain", PLAIN, lineEnd, index),
                    "SUBJECT \"quarterly figures\"",
                    "FROM \"pat smith <pat@mail.test>\"",
                    "TO team@mail.test",
                    "SENTON 2-Mar-2020",
                    "BODY \"First line of the letter. Last line.\"",
                    "NOT BODY quarterly",
                    "NOT SUBJECT letter");
            assertFound(
                    new Message("parts", PARTS, lineEnd, index),
                    "BODY \"a softened caf\u00e9\"",
                    "BODY \"some markup\"",
                    "BODY \"hidden in plain sight\"",
                    "BODY \"paragraphs flow\"",
                    "BODY \"a folded meeting\"",
                    "BODY enclosed",
                    "BODY \"the innermost\"",
                    "NOT BODY preamble",
                    "NOT BODY epilogue",
                    "NOT BODY outer",
                    "NOT BODY \"inner--\"");
            assertFound(
                    new Message("uuencoded", UUENCODED, lineEnd, index), "BODY \"hello world\"", "BODY \"and call\"");
        }
    }

    /** A message in a mailbox of its own name. */
    private record Message(String name, MessageText text, UserIndex index) {
        Message(String name, String source, String lineEnd, UserIndex index) throws Exception {
            this(
                    name,
                    new MessageTextReader()
                            .read(new ByteArrayInputStream(
                                    source.replace("\n", lineEnd).getBytes(StandardCharsets.UTF_8))),
                    index);
            index.add(name, METADATA, text);
            // now it is in a segment
            assertThat(index.count(name)).isEqualTo(1);
        }
    }

    private static void assertFound(Message message, String... keys) throws Exception {
        for (String key : keys) {
            SearchKey parsed = SearchKeyParser.parse(key);
            assertThat(MessageMatch.of(parsed).matches(new View(METADATA, message.text()), Instant.EPOCH))
                    .as("match of %s in %s", key, message.text())
                    .isTrue();
            long[] uids = message.index()
                    .search(message.name(), parsed, Instant.EPOCH, uid -> {
                        throw new AssertionError("uid " + uid + " was read");
                    })
                    .uids();
            assertThat(uids).as("index of %s", key).containsExactly(1);
        }
    }
}
