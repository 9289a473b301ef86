/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailroom.search.testing.RandomRun;

class TransferDecodingStreamTest {

    private static String decode(String encoding, String encoded) throws IOException {
        InputStream octets = new ByteArrayInputStream(encoded.getBytes(StandardCharsets.ISO_8859_1));
        return new String(TransferDecodingStream.of(encoding, octets).readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "aGVsbG8gd29ybGQ= | hello world",
                "aGVsbG8gd29ybGQ | hello world",
                "aGVs*bG8!gd2 9y%bGQ= | hello world",
                "aGVsbG8=IHdvcmxk | hello world",
                "aGVsbG8gd29ybGQ=== | hello world",
                "aGVsbG8gd29ybGQ=x | hello world",
                "Pz8_Pj4- | ???>>>",
            })
    void base64IsReadAsFarAsItGoes(String encoded, String decoded) throws IOException {
        assertThat(decode("base64", encoded)).isEqualTo(decoded);
    }

    @Test
    void base64MayBeBrokenIntoAnyLines() throws IOException {
        assertThat(decode("base64", "aGV\r\nsb\n\nG8gd29yb\r\nGQ=\r\n")).isEqualTo("hello world");
    }

    @Test
    void quotedPrintableIsReadAsFarAsItGoes() throws IOException {
        assertThat(decode("quoted-printable", "caf=E9 caf=e9 1=3D1")).isEqualTo("café café 1=1");
        assertThat(decode("quoted-printable", "in=\r\nvoi=\nce")).isEqualTo("invoice");
        assertThat(decode("quoted-printable", "in= \t \r\nvoice")).isEqualTo("invoice");
        assertThat(decode("quoted-printable", "a=b c=XY d= e =4 =4=41 ==42")).isEqualTo("a=b c=XY d= e =4 =4A =B");
        assertThat(decode("quoted-printable", "end=")).isEqualTo("end");
        assertThat(decode("quoted-printable", "end=4")).isEqualTo("end=4");
        assertThat(decode("quoted-printable", "a=\r\n=\r\nb")).isEqualTo("ab");
        assertThat(decode("quoted-printable", "a=" + " ".repeat(300) + "b")).isEqualTo("a=" + " ".repeat(300) + "b");
    }

    @Test
    void uuencodeIsDecodedBetweenBeginAndEnd() throws IOException {
        assertThat(decode("x-uuencode", "before\r\nbegin 644 a.txt\r\n+:&5L;&\\@=V]R;&0\r\n`\r\nend\r\nafter\r\n"))
                .isEqualTo("before\r\nhello worldafter\r\n");
        assertThat(decode("x-uuencode", "begin 644 x\n_\n_\n_\nend\n")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"7bit", "8bit", "binary", "", "x-unknown"})
    void otherEncodingsAreNone(String encoding) throws IOException {
        assertThat(decode(encoding, "a=41 YQ== \u00FF\u0000")).isEqualTo("a=41 YQ== \u00FF\u0000");
    }

    @Test
    void decodesTheSameInWhateverPiecesItComes() throws IOException {
        long seed = RandomRun.seed();
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            byte[] octets = new byte[random.nextInt(20_000)];
            for (int i = 0; i < octets.length; i++) {
                octets[i] = (byte) "=\r\n \tABCD0149ab_M`begin end".charAt(random.nextInt(27));
            }
            for (String encoding : new String[] {"base64", "quoted-printable", "x-uuencode", "binary"}) {
                byte[] whole = TransferDecodingStream.of(encoding, new ByteArrayInputStream(octets))
                        .readAllBytes();
                byte[] pieces = TransferDecodingStream.of(encoding, new Pieces(octets, random))
                        .readAllBytes();
                assertThat(pieces)
                        .as("seed %d round %d %s", seed, round, encoding)
                        .isEqualTo(whole);
            }
        }
    }

    @Test
    void base64IsWhatTheJdkEncodes() throws IOException {
        long seed = RandomRun.seed();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            byte[] octets = new byte[random.nextInt(10_000)];
            random.nextBytes(octets);
            InputStream encoded =
                    new ByteArrayInputStream(Base64.getMimeEncoder().encode(octets));
            assertThat(TransferDecodingStream.of("base64", encoded).readAllBytes())
                    .as("seed %d round %d", seed, round)
                    .isEqualTo(octets);
        }
    }
}
