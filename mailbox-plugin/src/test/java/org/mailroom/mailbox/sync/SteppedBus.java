/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.james.events.Event;
import org.apache.james.events.EventBus;
import org.apache.james.events.EventBusName;
import org.apache.james.events.EventListener.ReactiveEventListener;
import org.apache.james.events.Group;
import org.apache.james.events.Registration;
import org.apache.james.events.RegistrationKey;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * The event bus of one process, as James's RabbitMQ bus is: who listens to a mailbox hears of this process's changes
 * before they are acknowledged and of others' some time later; of listeners of a group only one, in any process, hears.
 */
final class SteppedBus implements EventBus {
    private final Steps steps;
    private final Random random;
    private final List<SteppedBus> all;
    private final Fate fate;
    private final List<Listening> listening = new ArrayList<>();
    private final List<ReactiveEventListener> groups = new ArrayList<>();

    private record Listening(ReactiveEventListener listener, RegistrationKey key) {}

    /** What may become of an event on its way to another process. */
    enum Fate {
        COMES,
        COMES_LATE_OR_TWICE,
        MAY_BE_LOST
    }

    /** @param all the buses of all processes, this one will be among them */
    SteppedBus(Steps steps, Random random, List<SteppedBus> all, Fate fate) {
        this.steps = steps;
        this.random = random;
        this.all = all;
        this.fate = fate;
    }

    /** The process ends. */
    void forgetAll() {
        listening.clear();
        groups.clear();
    }

    /** A change dispatches its event; it is acknowledged only after this. */
    void send(Event event, RegistrationKey key) {
        listeners(key).forEach(listener -> hear(listener, event));
        steps.step();
        SteppedBus one = all.get(random.nextInt(all.size()));
        one.groups.forEach(listener -> deliver(listener, event));
        for (SteppedBus other : all) {
            if (other != this) {
                other.listeners(key).forEach(listener -> deliver(listener, event));
            }
        }
    }

    private List<ReactiveEventListener> listeners(RegistrationKey key) {
        return listening.stream()
                .filter(known -> known.key().equals(key))
                .map(Listening::listener)
                .toList();
    }

    private void deliver(ReactiveEventListener listener, Event event) {
        if (fate == Fate.MAY_BE_LOST && random.nextInt(3) == 0) {
            return;
        }
        int times = fate == Fate.COMES || random.nextInt(4) > 0 ? 1 : 2;
        for (int i = 0; i < times; i++) {
            steps.add(come(), () -> hear(listener, event));
        }
    }

    private BooleanSupplier come() {
        if (fate == Fate.COMES || random.nextInt(4) > 0) {
            return () -> true;
        }
        int until = steps.taken() + random.nextInt(200);
        return () -> steps.taken() >= until;
    }

    private static void hear(ReactiveEventListener listener, Event event) {
        if (listener.isHandling(event)) {
            Mono.from(listener.reactiveEvent(event)).block();
        }
    }

    @Override
    public Publisher<Registration> register(ReactiveEventListener listener, RegistrationKey key) {
        Listening mine = new Listening(listener, key);
        listening.add(mine);
        return Mono.just(() -> Mono.fromRunnable(() -> listening.remove(mine)));
    }

    @Override
    public Registration register(ReactiveEventListener listener, Group group) {
        groups.add(listener);
        return Mono::empty;
    }

    @Override
    public Mono<Void> dispatch(Event event, Set<RegistrationKey> keys) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Mono<Void> reDeliver(Group group, Event event) {
        throw new UnsupportedOperationException();
    }

    @Override
    public EventBusName eventBusName() {
        return new EventBusName("stepped");
    }
}
