/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReadPartTest {

    @Test
    void tellsHowEachPartWasRead() throws IOException {
        String message =
                """
                Content-Type: multipart/mixed; boundary=b

                --b
                Content-Type: text/plain; charset=gb2312

                text
                --b
                Content-Type: image/png; name=cat.png
                Content-Transfer-Encoding: base64

                AAAA
                --b
                Content-Type: text/html

                <p>long enough</p>
                --b--
                """
                        .replace("\n", "\r\n");
        List<ReadPart> parts = new ArrayList<>();
        MessageText text = new MessageTextReader(new TextLimits(10, 1_000))
                .read(new ByteArrayInputStream(message.getBytes(StandardCharsets.US_ASCII)), parts::add);

        assertThat(parts).hasSize(3);
        assertThat(parts.get(0))
                .isEqualTo(new ReadPart("text/plain", "gb2312", "GB18030", "", "", 0, 1, Optional.empty()));
        assertThat(parts.get(1).skipped()).contains("it is no text, and attachments are not indexed");
        assertThat(parts.get(2).charset()).isEqualTo("undeclared: UTF-8");
        assertThat(parts.get(2).skipped()).contains("only its beginning is read: the limit part-octets is reached");
        assertThat(text.body().get(parts.get(2).firstText())).startsWith("long");
        assertThat(parts.get(0).has(0)).isTrue();
        assertThat(parts.get(0).has(1)).isFalse();
    }
}
