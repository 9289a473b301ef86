/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.store;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.james.mailbox.store.transaction.Mapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Calls a JPA mapper of James so that each operation that has begun ends, whoever cancels it.
 *
 * <p>James cancels what a connection is at when its client leaves, and ends the request at once, from another thread than the
 * one that works. Its JPA mappers are not made for that: a reactive transaction that is cancelled is neither committed nor
 * rolled back, and an entity manager that is closed beside a thread that works with it is opened again by that thread and
 * never closed. Either keeps locks of rows, and everybody waits for them. So here
 *
 * <ul>
 *   <li>a reactive operation goes on when its subscriber cancels; the result is dropped,
 *   <li>the end of a request takes effect when the last operation has ended,
 *   <li>a transaction that fails is rolled back, whatever it fails with.
 * </ul>
 *
 * <p>What a command does between two operations is cancelled as ever. Thread-safe as far as the mapper is.
 */
final class CompletingMapper implements InvocationHandler {
    private static final Logger LOGGER = LoggerFactory.getLogger(CompletingMapper.class);

    private final Mapper mapper;

    /** How many operations have begun and not ended. Guarded by this. */
    private int running;

    /** Whether the request ends with the last operation. Guarded by this. */
    private boolean ending;

    private CompletingMapper(Mapper mapper) {
        this.mapper = mapper;
    }

    static <M extends Mapper> M of(Class<M> face, M mapper) {
        return face.cast(
                Proxy.newProxyInstance(face.getClassLoader(), new Class<?>[] {face}, new CompletingMapper(mapper)));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        return switch (method.getName()) {
            case "endRequest" -> {
                endRequest();
                yield null;
            }
            case "execute", "executeReactive" -> call(method, arguments, true);
            case "equals", "hashCode", "toString" -> method.invoke(this, arguments);
            default -> call(method, arguments, false);
        };
    }

    private Object call(Method method, Object[] arguments, boolean transaction) throws Throwable {
        begin();
        Object result;
        try {
            result = method.invoke(mapper, arguments);
        } catch (InvocationTargetException e) {
            failed(transaction);
            throw e.getCause();
        } finally {
            end();
        }
        if (result instanceof Mono<?> mono) {
            return completing(mono, transaction);
        }
        if (result instanceof Flux<?> flux) {
            // James's JPA mappers have read the whole list when its first element comes
            return completing(flux.collectList(), transaction).flatMapIterable(list -> list);
        }
        return result;
    }

    private <T> Mono<T> completing(Mono<T> operation, boolean transaction) {
        return Mono.create(sink -> {
            AtomicBoolean left = new AtomicBoolean();
            sink.onCancel(() -> left.set(true));
            begin();
            operation
                    .doOnError(e -> failed(transaction))
                    .doOnTerminate(this::end)
                    .map(Optional::of)
                    .defaultIfEmpty(Optional.empty())
                    .contextWrite(sink.contextView())
                    .subscribe(result -> sink.success(result.orElse(null)), e -> fail(sink, left, e));
        });
    }

    /** Reactor logs as an error what nobody is left to hear. */
    private static void fail(MonoSink<?> sink, AtomicBoolean left, Throwable e) {
        if (left.get()) {
            LOGGER.debug("An operation failed whose client has left", e);
        } else {
            sink.error(e);
        }
    }

    private synchronized void begin() {
        running++;
    }

    private synchronized void failed(boolean transaction) {
        ending |= transaction;
    }

    private synchronized void end() {
        running--;
        if (running == 0 && ending) {
            ending = false;
            close();
        }
    }

    private synchronized void endRequest() {
        if (running > 0) {
            ending = true;
        } else {
            close();
        }
    }

    private void close() {
        try {
            mapper.endRequest();
        } catch (RuntimeException e) {
            LOGGER.warn("An entity manager could not be closed; its connection returns when nothing refers to it", e);
        }
    }
}
