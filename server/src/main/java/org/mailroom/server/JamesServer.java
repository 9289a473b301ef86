/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server;

import com.google.inject.Module;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.util.Modules;
import java.nio.file.Path;
import org.apache.james.GuiceJamesServer;
import org.apache.james.modules.MailboxModule;
import org.apache.james.modules.MailetProcessingModule;
import org.apache.james.modules.protocols.IMAPServerModule;
import org.apache.james.modules.protocols.ProtocolHandlerModule;
import org.apache.james.modules.protocols.SMTPServerModule;
import org.apache.james.modules.queue.memory.MemoryMailQueueModule;
import org.apache.james.modules.server.DataRoutesModules;
import org.apache.james.modules.server.MailQueueRoutesModule;
import org.apache.james.modules.server.MailRepositoriesRoutesModule;
import org.apache.james.modules.server.MailboxRoutesModule;
import org.apache.james.modules.server.MailetContainerModule;
import org.apache.james.modules.server.NoJwtModule;
import org.apache.james.modules.server.RawPostDequeueDecoratorModule;
import org.apache.james.modules.server.WebAdminServerModule;
import org.apache.james.server.core.configuration.Configuration;
import org.apache.james.utils.GuiceProbe;
import org.mailroom.server.store.Store;
import org.mailroom.server.trial.MailLoader;

/**
 * James with IMAP, SMTP, mailets and webadmin on a {@link Store}, configured by the {@code conf/} of a working directory.
 *
 * <p>Not thread-safe.
 */
public final class JamesServer implements AutoCloseable {
    private final GuiceJamesServer james;
    private final Store store;

    private JamesServer(GuiceJamesServer james, Store store) {
        this.james = james;
        this.store = store;
    }

    /**
     * Starts James and returns when its ports are open. James ends the process with status 1 where it cannot start.
     *
     * @param workingDirectory holds {@code conf/} and {@code extensions-jars/}
     * @param store is closed with the server
     */
    public static JamesServer start(Path workingDirectory, Store store) throws Exception {
        Configuration configuration = Configuration.builder()
                .workingDirectory(workingDirectory.toFile())
                .build();
        GuiceJamesServer james = GuiceJamesServer.forConfiguration(configuration)
                .combineWith(store.module(), base(), protocols(), webadmin());
        james.start();
        return new JamesServer(james, store);
    }

    private static Module base() {
        return Modules.combine(
                new MailboxModule(),
                new MailetProcessingModule(),
                new MemoryMailQueueModule(),
                new RawPostDequeueDecoratorModule(),
                binder -> binder.bind(MailetContainerModule.DefaultProcessorsConfigurationSupplier.class)
                        .toInstance(() -> {
                            throw new IllegalStateException(
                                    "conf/mailetcontainer.xml is missing or has no <processors>");
                        }),
                binder -> Multibinder.newSetBinder(binder, GuiceProbe.class)
                        .addBinding()
                        .to(MailLoader.class));
    }

    private static Module protocols() {
        return Modules.combine(new IMAPServerModule(), new SMTPServerModule(), new ProtocolHandlerModule());
    }

    private static Module webadmin() {
        return Modules.combine(
                new WebAdminServerModule(),
                new NoJwtModule(),
                new DataRoutesModules(),
                new MailboxRoutesModule(),
                new MailQueueRoutesModule(),
                new MailRepositoriesRoutesModule());
    }

    /** The object James offers for work from within the process, for instance {@link MailLoader}. */
    public <T extends GuiceProbe> T probe(Class<T> type) {
        return james.getProbe(type);
    }

    /** Stops James, the plugin with it, and closes the store. */
    @Override
    public void close() {
        james.stop();
        store.close();
    }
}
