/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.mailroom.search.index.IndexProvider;
import org.mailroom.search.index.UserIndex;
import org.mailroom.search.index.UserIndexes;

/** Indexes that take no message of some mailboxes until a test opens their gates. */
final class GatedIndexes implements IndexProvider {
    private final IndexProvider indexes;
    private final Map<String, CountDownLatch> gates = new ConcurrentHashMap<>();
    /** One for each index, which is told by its identity. */
    private final Map<UserIndex, UserIndex> gated = new ConcurrentHashMap<>();

    private final AtomicInteger waiting = new AtomicInteger();

    GatedIndexes(IndexProvider indexes) {
        this.indexes = indexes;
    }

    /** From now on no message of the mailbox is added. */
    void shut(String mailbox) {
        gates.put(mailbox, new CountDownLatch(1));
    }

    void open(String mailbox) {
        gates.get(mailbox).countDown();
    }

    void openAll() {
        gates.values().forEach(CountDownLatch::countDown);
    }

    /** How many threads stand before a gate. */
    int waiting() {
        return waiting.get();
    }

    @Override
    public UserIndexes.Lease lease(String owner) throws IOException {
        UserIndexes.Lease lease = indexes.lease(owner);
        UserIndex index = gated.computeIfAbsent(lease.index(), this::gated);
        return new UserIndexes.Lease() {
            @Override
            public UserIndex index() {
                return index;
            }

            @Override
            public void close() {
                lease.close();
            }
        };
    }

    private UserIndex gated(UserIndex index) {
        return (UserIndex) Proxy.newProxyInstance(
                GatedIndexes.class.getClassLoader(), new Class<?>[] {UserIndex.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("add") && gates.containsKey((String) arguments[0])) {
                        waiting.incrementAndGet();
                        gates.get((String) arguments[0]).await();
                        waiting.decrementAndGet();
                    }
                    try {
                        return method.invoke(index, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Override
    public void reset(String owner, UserIndex damaged) throws IOException {
        indexes.reset(owner, damaged);
    }

    @Override
    public boolean deleteUnused(String owner, UserIndexes.Condition condition) throws IOException {
        return indexes.deleteUnused(owner, condition);
    }

    @Override
    public void close() throws IOException {
        indexes.close();
    }
}
