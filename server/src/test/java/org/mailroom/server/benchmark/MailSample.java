/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.benchmark;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mailroom.search.text.Casemap;
import org.mailroom.search.text.HeaderField;
import org.mailroom.search.text.MessageText;

/** The normalised texts of some messages, to draw strings from and to see how frequent they are. */
final class MailSample {
    private static final Map<String, Function<MessageText, Stream<String>>> PLACES = Map.of(
            "BODY",
            text -> text.body().stream(),
            "TEXT",
            text -> Stream.concat(text.header().stream().map(HeaderField::value), text.body().stream()),
            "SUBJECT",
            text -> text.values("Subject").stream(),
            "FROM",
            text -> text.values("From").stream(),
            "MESSAGE-ID",
            text -> text.values("Message-ID").stream());

    /** By the search key that looks there. Line ends, which no normalised text has, part the fields and parts of a message. */
    private final Map<String, List<String>> texts;

    MailSample(List<MessageText> messages) {
        this.texts = PLACES.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, place -> messages.stream()
                .map(message -> normalised(place.getValue().apply(message)))
                .toList()));
    }

    private static String normalised(Stream<String> pieces) {
        return pieces.map(Casemap.keepingAccents()::normalise).collect(Collectors.joining("\n"));
    }

    /** How many messages there are. */
    int size() {
        return texts.get("BODY").size();
    }

    /** In how many messages the string stands where the search key {@code place} looks. */
    long count(String place, String string) {
        String sought = Casemap.keepingAccents().normaliseQuery(string);
        return texts.get(place).parallelStream()
                .filter(text -> text.contains(sought))
                .count();
    }

    /** The first string of that shape, in lower case, after a random place in a random message; nothing where none follows. */
    Optional<String> draw(String place, Pattern shape, Random random) {
        List<String> all = texts.get(place);
        String text = all.get(random.nextInt(all.size()));
        Matcher found = shape.matcher(text);
        return found.find(random.nextInt(text.length() + 1))
                ? Optional.of(found.group().toLowerCase(Locale.ROOT))
                : Optional.empty();
    }
}
