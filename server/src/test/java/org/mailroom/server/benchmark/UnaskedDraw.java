/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.benchmark;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Draws {@link Unasked} questions from mail; the same from the same mail with the same seed. For one thread. */
final class UnaskedDraw {
    /** How many strings are drawn of which the most similar ones are taken, and how many to warm up with. */
    private static final int STRINGS = 300;
    /** After so many draws the mail is taken to have no more strings of a shape. */
    private static final int DRAWS = 10 * STRINGS;
    /** How many days a question takes to warm up with, for there to be some for the next ones. */
    private static final int WARM_UP_DAYS = 100;
    /** Strings that stand in up to so many times as many messages, or as few, are alike. */
    private static final double ALIKE_TIMES = 2;
    /** Whether a rare string stands in so many messages of a sample more or less says nothing. */
    private static final double CHANCE = 2;

    /** What another one of its kind may take the place of: a string (2) in its place (1), a date (4) as a bound (3), or all messages. */
    private static final Pattern EXCHANGEABLE =
            Pattern.compile("(BODY|TEXT|SUBJECT|FROM) \"([^\"]*)\"|(SINCE|BEFORE) (\\d+-\\w+-\\d+)|^ALL$");

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d-MMM-yyyy", Locale.ENGLISH);
    private static final LocalDate SOME_DAY = LocalDate.of(2015, 1, 1);
    private static final int DAYS = 365;

    private final MailSample sample;
    private final Random random;
    private final Map<String, List<Other>> drawn = new HashMap<>();
    /** What is looked for already: a server may remember it, wherever it was looked for. */
    private final Set<String> used = new HashSet<>();

    /**
     * A search key.
     *
     * @param sought what it looks for
     * @param messages in how many of the sample it finds that; of a date, unknown
     */
    private record Other(String key, String sought, long messages) {
        /** How many times as many messages that is, or as few. */
        double times(long others) {
            double ratio = (messages + CHANCE) / (others + CHANCE);
            return Math.max(ratio, 1 / ratio);
        }
    }

    private UnaskedDraw(MailSample sample, long seed) {
        this.sample = sample;
        this.random = new Random(seed);
    }

    /** Some for each question of the table. */
    static List<Unasked> of(MailSample sample, List<Question> table, long seed) {
        UnaskedDraw draw = new UnaskedDraw(sample, seed);
        for (Question question : table) {
            EXCHANGEABLE.matcher(question.keys()).results().forEach(key -> draw.used.add(sought(key)));
        }
        // there are not many frequent words: first come those that are to be like the table's
        List<List<String>> alike =
                table.stream().map(question -> draw.commands(question, true)).toList();
        List<List<String>> warmUps =
                table.stream().map(question -> draw.commands(question, false)).toList();
        return IntStream.range(0, table.size())
                .mapToObj(i -> new Unasked(alike.get(i), warmUps.get(i)))
                .toList();
    }

    private static String sought(MatchResult key) {
        return key.group(2) == null ? key.group() : key.group(2);
    }

    /** The question with the first other keys in the place of its own, with the second ones, and so on. */
    private List<String> commands(Question question, boolean alike) {
        List<List<String>> others = EXCHANGEABLE
                .matcher(question.keys())
                .results()
                .map(key -> alike ? alike(key, question.shape()) : some(key, question.shape()))
                .toList();
        int number = others.stream().mapToInt(List::size).min().orElse(0);
        return IntStream.range(0, number)
                .mapToObj(i -> {
                    Iterator<List<String>> next = others.iterator();
                    String keys = EXCHANGEABLE
                            .matcher(question.keys())
                            .replaceAll(
                                    key -> Matcher.quoteReplacement(next.next().get(i)));
                    return question.command() + " " + keys;
                })
                .toList();
    }

    private List<String> alike(MatchResult key, Pattern shape) {
        long messages = key.group(2) == null ? 0 : sample.count(key.group(1), key.group(2));
        return take(
                others(key, shape).stream()
                        .filter(other -> other.times(messages) <= ALIKE_TIMES)
                        .sorted(Comparator.comparingDouble(other -> other.times(messages))),
                Unasked.ALIKE);
    }

    /** To warm up with, whether frequent or not. */
    private List<String> some(MatchResult key, Pattern shape) {
        return key.group(2) == null
                ? take(others(key, shape).stream(), WARM_UP_DAYS)
                : strings(key.group(1), shape, used::add)
                        .map(string -> key(key.group(1), string))
                        .toList();
    }

    private List<String> take(Stream<Other> others, int most) {
        Predicate<Other> isNew = other -> used.add(other.sought());
        return others.filter(isNew).limit(most).map(Other::key).toList();
    }

    private List<Other> others(MatchResult key, Pattern shape) {
        if (key.group(2) != null) {
            return drawn.computeIfAbsent(key.group(1) + " " + shape, name -> counted(key.group(1), shape));
        }
        return drawn.computeIfAbsent(
                key.group(), name -> key.group(4) != null ? dates(key.group(3), key.group(4)) : allButOneDay());
    }

    private List<Other> counted(String place, Pattern shape) {
        Set<String> strings = new HashSet<>();
        return strings(place, shape, strings::add)
                .map(string -> new Other(key(place, string), string, sample.count(place, string)))
                .toList();
    }

    private Stream<String> strings(String place, Pattern shape, Predicate<String> isNew) {
        return IntStream.range(0, DRAWS)
                .mapToObj(i -> sample.draw(place, shape, random))
                .flatMap(Optional::stream)
                .filter(isNew)
                .limit(STRINGS);
    }

    private static String key(String place, String string) {
        return place + " \"" + string + "\"";
    }

    /** The days of the same month. */
    private List<Other> dates(String bound, String date) {
        LocalDate own = LocalDate.parse(date, DATE);
        return days(bound, own.withDayOfMonth(1), own.lengthOfMonth());
    }

    private List<Other> allButOneDay() {
        return days("NOT ON", SOME_DAY, DAYS);
    }

    private List<Other> days(String key, LocalDate first, int number) {
        List<Other> days = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            String day = key + " " + DATE.format(first.plusDays(i));
            days.add(new Other(day, day, 0));
        }
        Collections.shuffle(days, random);
        return days;
    }
}
