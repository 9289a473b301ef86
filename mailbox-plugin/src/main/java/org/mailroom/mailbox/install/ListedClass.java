/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.install;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A class in a comma-separated list of a properties file.
 *
 * @param key the list's key
 * @param className the class to list
 */
record ListedClass(String file, String part, String key, String className) implements ConfigurationEdit {

    @Override
    public String lines() {
        return key + "=" + className;
    }

    @Override
    public String empty() {
        return "";
    }

    @Override
    public String applyTo(String text) {
        List<String> lines = linesOf(text);
        Optional<Entry> entry = entry(lines);
        if (entry.isPresent()) {
            List<String> classes = entry.get().classes();
            if (classes.contains(className)) {
                return text;
            }
            return replaced(
                    lines,
                    entry.get(),
                    Stream.concat(classes.stream(), Stream.of(className)).toList());
        }
        int comment = commentedOut(lines);
        List<String> extended = new ArrayList<>(lines);
        if (comment >= 0) {
            extended.set(comment, ended(extended.get(comment)));
            extended.add(comment + 1, lines() + "\n");
        } else {
            if (!extended.isEmpty()) {
                extended.set(extended.size() - 1, ended(extended.get(extended.size() - 1)));
            }
            extended.add(lines() + "\n");
        }
        return String.join("", extended);
    }

    @Override
    public String removeFrom(String text) {
        List<String> lines = linesOf(text);
        return entry(lines)
                .filter(entry -> entry.classes().contains(className))
                .map(entry -> replaced(
                        lines,
                        entry,
                        entry.classes().stream()
                                .filter(listed -> !listed.equals(className))
                                .toList()))
                .orElse(text);
    }

    /**
     * Where the list stands.
     *
     * @param from its first line
     * @param to behind its last line: lines that end in a backslash go on in the next
     */
    private record Entry(int from, int to, List<String> classes) {}

    private Optional<Entry> entry(List<String> lines) {
        for (int from = 0; from < lines.size(); from++) {
            String line = lines.get(from).strip();
            if (line.startsWith(key)
                    && line.substring(key.length()).stripLeading().startsWith("=")) {
                int to = from + 1;
                StringBuilder value = new StringBuilder(line.substring(line.indexOf('=') + 1));
                while (to < lines.size() && value.toString().endsWith("\\")) {
                    value.setLength(value.length() - 1);
                    value.append(lines.get(to++).strip());
                }
                return Optional.of(new Entry(
                        from,
                        to,
                        Stream.of(value.toString().split(","))
                                .map(String::strip)
                                .filter(name -> !name.isEmpty())
                                .toList()));
            }
        }
        return Optional.empty();
    }

    private String replaced(List<String> lines, Entry entry, List<String> classes) {
        List<String> all = new ArrayList<>(lines.subList(0, entry.from()));
        if (!classes.isEmpty()) {
            all.add(key + "=" + String.join(",", classes) + "\n");
        }
        all.addAll(lines.subList(entry.to(), lines.size()));
        return String.join("", all);
    }

    /** The line in which James's sample file has this key as a comment; -1 where there is none. */
    private int commentedOut(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).matches("#\\s*\\Q" + key + "\\E\\s*=.*\\R?")) {
                return i;
            }
        }
        return -1;
    }

    private static String ended(String line) {
        return line.endsWith("\n") ? line : line + "\n";
    }

    /** Each with its line end. */
    private static List<String> linesOf(String text) {
        return Stream.of(text.split("(?<=\n)", -1))
                .filter(line -> !line.isEmpty())
                .collect(Collectors.toList());
    }
}
