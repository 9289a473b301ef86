/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.adapter;

import com.google.inject.AbstractModule;
import com.google.inject.Scopes;
import com.google.inject.multibindings.Multibinder;
import org.apache.james.events.EventListener;
import org.apache.james.mailbox.store.search.ListeningMessageSearchIndex;
import org.apache.james.mailbox.store.search.MessageSearchIndex;
import org.mailroom.mailbox.MailroomModule;
import org.mailroom.mailbox.sync.IndexingListener;

/**
 * Makes Mailroom the search index of a James that an admin puts together: {@code overrideWith(new
 * MailroomSearchIndexModule())}, in place of James's own search module where there is one (its listener would go on
 * indexing). JMAP, webadmin and whatever else searches then get the answers that IMAP gets.
 *
 * <p>It brings {@link MailroomModule} and the listener along: {@code extensions.properties} and {@code listeners.xml}
 * must not name them again. Searches over IMAP still want {@code MailroomImapPackage} in {@code imapserver.xml}, for what
 * James's own SEARCH command cannot ask.
 */
public final class MailroomSearchIndexModule extends AbstractModule {

    @Override
    protected void configure() {
        install(new MailroomModule());
        bind(MailroomSearchIndex.class).in(Scopes.SINGLETON);
        bind(MessageSearchIndex.class).to(MailroomSearchIndex.class);
        bind(ListeningMessageSearchIndex.class).to(MailroomSearchIndex.class);
        Multibinder.newSetBinder(binder(), EventListener.ReactiveGroupEventListener.class)
                .addBinding()
                .to(IndexingListener.class);
    }
}
