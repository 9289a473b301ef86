/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.attachment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedTextTest {
    private static final String TEXT = "aé€😀".repeat(5_000);

    private final AtomicInteger cancelled = new AtomicInteger();

    private String read(byte[] octets, int pieces, int maxCharacters) {
        BoundedText body = new BoundedText(maxCharacters);
        body.onSubscribe(new Subscription() {
            @Override
            public void request(long count) {}

            @Override
            public void cancel() {
                cancelled.incrementAndGet();
            }
        });
        List<ByteBuffer> buffers = new ArrayList<>();
        for (int begin = 0; begin < octets.length; begin += pieces) {
            buffers.add(ByteBuffer.wrap(octets, begin, Math.min(pieces, octets.length - begin)));
        }
        int half = buffers.size() / 2;
        body.onNext(buffers.subList(0, half));
        body.onNext(buffers.subList(half, buffers.size()));
        body.onComplete();
        assertThat(body.getBody().toCompletableFuture()).succeedsWithin(Duration.ZERO);
        return body.getBody().toCompletableFuture().join();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1_000, 100_000})
    void charactersMayBeCutBetweenBuffers(int pieces) {
        assertThat(read(TEXT.getBytes(StandardCharsets.UTF_8), pieces, 1_000_000))
                .isEqualTo(TEXT);
        assertThat(cancelled).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100_000})
    void theRestOfALongAnswerIsNotTaken(int pieces) {
        assertThat(read(TEXT.getBytes(StandardCharsets.UTF_8), pieces, 10_001)).isEqualTo(TEXT.substring(0, 10_001));
        assertThat(cancelled).hasPositiveValue();
    }

    @Test
    void anEndInsideACharacterAndOctetsThatAreNoTextAreReplaced() {
        assertThat(read(new byte[] {'a', (byte) 0xff, 'b', (byte) 0xe2, (byte) 0x82}, 1, 100))
                .isEqualTo("a\ufffdb\ufffd");
    }
}
