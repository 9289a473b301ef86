/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.config;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.james.util.DurationParser;

/** Reads the elements of one configuration file; each error names the file, the element and the value. */
final class Elements {
    private final String file;
    private final HierarchicalConfiguration<ImmutableNode> configuration;

    /** @throws ConfigurationException for an element or attribute that is not in {@code known}, or twice there */
    Elements(
            String file,
            HierarchicalConfiguration<ImmutableNode> configuration,
            Set<String> known,
            Set<String> repeatable)
            throws ConfigurationException {
        this.file = file;
        this.configuration = configuration;
        for (Iterator<String> keys = configuration.getKeys(); keys.hasNext(); ) {
            String key = keys.next();
            if (!known.contains(key)) {
                throw new ConfigurationException(file + ": there is no element <" + key.replace(".", "><")
                        + ">; there are " + new TreeSet<>(known));
            }
            if (!repeatable.contains(key) && configuration.getList(key).size() > 1) {
                throw new ConfigurationException(file + ": <" + key.replace(".", "><") + "> is there more than once: "
                        + configuration.getList(key));
            }
        }
    }

    boolean has(String element) {
        return configuration.containsKey(element)
                || !configuration.configurationsAt(element).isEmpty();
    }

    Optional<String> text(String element) {
        return Optional.ofNullable(configuration.getString(element)).map(String::strip);
    }

    List<String> texts(String element) {
        return configuration.getList(String.class, element, List.of()).stream()
                .map(String::strip)
                .toList();
    }

    int number(String element, int standard, int least, int most) throws ConfigurationException {
        Optional<String> text = text(element);
        if (text.isEmpty()) {
            return standard;
        }
        String allowed = "a whole number from " + least + " to " + most;
        try {
            int number = Integer.parseInt(text.get());
            if (number < least || number > most) {
                throw wrong(element, text.get(), allowed);
            }
            return number;
        } catch (NumberFormatException e) {
            throw wrong(element, text.get(), allowed);
        }
    }

    Duration duration(String element, Duration standard, Duration least, Duration most) throws ConfigurationException {
        Optional<String> text = text(element);
        if (text.isEmpty()) {
            return standard;
        }
        String allowed = "a time with its unit (ms, s, m, h, d) from " + inWords(least) + " to " + inWords(most);
        try {
            Duration duration = DurationParser.parse(text.get(), ChronoUnit.SECONDS);
            if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
                throw wrong(element, text.get(), allowed);
            }
            return duration;
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw wrong(element, text.get(), allowed);
        }
    }

    private static String inWords(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + "s" : time.toMillis() + "ms";
    }

    Optional<Boolean> flag(String element) throws ConfigurationException {
        Optional<String> text = text(element);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        return switch (text.get()) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> throw wrong(element, text.get(), "true or false");
        };
    }

    ConfigurationException wrong(String element, String value, String allowed) {
        return new ConfigurationException(
                file + ": <" + element.replace(".", "><") + "> is '" + value + "', but must be " + allowed);
    }
}
