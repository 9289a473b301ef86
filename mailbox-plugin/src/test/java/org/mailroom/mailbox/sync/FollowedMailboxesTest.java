/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.james.events.Event;
import org.apache.james.events.EventBus;
import org.apache.james.events.EventListener.ReactiveEventListener;
import org.apache.james.events.Registration;
import org.apache.james.events.RegistrationKey;
import org.apache.james.mailbox.inmemory.InMemoryId;
import org.apache.james.mailbox.model.MailboxId;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

class FollowedMailboxesTest {
    private static final ReactiveEventListener NOBODY = new ReactiveEventListener() {
        @Override
        public boolean isHandling(Event event) {
            return false;
        }

        @Override
        public Publisher<Void> reactiveEvent(Event event) {
            return Mono.empty();
        }
    };

    private final List<String> registered = new ArrayList<>();
    private final List<MailboxId> dropped = new ArrayList<>();
    private Optional<RuntimeException> failure = Optional.empty();
    private final FollowedMailboxes followed = new FollowedMailboxes(bus(), NOBODY, 2, dropped::add);

    private EventBus bus() {
        return (EventBus) Proxy.newProxyInstance(
                FollowedMailboxesTest.class.getClassLoader(), new Class<?>[] {EventBus.class}, (bus, method, given) -> {
                    String key = ((RegistrationKey) given[1]).asString();
                    return Mono.defer(
                            () -> failure.<Mono<Registration>>map(Mono::error).orElseGet(() -> register(key)));
                });
    }

    private Mono<Registration> register(String key) {
        registered.add(key);
        return Mono.just(() -> Mono.fromRunnable(() -> registered.remove(key)));
    }

    private static MailboxId mailbox(int number) {
        return InMemoryId.of(number);
    }

    @Test
    void aMailboxIsRegisteredOnce() {
        followed.follow(mailbox(1));
        followed.follow(mailbox(1));
        assertThat(registered).containsExactly("1");
    }

    @Test
    void noMoreThanTheMaximumAreFollowedAndTheLongestUnusedIsDropped() {
        followed.follow(mailbox(1));
        followed.follow(mailbox(2));
        followed.follow(mailbox(1));
        followed.follow(mailbox(3));
        assertThat(registered).containsExactly("1", "3");
        assertThat(dropped).containsExactly(mailbox(2));
        assertThat(followed.size()).isEqualTo(2);
    }

    @Test
    void aRegistrationThatFailsIsToldAndTriedAgainByTheNextSearch() {
        failure = Optional.of(new IllegalStateException("no RabbitMQ"));
        followed.follow(mailbox(1));
        assertThat(followed.failure()).hasValueSatisfying(why -> assertThat(why).contains("no RabbitMQ"));
        failure = Optional.empty();
        followed.follow(mailbox(1));
        assertThat(registered).containsExactly("1");
        assertThat(followed.failure()).isEmpty();
    }

    @Test
    void closingUnregistersAll() {
        followed.follow(mailbox(1));
        followed.follow(mailbox(2));
        followed.close();
        assertThat(registered).isEmpty();
    }
}
