/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.attachment;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/** Takes the first characters of a response in UTF-8 as they come, and drops the rest: a response may be endless. */
final class BoundedText implements BodySubscriber<String> {
    private static final int CHUNK = 1 << 13;

    private final CompletableFuture<String> body = new CompletableFuture<>();
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private final CharBuffer chunk = CharBuffer.allocate(CHUNK);
    private final StringBuilder text = new StringBuilder();
    private final int maxCharacters;
    /** The beginning of a character whose end has not come yet. */
    private ByteBuffer half = ByteBuffer.allocate(0);

    private volatile Optional<Subscription> subscription = Optional.empty();

    BoundedText(int maxCharacters) {
        this.maxCharacters = maxCharacters;
    }

    @Override
    public CompletionStage<String> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Subscription to) {
        subscription = Optional.of(to);
        to.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            ByteBuffer octets = half.hasRemaining() ? joined(half, buffer) : buffer;
            decode(octets, false);
            half = joined(octets, ByteBuffer.allocate(0));
        }
        if (isFull() && !body.isDone()) {
            subscription.ifPresent(Subscription::cancel);
            body.complete(text.toString());
        }
    }

    private static ByteBuffer joined(ByteBuffer first, ByteBuffer second) {
        return ByteBuffer.allocate(first.remaining() + second.remaining())
                .put(first)
                .put(second)
                .flip();
    }

    private void decode(ByteBuffer octets, boolean end) {
        boolean more = true;
        while (more && !isFull()) {
            more = decoder.decode(octets, chunk, end).isOverflow();
            chunk.flip();
            text.append(chunk, 0, Math.min(chunk.remaining(), maxCharacters - text.length()));
            chunk.clear();
        }
        if (isFull()) {
            octets.position(octets.limit());
        }
    }

    private boolean isFull() {
        return text.length() == maxCharacters;
    }

    @Override
    public void onError(Throwable failure) {
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        if (!body.isDone()) {
            decode(half, true);
            body.complete(text.toString());
        }
    }
}
