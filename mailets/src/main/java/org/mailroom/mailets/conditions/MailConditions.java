/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.conditions;

import com.google.inject.ProvidedBy;
import com.google.inject.Provider;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.apache.mailet.Mail;
import org.mailroom.search.match.MessageMatch;
import org.mailroom.search.match.NormalisedText;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.query.SearchKeyParser;
import org.mailroom.search.query.SearchKeyPrinter;
import org.mailroom.search.query.SearchSyntaxException;
import org.mailroom.search.text.Casemap;
import org.mailroom.search.text.MessageTextReader;
import org.mailroom.search.text.SignatureFields;

/**
 * Compiles conditions on mail in transit, with the settings that searches in mailboxes have. One for a server;
 * thread-safe.
 */
@ProvidedBy(MailConditions.ModuleNotNamed.class)
public final class MailConditions {
    private final SearchKeyParser parser;
    private final SignatureFields signatures;
    private final Casemap casemap;
    private final MessageTextReader reader;
    private final Clock clock;

    /**
     * @param parser reads conditions, within its limits
     * @param signatures the header fields at which TEXT does not look
     * @param casemap how texts are compared
     * @param reader reads the text of mail
     * @param clock says when a mail is looked at, which stands for its internal date
     */
    public MailConditions(
            SearchKeyParser parser,
            SignatureFields signatures,
            Casemap casemap,
            MessageTextReader reader,
            Clock clock) {
        this.parser = Objects.requireNonNull(parser);
        this.signatures = Objects.requireNonNull(signatures);
        this.casemap = Objects.requireNonNull(casemap);
        this.reader = Objects.requireNonNull(reader);
        this.clock = Objects.requireNonNull(clock);
    }

    /**
     * Makes {@code condition} ready: search keys as {@link SearchKeyParser#parseCondition} reads them.
     *
     * @throws UnusableConditionException where it holds no search keys, or is beyond the limits, or holds a key that has
     *     no answer in transit ({@link MailCondition} names them)
     */
    public MailCondition parse(String condition) throws UnusableConditionException {
        SearchKey key;
        try {
            key = parser.parseCondition(condition);
        } catch (SearchSyntaxException e) {
            throw new UnusableConditionException(
                    "'" + condition + "' is no IMAP search expression: " + e.getMessage()
                            + "; see RFC 9051 section 6.4.4 for what there is",
                    e);
        }
        return of(key, condition);
    }

    /**
     * Makes {@code key} ready.
     *
     * @param text what it was read from, for messages
     * @throws UnusableConditionException where it holds a key that has no answer in transit
     */
    public MailCondition of(SearchKey key, String text) throws UnusableConditionException {
        Optional<UnsupportedKeys.Unsupported> unanswered = UnsupportedKeys.IN_TRANSIT.first(key);
        if (unanswered.isPresent()) {
            throw new UnusableConditionException("'" + text + "' asks for "
                    + SearchKeyPrinter.print(unanswered.get().key())
                    + ", which mail on its way cannot answer: "
                    + unanswered.get().reason()
                    + "; leave that key out, and ask for what stands in the message, its size or its dates");
        }
        return new MailCondition(MessageMatch.of(key, signatures, casemap), this);
    }

    /** Looks at {@code mail} now, for any number of conditions; nothing is read before one asks for it. */
    public MailView look(Mail mail) {
        Instant now = now();
        return new MailView(mail.getName(), new NormalisedText(new MailInTransit(mail, reader, now)), now);
    }

    /** As {@link #look}, at what James's LocalDelivery is about to store. */
    public RecipientViews lookToStore(Mail mail) {
        return new RecipientViews(mail, reader, now());
    }

    /** What James's stores keep of a date: OLDER and YOUNGER count from the same moment. */
    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }

    /** Stands in where the Guice module is not named, to say so: Guice's own words would not help an admin. */
    static final class ModuleNotNamed implements Provider<MailConditions> {
        @Override
        public MailConditions get() {
            throw new IllegalStateException("Mailroom's mailets are not set up: in conf/extensions.properties, add"
                    + " org.mailroom.mailets.MailetsModule to guice.extension.module (separated by commas)");
        }
    }
}
