/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.match;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.text.Casemap;
import org.mailroom.search.text.Gap;
import org.mailroom.search.text.HeaderField;
import org.mailroom.search.text.MessageText;

/**
 * One message in the form in which texts are compared, for any number of keys that look at it: its text is read, and
 * each of its header fields and the body are normalised, when a key first asks for them. Keys that compare in another
 * form than those before have it normalised once more. Not thread-safe.
 */
public final class NormalisedText {

    private final MessageView message;
    private final Optional<NormalisedText> sameBody;
    private final Optional<TextAnswers> answers;
    private Optional<MessageText> text = Optional.empty();
    private Optional<List<Field>> header = Optional.empty();
    private Optional<Texts> body = Optional.empty();

    public NormalisedText(MessageView message) {
        this(message, Optional.empty(), Optional.empty());
    }

    /** @param answers receives each answer that is read from the text and lasts as long as the message */
    public NormalisedText(MessageView message, TextAnswers answers) {
        this(message, Optional.empty(), Optional.of(answers));
    }

    private NormalisedText(MessageView message, Optional<NormalisedText> sameBody, Optional<TextAnswers> answers) {
        this.message = message;
        this.sameBody = sameBody;
        this.answers = answers;
    }

    /** {@code message}, whose body is that of this one: what is known of it need not be found out once more. */
    public NormalisedText withSameBody(MessageView message) {
        return new NormalisedText(message, Optional.of(this), answers);
    }

    MessageMetadata metadata() {
        return message.metadata();
    }

    MessageText text() {
        if (text.isEmpty()) {
            text = Optional.of(message.text());
        }
        return text.get();
    }

    /** What is known of something that is not in the header fields that are there. */
    Answer notInHeader() {
        return notIn(text().completeness().headerGaps());
    }

    /** What is known of something that is not in the texts of the body that are there. */
    Answer notInBody() {
        return sameBody.isPresent()
                ? sameBody.get().notInBody()
                : notIn(text().completeness().bodyGaps());
    }

    private static Answer notIn(Set<Gap> gaps) {
        return TextLimitException.isLimit(gaps) ? Answer.UNKNOWN : Answer.NO;
    }

    /** Passes on what the text says, unless it may say something else later. */
    void answered(SearchKey key, Answer answer) {
        if (answers.isEmpty() || gaps().contains(Gap.UNAVAILABLE)) {
            return;
        }
        if (answer == Answer.UNKNOWN) {
            answers.get().pastLimit(key, limit());
        } else {
            answers.get().answered(key, answer == Answer.YES);
        }
    }

    /** That what a key asks is past a limit. */
    TextLimitException pastLimit() {
        return new TextLimitException(limit(), metadata().uid());
    }

    private String limit() {
        return gaps().stream().flatMap(gap -> gap.limit().stream()).findFirst().orElseThrow();
    }

    private Set<Gap> gaps() {
        Set<Gap> gaps = EnumSet.noneOf(Gap.class);
        gaps.addAll(text().completeness().headerGaps());
        gaps.addAll(text().completeness().bodyGaps());
        return gaps;
    }

    List<Field> header() {
        if (header.isEmpty()) {
            header = Optional.of(text().header().stream().map(Field::new).toList());
        }
        return header.get();
    }

    /** The texts of the body in the form of {@code casemap}. */
    List<String> body(Casemap casemap) {
        if (sameBody.isPresent()) {
            return sameBody.get().body(casemap);
        }
        if (body.isEmpty() || body.get().casemap() != casemap) {
            body = Optional.of(new Texts(
                    casemap, text().body().stream().map(casemap::normalise).toList()));
        }
        return body.get().texts();
    }

    /** Texts in one form. */
    private record Texts(Casemap casemap, List<String> texts) {
        boolean contain(StringMatcher needle) {
            return texts.stream().anyMatch(needle::isIn);
        }
    }

    /** A header field whose value is normalised on demand. */
    static final class Field {
        private final String name;
        private final String value;
        private final List<String> addresses;
        private Optional<Texts> normalised = Optional.empty();
        private Optional<Texts> normalisedAddresses = Optional.empty();

        Field(HeaderField field) {
            this.name = HeaderField.foldName(field.name());
            this.value = field.value();
            this.addresses = field.addresses();
        }

        /** The name in the form in which names are compared. */
        String name() {
            return name;
        }

        boolean contains(StringMatcher needle) {
            normalised = Optional.of(in(needle.casemap(), normalised, List.of(value)));
            return normalised.get().contain(needle);
        }

        /** Whether the value has the string, or a form of one of the addresses in it. */
        boolean containsInAddresses(StringMatcher needle) {
            if (contains(needle)) {
                return true;
            }
            normalisedAddresses = Optional.of(in(needle.casemap(), normalisedAddresses, addresses));
            return normalisedAddresses.get().contain(needle);
        }

        private static Texts in(Casemap casemap, Optional<Texts> before, List<String> texts) {
            return before.filter(same -> same.casemap() == casemap)
                    .orElseGet(() -> new Texts(
                            casemap, texts.stream().map(casemap::normalise).toList()));
        }
    }
}
