/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.mailroom.search.match.MessageMetadata;
import org.mailroom.search.match.MessageMetadata.Flags;
import org.mailroom.search.text.MessageText;

class TextPrefetchTest {
    private static final long EXPUNGED = 50;
    /** It came while the others were listed. */
    private static final long UNLISTED = 60;

    private final List<String> asked = new ArrayList<>();

    private TextPrefetch texts(int messages, long size) {
        List<MessageMetadata> listed = LongStream.rangeClosed(1, messages)
                .filter(uid -> uid != UNLISTED)
                .mapToObj(uid -> new MessageMetadata(
                        uid, uid, Instant.EPOCH, Optional.empty(), size, Flags.NONE, "e" + uid, "t"))
                .toList();
        return new TextPrefetch(
                (first, last, each) -> {
                    asked.add(first + ":" + last);
                    for (long uid = first; uid <= last; uid++) {
                        if (uid != EXPUNGED) {
                            each.accept(
                                    uid, new MessageText(List.of(), List.of("text " + uid), Optional.empty(), true));
                        }
                    }
                },
                listed);
    }

    private static void assertText(TextPrefetch texts, int index) throws IOException {
        long uid = index + 1 < UNLISTED ? index + 1 : index + 2;
        if (uid == EXPUNGED) {
            assertThat(texts.text(index)).isEmpty();
        } else {
            assertThat(texts.text(index).orElseThrow().body()).containsExactly("text " + uid);
        }
    }

    @Test
    void messagesInARowAreReadManyAtOnce() throws IOException {
        TextPrefetch texts = texts(1_000, 1_000);
        for (int i = 0; i < 999; i++) {
            assertText(texts, i);
        }
        assertThat(asked).startsWith("1:1", "2:3", "4:7").hasSizeLessThan(25);
    }

    @Test
    void singleMessagesAreReadAlone() throws IOException {
        TextPrefetch texts = texts(1_000, 1_000);
        assertText(texts, 3);
        assertText(texts, 70);
        assertText(texts, 500);
        assertThat(asked).containsExactly("4:4", "72:72", "502:502");
    }

    @Test
    void largeMessagesAreNotHeldTogether() throws IOException {
        TextPrefetch texts = texts(40, 3 << 20);
        for (int i = 0; i < 40; i++) {
            assertText(texts, i);
        }
        assertThat(asked).hasSizeGreaterThan(19);
    }
}
