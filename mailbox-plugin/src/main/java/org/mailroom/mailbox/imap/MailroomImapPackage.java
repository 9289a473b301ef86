/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.james.imap.decode.parser.CopyCommandParser;
import org.apache.james.imap.decode.parser.ExpungeCommandParser;
import org.apache.james.imap.decode.parser.FetchCommandParser;
import org.apache.james.imap.decode.parser.MoveCommandParser;
import org.apache.james.imap.decode.parser.SearchCommandParser;
import org.apache.james.imap.decode.parser.StoreCommandParser;
import org.apache.james.imap.encode.ESearchResponseEncoder;
import org.apache.james.imap.encode.SearchResponseEncoder;
import org.apache.james.imap.processor.AppendProcessor;
import org.apache.james.imap.processor.CheckProcessor;
import org.apache.james.imap.processor.CopyProcessor;
import org.apache.james.imap.processor.CreateProcessor;
import org.apache.james.imap.processor.DeleteProcessor;
import org.apache.james.imap.processor.ExamineProcessor;
import org.apache.james.imap.processor.ExpungeProcessor;
import org.apache.james.imap.processor.IdProcessor;
import org.apache.james.imap.processor.IdleProcessor;
import org.apache.james.imap.processor.MoveProcessor;
import org.apache.james.imap.processor.NamespaceProcessor;
import org.apache.james.imap.processor.NoopProcessor;
import org.apache.james.imap.processor.RenameProcessor;
import org.apache.james.imap.processor.SearchProcessor;
import org.apache.james.imap.processor.SelectProcessor;
import org.apache.james.imap.processor.SetMetadataProcessor;
import org.apache.james.imap.processor.StatusProcessor;
import org.apache.james.imap.processor.StoreProcessor;
import org.apache.james.imap.processor.SubscribeProcessor;
import org.apache.james.imap.processor.UnsubscribeProcessor;
import org.apache.james.imap.processor.fetch.FetchProcessor;
import org.apache.james.modules.protocols.ImapPackage;
import org.apache.james.utils.ClassName;
import org.mailroom.mailbox.imap.command.ESearchCommandParser;
import org.mailroom.mailbox.imap.command.MailroomSearchCommandParser;
import org.mailroom.mailbox.imap.command.SortCommandParser;
import org.mailroom.mailbox.imap.command.ThreadCommandParser;
import org.mailroom.mailbox.imap.context.CancelUpdateCommandParser;
import org.mailroom.mailbox.imap.context.CancelUpdateProcessor;
import org.mailroom.mailbox.imap.context.ContextUpdateEncoder;
import org.mailroom.mailbox.imap.context.UpdatingProcessors;
import org.mailroom.mailbox.imap.response.ESearchDataEncoder;
import org.mailroom.mailbox.imap.response.SearchDataEncoder;
import org.mailroom.mailbox.imap.response.ThreadDataEncoder;
import org.mailroom.mailbox.imap.saved.SavedResultParsers;
import org.mailroom.mailbox.imap.saved.SavedResultProcessor;
import org.mailroom.mailbox.imap.search.ESearchProcessor;
import org.mailroom.mailbox.imap.search.MailroomSearchProcessor;
import org.mailroom.mailbox.imap.search.ThreadProcessor;
import org.mailroom.mailbox.imap.wire.OversizedCommandProcessor;

/**
 * Exchanges James's SEARCH for Mailroom's, and adds SORT, THREAD and ESEARCH: the class to name in {@code
 * <imapPackages>} of {@code imapserver.xml}. Mailroom's parsers wrap James's for the commands that take {@code $}.
 */
public final class MailroomImapPackage implements ImapPackage {
    private final Collection<ClassName> processors = exchanged(
            ImapPackage.DEFAULT.processors(),
            List.of(
                    SearchProcessor.class,
                    SelectProcessor.class,
                    ExamineProcessor.class,
                    NoopProcessor.class,
                    CheckProcessor.class,
                    IdleProcessor.class,
                    FetchProcessor.class,
                    StoreProcessor.class,
                    CopyProcessor.class,
                    MoveProcessor.class,
                    ExpungeProcessor.class,
                    IdProcessor.class,
                    NamespaceProcessor.class,
                    UnsubscribeProcessor.class,
                    SubscribeProcessor.class,
                    RenameProcessor.class,
                    DeleteProcessor.class,
                    CreateProcessor.class,
                    StatusProcessor.class,
                    AppendProcessor.class,
                    SetMetadataProcessor.class),
            List.of(
                    MailroomSearchProcessor.class,
                    ThreadProcessor.class,
                    ESearchProcessor.class,
                    CancelUpdateProcessor.class,
                    UpdatingProcessors.Select.class,
                    UpdatingProcessors.Examine.class,
                    UpdatingProcessors.Noop.class,
                    UpdatingProcessors.Check.class,
                    UpdatingProcessors.Idle.class,
                    UpdatingProcessors.Fetch.class,
                    UpdatingProcessors.Store.class,
                    UpdatingProcessors.Copy.class,
                    UpdatingProcessors.Move.class,
                    UpdatingProcessors.Expunge.class,
                    UpdatingProcessors.Id.class,
                    UpdatingProcessors.Namespace.class,
                    UpdatingProcessors.Unsubscribe.class,
                    UpdatingProcessors.Subscribe.class,
                    UpdatingProcessors.Rename.class,
                    UpdatingProcessors.Delete.class,
                    UpdatingProcessors.Create.class,
                    UpdatingProcessors.Status.class,
                    UpdatingProcessors.Append.class,
                    SavedResultProcessor.class,
                    CheckedMetadataProcessor.class,
                    OversizedCommandProcessor.class));
    private final Collection<ClassName> decoders = exchanged(
            ImapPackage.DEFAULT.decoders(),
            List.of(
                    SearchCommandParser.class,
                    FetchCommandParser.class,
                    StoreCommandParser.class,
                    CopyCommandParser.class,
                    MoveCommandParser.class,
                    ExpungeCommandParser.class),
            List.of(
                    MailroomSearchCommandParser.class,
                    SortCommandParser.class,
                    ThreadCommandParser.class,
                    ESearchCommandParser.class,
                    CancelUpdateCommandParser.class,
                    SavedResultParsers.Fetch.class,
                    SavedResultParsers.Store.class,
                    SavedResultParsers.Copy.class,
                    SavedResultParsers.Move.class,
                    SavedResultParsers.Expunge.class));
    private final Collection<ClassName> encoders = exchanged(
            ImapPackage.DEFAULT.encoders(),
            List.of(SearchResponseEncoder.class, ESearchResponseEncoder.class),
            List.of(
                    SearchDataEncoder.class,
                    ESearchDataEncoder.class,
                    ContextUpdateEncoder.class,
                    ThreadDataEncoder.class));

    @Override
    public Collection<ClassName> processors() {
        return processors;
    }

    @Override
    public Collection<ClassName> decoders() {
        return decoders;
    }

    @Override
    public Collection<ClassName> encoders() {
        return encoders;
    }

    private static Collection<ClassName> exchanged(
            Collection<ClassName> james, List<Class<?>> without, List<Class<?>> with) {
        Set<String> names = without.stream().map(Class::getName).collect(Collectors.toCollection(LinkedHashSet::new));
        List<ClassName> kept = james.stream()
                .filter(Predicate.not(name -> names.contains(name.getName())))
                .toList();
        if (kept.size() != james.size() - names.size()) {
            throw new IllegalStateException("This James has other IMAP commands than Mailroom knows: its default set "
                    + james + " was expected to have " + names + ". Use a Mailroom made for this version of James.");
        }
        return Stream.concat(kept.stream(), with.stream().map(own -> new ClassName(own.getName())))
                .toList();
    }
}
