/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mailroom.search.testing.RandomRun;

/** Whatever stands in a message, it is read to its end, and each octet is looked at a bounded number of times. */
class MimeFuzzTest {
    private static final int ROUNDS = RandomRun.rounds(10_000, 1_000_000);
    private static final int MAX_PIECES = 40;
    private static final Casemap CASEMAP = Casemap.foldingAccents();

    /** Of one entity; each transfer encoding of an attached message is one more pass. */
    private static final int MAX_LOOKS = 4 * (1 + MessageReading.MAX_ENCODED_MESSAGES);

    /** The end of a line and what separates header and body are frequent, as nothing else makes a structure. */
    private static final List<String> PIECES = List.of(
            "\r\n",
            "\r\n",
            "\r\n",
            "\r\n\r\n",
            "\r\n\r\n",
            "\n",
            "\n\n",
            "\r",
            " ",
            "\t",
            "\r\n ",
            ";",
            ",",
            "\"",
            "(",
            ")",
            "<",
            ">",
            "=",
            "==",
            "=\r\n",
            "=3D",
            "=C3",
            "=?",
            "?=",
            "&",
            "&amp;",
            "&#x41;",
            "&#xFFFFFFFF;",
            "<b>",
            "</b>",
            "<script>",
            "<!--",
            "-->",
            "<p",
            "<style>",
            "<![CDATA[",
            "--b\r\n",
            "--b\r\n",
            "--b--\r\n",
            "--c\r\n",
            "--c--\r\n",
            "--",
            "--b",
            "word ",
            "From nobody Mon Jan 1\r\n",
            ">From ",
            "YWJj",
            "YWJ",
            "////",
            "====",
            "begin 644 a.txt\r\n#86)C\r\n`\r\nend\r\n",
            "Subject: ",
            "From: ",
            "To: ",
            "Date: Mon, 1 Jan 2024 10:00:00 +0000\r\n",
            "Date: 99 Foo 1\r\n",
            "References: <a@b> <c@d>\r\n",
            "Content-Type: multipart/mixed; boundary=b\r\n\r\n",
            "Content-Type: multipart/alternative; boundary=\"c\"\r\n\r\n",
            "Content-Type: multipart/mixed\r\n\r\n",
            "Content-Type: message/rfc822\r\n\r\n",
            "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n",
            "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n",
            "Content-Type: message/delivery-status\r\n\r\n",
            "Content-Type: text/rfc822-headers\r\n\r\n",
            "Content-Type: text/html\r\n",
            "Content-Type: text/plain; charset=utf-16\r\n",
            "Content-Type: text/plain; charset=iso-2022-jp\r\n",
            "Content-Type: text/plain; charset=utf-7\r\n",
            "Content-Type: text/plain; charset=hz-gb-2312\r\n",
            "Content-Type: text/plain; charset=gb18030\r\n",
            "Content-Type: text/plain; charset=\"",
            "Content-Type: text/plain; format=flowed; delsp=yes\r\n",
            "Content-Type: text/calendar\r\n",
            "Content-Type: application/octet-stream; name=a.txt\r\n",
            "Content-Disposition: attachment; filename*0*=utf-8''a%C3; filename*1=b\r\n",
            "Content-Transfer-Encoding: base64\r\n",
            "Content-Transfer-Encoding: quoted-printable\r\n",
            "Content-Transfer-Encoding: x-uuencode\r\n",
            "=?utf-8?q?=C3?= =?utf-8?q?=A9?=",
            "=?utf-8?b?w6k?=",
            "=?iso-2022-jp?b?GyRC?=",
            "=?x?q??=",
            "=?utf-8?b?",
            "a\u0301\u0327",
            "\u00e9",
            "\u65e5\u672c",
            "\ufeff",
            "@@@@",
            "a@xn--mgba.example",
            "\u001b$B",
            "~{",
            "+AGE-",
            "xn--",
            "[1.2.3.4]",
            "\0");

    @Test
    void everyMessageIsReadToItsEndInBoundedWork() throws IOException {
        long seed = RandomRun.seed();
        Random random = new Random(seed);
        long texts = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] octets = message(random);
            MessageReading reading = new MessageReading(TextLimits.DEFAULT, PartTextExtractor.NONE);
            try {
                MessageText text = reading.read(new ByteArrayInputStream(octets));
                if (!text.complete() || reading.octetsLookedAt() > (long) MAX_LOOKS * (octets.length + 2)) {
                    throw new AssertionError(
                            "looked at " + reading.octetsLookedAt() + " octets; complete: " + text.complete());
                }
                text.body().forEach(CASEMAP::normalise);
                text.header().forEach(field -> CASEMAP.normalise(field.value()));
                texts += text.body().size();
            } catch (RuntimeException | Error e) {
                throw new AssertionError(
                        "seed " + seed + " round " + round + ":\n" + new String(octets, StandardCharsets.UTF_8), e);
            }
        }
        assertThat(texts).as("seed %d", seed).isGreaterThan(ROUNDS / 2);
    }

    private static byte[] message(Random random) {
        StringBuilder message = new StringBuilder();
        for (int i = random.nextInt(MAX_PIECES); i >= 0; i--) {
            String piece = PIECES.get(random.nextInt(PIECES.size()));
            message.append(random.nextInt(20) == 0 ? piece.repeat(random.nextInt(30)) : piece);
        }
        byte[] octets = message.append('x').toString().getBytes(StandardCharsets.UTF_8);
        for (int hits = random.nextInt(4); hits > 0; hits--) {
            octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
        }
        return octets;
    }
}
