/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.mailroom.server.harness.ImapConnection;
import org.mailroom.server.harness.JamesProcess;
import org.mailroom.server.trial.Trial;

/**
 * A session on each James that searches the shared mailbox all the time, so that searches look while changes are half made.
 * A connection that breaks is opened again.
 */
final class ConstantSearches implements AutoCloseable {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Future<Integer>> searches = new ArrayList<>();
    private volatile boolean over;

    static ConstantSearches on(TestCluster cluster) {
        ConstantSearches searches = new ConstantSearches();
        for (int node = 0; node < cluster.size(); node++) {
            JamesProcess james = cluster.node(node);
            searches.searches.add(searches.threads.submit(() -> searches.search(james)));
        }
        return searches;
    }

    private int search(JamesProcess james) {
        int done = 0;
        while (!over) {
            try (ImapConnection imap = james.imap(Trial.ALICE)) {
                imap.select(SharedMailbox.NAME);
                while (!over) {
                    imap.command("UID SEARCH FLAGGED");
                    done++;
                }
            } catch (IOException | AssertionError e) {
                // it was killed, or is not there yet
                Thread.onSpinWait();
            }
        }
        return done;
    }

    /** Ends them, and returns how many there were. */
    int end() throws Exception {
        over = true;
        int all = 0;
        for (Future<Integer> done : searches) {
            all += done.get(2, TimeUnit.MINUTES);
        }
        return all;
    }

    @Override
    public void close() {
        over = true;
        threads.shutdown();
    }
}
