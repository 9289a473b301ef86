/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.store.transaction.TransactionalMapper;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class CompletingMapperTest {
    private final Recorder recorder = new Recorder();
    private final Numbers mapper = CompletingMapper.of(Numbers.class, recorder);

    /** The least mapper that James could have. */
    interface Numbers extends org.apache.james.mailbox.store.transaction.Mapper {
        Mono<Integer> one();

        Flux<Integer> many();
    }

    @Test
    void transactionOfAClientThatLeavesIsCommitted() {
        Sinks.One<String> work = Sinks.one();
        Disposable client = mapper.executeReactive(work.asMono()).subscribe();

        client.dispose();
        mapper.endRequest();
        work.tryEmitValue("done");

        assertThat(recorder.calls).containsExactly("begin", "commit", "end");
    }

    @Test
    void requestEndsAfterTheLastOperation() throws MailboxException {
        String result = mapper.execute(() -> {
            mapper.endRequest();
            recorder.calls.add("work");
            return "result";
        });

        assertThat(result).isEqualTo("result");
        assertThat(recorder.calls).containsExactly("begin", "work", "commit", "end");
    }

    @Test
    void requestWithoutAnOperationEndsAtOnce() {
        mapper.endRequest();

        assertThat(recorder.calls).containsExactly("end");
    }

    @Test
    void transactionThatFailsIsRolledBackWhateverItFailsWith() {
        assertThatThrownBy(() -> mapper.execute(() -> {
                    throw new IllegalStateException("no memory, say");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> mapper.executeReactive(Mono.error(new IllegalStateException("again")))
                        .block())
                .hasMessage("again");

        assertThat(recorder.calls).containsExactly("begin", "end", "begin", "end");
    }

    @Test
    void transactionThatFailsAfterItsClientHasLeftIsRolledBack() {
        Sinks.One<String> work = Sinks.one();
        mapper.executeReactive(work.asMono()).subscribe().dispose();

        work.tryEmitError(new IllegalStateException("nobody hears it"));

        assertThat(recorder.calls).containsExactly("begin", "end");
    }

    @Test
    void resultsArePassedOn() {
        assertThat(mapper.one().block()).isEqualTo(1);
        assertThat(mapper.many().collectList().block()).containsExactly(1, 2, 3);
        assertThat(mapper.executeReactive(Mono.empty()).blockOptional()).isEmpty();
    }

    @Test
    void resultThatComesBeforeItIsAskedForIsKept() {
        List<Integer> results = new ArrayList<>();
        BaseSubscriber<Integer> late = new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                // asks later
            }

            @Override
            protected void hookOnNext(Integer value) {
                results.add(value);
            }
        };
        mapper.one().subscribe(late);

        late.request(1);

        assertThat(results).containsExactly(1);
    }

    private static final class Recorder extends TransactionalMapper implements Numbers {
        private final List<String> calls = new ArrayList<>();

        @Override
        public Mono<Integer> one() {
            return Mono.just(1);
        }

        @Override
        public Flux<Integer> many() {
            return Flux.just(1, 2, 3);
        }

        @Override
        protected void begin() {
            calls.add("begin");
        }

        @Override
        protected void commit() {
            calls.add("commit");
        }

        @Override
        protected void rollback() {
            calls.add("rollback");
        }

        @Override
        public void endRequest() {
            calls.add("end");
        }
    }
}
