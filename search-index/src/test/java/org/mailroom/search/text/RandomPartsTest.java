/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mailroom.search.testing.RandomRun;

/** Random trees of parts, written as messages, have the texts that were put into them, in order. */
class RandomPartsTest {

    private static final int ROUNDS = 3_000;

    /** Begin alike, and contain what divides delimiters from what follows. */
    private static final List<String> BOUNDARIES =
            List.of("b", "b1", "b10", "b 1", "b--1", "-b", "--b", "=_b", "b'()+_,-./:=?", "B");

    /** Writes one message and remembers its texts. */
    private static final class Writer {
        private final Random random;
        private final StringBuilder message = new StringBuilder();
        private final List<String> texts = new ArrayList<>();
        private final String lineEnd;
        private int words;

        Writer(Random random) {
            this.random = random;
            this.lineEnd = random.nextBoolean() ? "\r\n" : "\n";
        }

        /** An entity without the line end that belongs to the delimiter behind it. */
        void entity(int depth, List<String> around) {
            int kind = random.nextInt(depth == 0 ? 3 : 8);
            if (kind < 2) {
                line(random.nextBoolean() ? "X-Filler: x" : "Content-Type: text/plain");
                line("");
                message.append(text());
            } else if (kind == 2) {
                line("Content-Transfer-Encoding: base64");
                line("");
                message.append(Base64.getEncoder().encodeToString(text().getBytes(StandardCharsets.US_ASCII)));
            } else if (kind == 3) {
                line("Content-Type: message/rfc822");
                line("");
                texts.add("subject" + words);
                line("Subject: subject" + words++);
                entity(depth - 1, around);
            } else {
                multipart(depth, around);
            }
        }

        private void multipart(int depth, List<String> around) {
            // one that is around may be used again where its end says which multipart is meant
            String boundary = BOUNDARIES.get(random.nextInt(BOUNDARIES.size()));
            boolean again = around.contains(boundary);
            List<String> inside = new ArrayList<>(around);
            inside.add(boundary);
            line("Content-Type: multipart/mixed; boundary=\"" + boundary + "\"");
            if (random.nextInt(4) > 0) {
                line("");
                noise();
            }
            int parts = 1 + random.nextInt(3);
            for (int i = 0; i < parts; i++) {
                line("--" + boundary + (random.nextInt(4) == 0 ? " \t" : ""));
                entity(depth - 1, inside);
                message.append(lineEnd);
                if (random.nextInt(8) == 0 && !again && i + 1 < parts) {
                    line("--" + boundary + "--");
                    noise();
                }
            }
            boolean ends = again || random.nextInt(4) > 0;
            if (ends) {
                message.append("--").append(boundary).append("--");
                if (random.nextInt(3) == 0) {
                    message.append(lineEnd);
                    noise();
                }
            }
        }

        /** What stands where no text is. */
        private void noise() {
            if (random.nextBoolean()) {
                line("noise -- --");
                line("--noise");
            }
        }

        private String text() {
            String text = "text" + words++ + (random.nextInt(3) == 0 ? lineEnd + "--line" : "");
            texts.add(text);
            return text;
        }

        private void line(String text) {
            message.append(text).append(lineEnd);
        }
    }

    @Test
    void haveTheTextsThatWerePutIntoThem() throws IOException {
        long seed = RandomRun.seed();
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            Writer writer = new Writer(random);
            writer.entity(6, List.of());
            byte[] octets = writer.message.toString().getBytes(StandardCharsets.US_ASCII);
            List<String> read = new MessageTextReader()
                    .read(new Pieces(octets, random)).body().stream()
                            .filter(text -> !text.startsWith("multipart/")
                                    && !List.of("base64", "message/rfc822", "text/plain", "x")
                                            .contains(text))
                            .map(String::stripTrailing)
                            .toList();
            assertThat(read)
                    .as("seed %d round %d%n%s", seed, round, writer.message)
                    .isEqualTo(writer.texts);
        }
    }
}
