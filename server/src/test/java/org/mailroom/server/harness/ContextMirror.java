/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * What a client makes of a result that the server keeps up to date (RFC 5267 section 4.3): it only does what it is told,
 * and fails where that cannot be done. For one thread.
 */
public final class ContextMirror {
    private static final Pattern UPDATE = Pattern.compile("\\* ESEARCH \\(TAG \"([^\"]*)\"\\)( UID)?(.*)");
    private static final Pattern ITEM = Pattern.compile(" (REMOVEFROM|ADDTO|ALL) (?:\\(([^)]*)\\)|(\\S+))");
    private static final Pattern EXPUNGE = Pattern.compile("\\* (\\d+) EXPUNGE");

    private final String tag;
    private final boolean uids;
    private final boolean ordered;
    private final List<Long> numbers = new ArrayList<>();

    /** @param ordered whether the result is that of a SORT */
    public ContextMirror(String tag, boolean uids, boolean ordered) {
        this.tag = tag;
        this.uids = uids;
        this.ordered = ordered;
    }

    /** The result as the client has it; of a search without order ascending. */
    public List<Long> numbers() {
        return ordered ? List.copyOf(numbers) : numbers.stream().sorted().toList();
    }

    /** Takes in a response, whatever it is. */
    public void hear(String response) {
        Matcher expunge = EXPUNGE.matcher(response);
        if (expunge.matches() && !uids) {
            expunged(Long.parseLong(expunge.group(1)), response);
        }
        Matcher update = UPDATE.matcher(response);
        if (update.matches() && update.group(1).equals(tag)) {
            require((update.group(2) != null) == uids, response);
            Matcher item = ITEM.matcher(update.group(3));
            while (item.find()) {
                switch (item.group(1)) {
                    case "ALL" -> numbers.addAll(set(item.group(3)));
                    case "ADDTO" -> pieces(item.group(2), response, this::add);
                    default -> pieces(item.group(2), response, this::remove);
                }
            }
        }
    }

    private interface Piece {
        void apply(int position, List<Long> set, String response);
    }

    private static void pieces(String text, String response, Piece piece) {
        String[] words = text.split(" ");
        for (int i = 0; i < words.length; i += 2) {
            piece.apply(Integer.parseInt(words[i]), set(words[i + 1]), response);
        }
    }

    private void add(int position, List<Long> set, String response) {
        require(set.stream().noneMatch(numbers::contains), response);
        require(ordered == position > 0 && position <= numbers.size() + 1, response);
        numbers.addAll(ordered ? position - 1 : numbers.size(), set);
    }

    private void remove(int position, List<Long> set, String response) {
        require(ordered == position > 0, response);
        for (long number : set) {
            require(ordered ? numbers.get(position - 1) == number : numbers.contains(number), response);
            numbers.remove(number);
        }
    }

    private void expunged(long number, String response) {
        require(!numbers.contains(number), response);
        numbers.replaceAll(other -> other > number ? other - 1 : other);
    }

    private void require(boolean holds, String response) {
        if (!holds) {
            throw new AssertionError("The client has " + numbers + " and cannot do what it is told: " + response);
        }
    }

    private static List<Long> set(String text) {
        List<Long> numbers = new ArrayList<>();
        for (String range : text.split(",")) {
            String[] ends = range.split(":");
            LongStream.rangeClosed(Long.parseLong(ends[0]), Long.parseLong(ends[ends.length - 1]))
                    .forEach(numbers::add);
        }
        return numbers;
    }
}
