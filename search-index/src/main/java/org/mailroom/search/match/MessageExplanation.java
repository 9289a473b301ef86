/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.match;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailroom.search.match.KeyExplanation.Nearest;
import org.mailroom.search.match.KeyExplanation.Outcome;
import org.mailroom.search.match.KeyExplanation.Place;
import org.mailroom.search.query.MailKey;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.query.StoreKey;
import org.mailroom.search.text.Casemap;
import org.mailroom.search.text.HeaderField;
import org.mailroom.search.text.SignatureFields;

/**
 * Explains for one message, key by key, whether and where a search matches. The outcome is that of {@link MessageMatch}; all
 * operands are looked at, also those on which it does not depend. For one thread.
 *
 * <p>Keys are taken as deep as the parser makes them.
 */
public final class MessageExplanation {
    private static final int MAX_PLACES = 5;
    private static final int SURROUNDINGS = 60;

    private final NormalisedText message;
    private final Instant now;
    private final SignatureFields signatures;
    private final Casemap casemap;
    private final Conditions conditions;
    private final Map<SearchKey, List<Text>> remembered = new HashMap<>();

    /** @param now the time from which OLDER and YOUNGER count */
    public MessageExplanation(MessageView message, Instant now, SignatureFields signatures, Casemap casemap) {
        this.message = new NormalisedText(message);
        this.now = now;
        this.signatures = signatures;
        this.casemap = casemap;
        this.conditions = new Conditions(signatures, casemap);
    }

    /** @throws IllegalArgumentException for a key that depends on a session */
    public KeyExplanation explain(SearchKey key) {
        Outcome outcome =
                switch (key.accept(conditions).of(message, now)) {
                    case YES -> Outcome.MATCHES;
                    case NO -> Outcome.DOES_NOT_MATCH;
                    case UNKNOWN -> Outcome.PAST_LIMIT;
                };
        if (key instanceof MailKey.StringKey string) {
            return explain(string, outcome);
        }
        List<KeyExplanation> operands =
                operands(key).stream().map(this::explain).toList();
        Optional<String> actual = operands.isEmpty() ? actual(key) : Optional.empty();
        return new KeyExplanation(key, outcome, Optional.empty(), List.of(), Optional.empty(), actual, operands);
    }

    private static List<SearchKey> operands(SearchKey key) {
        if (key instanceof SearchKey.And and) {
            return and.keys();
        } else if (key instanceof SearchKey.Or or) {
            return or.alternatives();
        } else if (key instanceof SearchKey.Not not) {
            return List.of(not.key());
        } else if (key instanceof SearchKey.Fuzzy fuzzy) {
            return List.of(fuzzy.key());
        }
        return List.of();
    }

    /** A text in which a string may stand. */
    private record Text(String field, int number, String normalised) {
        Place place(int start, int end) {
            return new Place(
                    field,
                    number,
                    normalised.substring(boundary(Math.max(0, start - SURROUNDINGS)), start),
                    normalised.substring(start, end),
                    normalised.substring(end, boundary(Math.min(normalised.length(), end + SURROUNDINGS))));
        }

        /** Not inside a character of two units. */
        private int boundary(int position) {
            boolean inside = position > 0
                    && position < normalised.length()
                    && Character.isLowSurrogate(normalised.charAt(position));
            return inside ? position - 1 : position;
        }
    }

    private KeyExplanation explain(MailKey.StringKey key, Outcome outcome) {
        StringMatcher sought = new StringMatcher(key.value(), casemap);
        List<Text> texts = texts(key);
        List<Place> places = new ArrayList<>();
        Optional<Nearest> nearest = Optional.empty();
        int longest = 0;
        for (Text text : texts) {
            int start = sought.positionIn(text.normalised());
            if (start >= 0 && places.size() < MAX_PLACES) {
                places.add(text.place(start, start + sought.normalised().length()));
            } else if (start < 0 && places.isEmpty() && !sought.isEmpty()) {
                StringMatcher.Beginning beginning = sought.longestBeginningIn(text.normalised());
                if (beginning.length() > longest) {
                    longest = beginning.length();
                    nearest = Optional.of(new Nearest(
                            text.place(beginning.end() - longest, beginning.end()),
                            sought.normalised().substring(longest)));
                }
            }
        }
        return new KeyExplanation(
                key,
                outcome,
                Optional.of(sought.normalised()),
                places,
                places.isEmpty() ? nearest : Optional.empty(),
                texts.isEmpty() ? Optional.of("there is no such text in the message") : Optional.empty(),
                List.of());
    }

    /** Those at which the key looks. */
    private List<Text> texts(MailKey.StringKey key) {
        if (key instanceof MailKey.Body) {
            return body();
        } else if (key instanceof MailKey.Text) {
            List<Text> all = new ArrayList<>(header("", false));
            all.addAll(body());
            return all;
        } else if (key instanceof MailKey.Header header) {
            return header(header.name(), false);
        } else if (key instanceof MailKey.Address address) {
            return header(address.field().fieldName(), true);
        }
        return header("Subject", false);
    }

    private List<Text> body() {
        return remembered.computeIfAbsent(new MailKey.Body(""), key -> {
            List<String> texts = message.body(casemap);
            List<Text> body = new ArrayList<>();
            for (int i = 0; i < texts.size(); i++) {
                body.add(new Text("", i, texts.get(i)));
            }
            return body;
        });
    }

    /** @param name of the fields; empty for all at which TEXT looks */
    private List<Text> header(String name, boolean addresses) {
        String folded = HeaderField.foldName(name);
        Map<String, Integer> numbers = new HashMap<>();
        List<Text> texts = new ArrayList<>();
        for (HeaderField field : message.text().header()) {
            String fieldName = HeaderField.foldName(field.name());
            int number = numbers.merge(fieldName, 1, Integer::sum) - 1;
            if (folded.isEmpty() ? !signatures.contains(fieldName) : folded.equals(fieldName)) {
                texts.add(new Text(field.name(), number, casemap.normalise(field.value())));
                if (addresses) {
                    field.addresses()
                            .forEach(form -> texts.add(new Text(field.name(), number, casemap.normalise(form))));
                }
            }
        }
        return texts;
    }

    /** What the message has where the key asks for something that is no string. */
    private Optional<String> actual(SearchKey key) {
        MessageMetadata metadata = message.metadata();
        if (key instanceof MailKey.FlagSet || key instanceof MailKey.FlagUnset) {
            return Optional.of("its system flags are " + metadata.flags().system());
        } else if (key instanceof MailKey.Keyword || key instanceof MailKey.Unkeyword) {
            return Optional.of("its keywords are " + metadata.flags().keywords());
        } else if (key instanceof MailKey.InternalDate
                || key instanceof MailKey.Older
                || key instanceof MailKey.Younger) {
            return Optional.of("its internal date is " + metadata.internalDate());
        } else if (key instanceof MailKey.SentDate) {
            return Optional.of(message.text()
                    .sentDate()
                    .map(date -> "its Date field says " + date)
                    .orElse("it has no Date field that can be read"));
        } else if (key instanceof MailKey.SaveDate || key instanceof MailKey.SaveDateSupported) {
            return Optional.of(metadata.saveDate()
                    .map(date -> "it came into its mailbox on " + date.atOffset(ZoneOffset.UTC))
                    .orElse("the store does not keep when it came into its mailbox"));
        } else if (key instanceof MailKey.Larger || key instanceof MailKey.Smaller) {
            return Optional.of("it has " + metadata.size() + " octets");
        } else if (key instanceof StoreKey.Uid) {
            return Optional.of("its uid is " + metadata.uid());
        } else if (key instanceof StoreKey.ModSeq) {
            return Optional.of("its modification sequence is " + metadata.modSeq());
        } else if (key instanceof StoreKey.EmailId) {
            return Optional.of("its EMAILID is " + metadata.emailId());
        } else if (key instanceof StoreKey.ThreadId) {
            return Optional.of("its THREADID is " + metadata.threadId());
        }
        return Optional.empty();
    }
}
