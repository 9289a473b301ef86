/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.admin;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.mailroom.mailbox.config.SearchIndexConfiguration;
import org.mailroom.mailbox.james.MailStore;
import org.mailroom.mailbox.james.StoredMailbox;
import org.mailroom.mailbox.james.StoredMailbox.StoredMessage;
import org.mailroom.mailbox.sync.SearchServices;
import org.mailroom.search.index.UserIndexes;
import org.mailroom.search.index.Watermark;
import org.mailroom.search.match.KeyExplanation;
import org.mailroom.search.match.KeyExplanation.Outcome;
import org.mailroom.search.match.MessageExplanation;
import org.mailroom.search.match.MessageMetadata;
import org.mailroom.search.query.FuzzyKeys;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.query.SearchKeyPrinter;
import org.mailroom.search.text.Completeness;
import org.mailroom.search.text.Gap;
import org.mailroom.search.text.MessageText;
import org.mailroom.search.text.ReadPart;

/** Explains one search to one message of a mailbox. For one thread. */
final class OneExplanation {
    private static final int MAX_BEGINNING = 200;
    /** Each is a search of its own. */
    private static final int MAX_ASKED = 100;

    private final SearchServices mail;
    private final IndexedUsers users;
    private final SearchIndexConfiguration configuration;
    private final Clock clock;
    private final SearchedUser user;
    private final MailStore.Named named;
    private final StoredMailbox mailbox;
    private final List<ReadPart> parts = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private int asked;

    OneExplanation(
            SearchServices mail,
            IndexedUsers users,
            SearchIndexConfiguration configuration,
            Clock clock,
            SearchedUser user,
            MailStore.Named named,
            StoredMailbox mailbox) {
        this.mail = mail;
        this.users = users;
        this.configuration = configuration;
        this.clock = clock;
        this.user = user;
        this.named = named;
        this.mailbox = mailbox;
    }

    /** Nothing where the message is not there. */
    Optional<ExplainedMessage> of(long uid, SearchKey key) throws IOException, RefusedRequestException {
        StoredMessage[] stored = new StoredMessage[1];
        MessageText[] text = new MessageText[1];
        noteIndex(uid);
        mailbox.read(uid, uid, message -> {
            stored[0] = message;
            text[0] = read(message);
        });
        return stored[0] == null ? Optional.empty() : Optional.of(explained(stored[0].metadata(), text[0], key));
    }

    private void noteIndex(long uid) throws IOException {
        String owner = user.name().asString();
        UserIndexes indexes = users.indexes();
        mail.health()
                .trouble(owner)
                .ifPresent(reason ->
                        notes.add("the index cannot be used, so that searches read the" + " mail: " + reason));
        if (!indexes.exists(owner)) {
            notes.add("the user had no index before this request: searches make it");
            return;
        }
        try (UserIndexes.Lease lease = indexes.lease(owner)) {
            Optional<Watermark> indexed = lease.index().watermark(named.id().serialize());
            if (indexed.isEmpty()) {
                notes.add("the mailbox was not indexed before this request: the first search indexes it");
            } else if (indexed.get().lastUid() < uid) {
                notes.add("the message was not indexed before this request: the index had seen messages up to "
                        + indexed.get().lastUid());
            }
        }
    }

    private MessageText read(StoredMessage message) throws IOException {
        try (InputStream content = message.open()) {
            noteGaps(mail.indexedTexts().read(content).completeness());
        }
        try (InputStream content = message.open()) {
            return mail.wholeMessages().read(content, parts::add);
        }
    }

    private void noteGaps(Completeness indexed) {
        for (String reason : reasons(indexed)) {
            notes.add("not all of the message's text is indexed (" + reason
                    + "): searches that depend on the rest read the message");
        }
    }

    private static Set<String> reasons(Completeness completeness) {
        Set<Gap> gaps = new HashSet<>(completeness.headerGaps());
        gaps.addAll(completeness.bodyGaps());
        Set<String> reasons = new TreeSet<>();
        gaps.forEach(gap -> reasons.add(IndexStates.reason(gap)));
        return reasons;
    }

    private record View(MessageMetadata metadata, MessageText text) implements org.mailroom.search.match.MessageView {}

    private ExplainedMessage explained(MessageMetadata metadata, MessageText text, SearchKey key)
            throws IOException, RefusedRequestException {
        MessageExplanation explanation = new MessageExplanation(
                new View(metadata, text), clock.instant(), configuration.signatureFields(), configuration.casemap());
        ExplainedMessage.Key explained = key(explanation.explain(key), metadata.uid());
        Set<String> flags = new TreeSet<>(metadata.flags().keywords());
        metadata.flags().system().forEach(flag -> flags.add("\\" + flag.name().toLowerCase(java.util.Locale.ROOT)));
        boolean agree = explained.matches().equals(explained.found());
        if (!agree && FuzzyKeys.in(key)) {
            notes.add("FUZZY finds what is like a string, too, which match does not know");
        }
        return new ExplainedMessage(
                named.name(),
                named.id().serialize(),
                metadata.uid(),
                metadata.internalDate(),
                metadata.size(),
                flags,
                explained.matches(),
                explained.found(),
                agree,
                parts.stream().map(part -> part(part, text)).toList(),
                List.copyOf(reasons(text.completeness())),
                notes,
                explained);
    }

    private ExplainedMessage.Part part(ReadPart part, MessageText text) {
        List<String> texts = text.body().subList(part.firstText(), part.firstText() + part.texts());
        String first = texts.isEmpty() ? "" : texts.get(0);
        String beginning =
                configuration.casemap().normalise(first.substring(0, Math.min(first.length(), MAX_BEGINNING)));
        return new ExplainedMessage.Part(
                part.type(),
                part.declaredCharset(),
                part.charset(),
                part.transferEncoding(),
                part.fileName(),
                texts.stream().mapToLong(String::length).sum(),
                beginning,
                part.skipped());
    }

    private ExplainedMessage.Key key(KeyExplanation explanation, long uid) throws IOException, RefusedRequestException {
        List<ExplainedMessage.Key> operands = new ArrayList<>();
        Optional<Boolean> found = found(explanation.key(), uid);
        for (KeyExplanation operand : explanation.operands()) {
            operands.add(key(operand, uid));
        }
        return new ExplainedMessage.Key(
                SearchKeyPrinter.print(explanation.key()),
                explanation.outcome() == Outcome.PAST_LIMIT
                        ? Optional.empty()
                        : Optional.of(explanation.outcome() == Outcome.MATCHES),
                found,
                explanation.sought(),
                explanation.places().stream().map(this::place).toList(),
                explanation.nearest().map(nearest -> place(nearest.place())),
                explanation.nearest().map(KeyExplanation.Nearest::missing),
                explanation.actual(),
                operands);
    }

    private Optional<Boolean> found(SearchKey key, long uid) throws IOException {
        if (asked++ >= MAX_ASKED) {
            return Optional.empty();
        }
        try {
            return Optional.of(user.search(named, CheckedMail.within(uid, uid, key)).length > 0);
        } catch (RefusedRequestException e) {
            notes.add(e.getMessage());
            return Optional.empty();
        }
    }

    private ExplainedMessage.Place place(KeyExplanation.Place place) {
        return new ExplainedMessage.Place(
                place.field().isEmpty() ? part(place.number()) : "header field " + place.field(),
                place.before(),
                place.found(),
                place.after());
    }

    private String part(int text) {
        return parts.stream()
                .filter(part -> part.has(text))
                .findFirst()
                .map(part -> "part " + (parts.indexOf(part) + 1) + " (" + part.type() + ")")
                .orElse("a file name, or the header of an attached message");
    }
}
