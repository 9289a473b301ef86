/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailroom.server.harness.ImapConnection;
import org.mailroom.server.harness.ImapReply;

/**
 * A mailbox that is changed through one connection and searched through another, and what has to be in it by what was
 * acknowledged. For one thread.
 */
final class SharedMailbox {
    static final String NAME = "Shared";
    static final String OTHER = "Other";

    private static final Pattern FETCHED =
            Pattern.compile("FLAGS \\(([^)]*)\\).*UID (\\d+)|UID (\\d+).*FLAGS \\(([^)]*)\\)");
    private static final int MANY = 40;

    private final Random random;
    private final Map<Change, Integer> counts = new EnumMap<>(Change.class);
    private Map<Long, Set<String>> flags = new TreeMap<>();
    private int words;
    private int faultsOfTheStore;

    SharedMailbox(Random random) {
        this.random = random;
    }

    /** What a client does. */
    private enum Change {
        APPEND,
        FLAG,
        UNFLAG,
        FLAG_ALL,
        EXPUNGE,
        COPY_BACK,
        MOVE
    }

    /** Makes a random change; it is known when this returns. */
    String change(ImapConnection imap) throws IOException {
        Change change = next();
        counts.merge(change, 1, Integer::sum);
        switch (change) {
            case APPEND -> append(imap);
            case FLAG -> store(imap, some(), "+FLAGS");
            case UNFLAG -> store(imap, some(), "-FLAGS");
            case FLAG_ALL -> store(imap, new TreeSet<>(flags.keySet()), random.nextBoolean() ? "+FLAGS" : "-FLAGS");
            case EXPUNGE -> expunge(imap, some());
            case COPY_BACK -> copy(imap);
            case MOVE -> {
                Set<Long> moved = some();
                imap.command("UID MOVE " + set(moved) + " " + OTHER).orFail();
                flags.keySet().removeAll(moved);
            }
        }
        return change + ", change "
                + counts.values().stream().mapToInt(count -> count).sum();
    }

    private Change next() {
        if (flags.size() < 5) {
            return Change.APPEND;
        }
        if (flags.size() > MANY) {
            return Change.EXPUNGE;
        }
        return Change.values()[random.nextInt(Change.values().length)];
    }

    private void append(ImapConnection imap) throws IOException {
        String flag = random.nextBoolean() ? "\\Flagged" : "";
        byte[] message = ("Subject: wallaby" + ++words + "\r\n\r\na wallaby\r\n").getBytes(StandardCharsets.US_ASCII);
        String status = imap.append(NAME, message, flag).orFail().status();
        flags.put(
                Long.parseLong(status.replaceAll(".*APPENDUID \\d+ (\\d+)].*", "$1")),
                flag.isEmpty() ? new TreeSet<>() : new TreeSet<>(Set.of(flag)));
    }

    private void store(ImapConnection imap, Set<Long> uids, String how) throws IOException {
        String flag = random.nextBoolean() ? "\\Flagged" : "Marked";
        imap.command("UID STORE " + set(uids) + " " + how + " (" + flag + ")").orFail();
        uids.forEach(uid -> {
            if (how.startsWith("+")) {
                flags.get(uid).add(flag);
            } else {
                flags.get(uid).remove(flag);
            }
        });
    }

    private void expunge(ImapConnection imap, Set<Long> uids) throws IOException {
        imap.command("UID STORE " + set(uids) + " +FLAGS.SILENT (\\Deleted)").orFail();
        imap.command("UID EXPUNGE " + set(uids)).orFail();
        flags.keySet().removeAll(uids);
    }

    private void copy(ImapConnection imap) throws IOException {
        List<Long> from = List.copyOf(some());
        String status =
                imap.command("UID COPY " + set(from) + " " + NAME).orFail().status();
        List<Long> to = uids(status.replaceAll(".*COPYUID \\d+ \\S+ ([0-9:,]+)].*", "$1"));
        for (int i = 0; i < from.size(); i++) {
            flags.put(to.get(i), new TreeSet<>(flags.get(from.get(i))));
        }
    }

    private static List<Long> uids(String set) {
        List<Long> uids = new ArrayList<>();
        for (String range : set.split(",")) {
            String[] ends = range.split(":");
            for (long uid = Long.parseLong(ends[0]); uid <= Long.parseLong(ends[ends.length - 1]); uid++) {
                uids.add(uid);
            }
        }
        return uids;
    }

    private Set<Long> some() {
        List<Long> all = new ArrayList<>(flags.keySet());
        Set<Long> some = new TreeSet<>();
        int size = 1 + random.nextInt(3);
        while (some.size() < size) {
            some.add(all.get(random.nextInt(all.size())));
        }
        return some;
    }

    private static String set(Iterable<Long> uids) {
        List<String> words = new ArrayList<>();
        uids.forEach(uid -> words.add(uid.toString()));
        return String.join(",", words);
    }

    /**
     * Searches once; says what is wrong with the answer, or nothing. Where the answer is what the store has, and that is not
     * what James acknowledged, the store is at fault: its Cassandra store may bring back an expunged message whose flags
     * another session changes at that moment. What it has is taken for right from then on.
     */
    Optional<String> check(ImapConnection imap) throws IOException {
        Asked asked = Asked.values()[random.nextInt(Asked.values().length)];
        Set<Long> found = new TreeSet<>(imap.uidSearch(asked.keys));
        Set<Long> acknowledged = expected(asked);
        if (found.equals(acknowledged)) {
            return Optional.empty();
        }
        reread(imap);
        if (found.equals(expected(asked))) {
            faultsOfTheStore++;
            return Optional.empty();
        }
        return Optional.of(
                asked.keys + " found " + found + " instead of " + acknowledged + "; the store has " + expected(asked));
    }

    /** How often the store had not what James had acknowledged. */
    int faultsOfTheStore() {
        return faultsOfTheStore;
    }

    private enum Asked {
        ALL("ALL"),
        SUBJECT("SUBJECT wallaby"),
        FLAGGED("FLAGGED"),
        MARKED("KEYWORD Marked");

        private final String keys;

        Asked(String keys) {
            this.keys = keys;
        }
    }

    private Set<Long> expected(Asked asked) {
        return switch (asked) {
            case ALL, SUBJECT -> new TreeSet<>(flags.keySet());
            case FLAGGED -> with("\\Flagged");
            case MARKED -> with("Marked");
        };
    }

    private Set<Long> with(String flag) {
        Set<Long> uids = new TreeSet<>();
        flags.forEach((uid, of) -> {
            if (of.contains(flag)) {
                uids.add(uid);
            }
        });
        return uids;
    }

    /** Takes what the store has for what has to be there: a change failed, in the middle or not. */
    void reread(ImapConnection imap) throws IOException {
        ImapReply reply = imap.select(NAME).command("UID FETCH 1:* (UID FLAGS)").orFail();
        Map<Long, Set<String>> read = new TreeMap<>();
        for (String line : reply.untagged()) {
            Matcher matcher = FETCHED.matcher(line);
            if (matcher.find()) {
                boolean flagsFirst = matcher.group(2) != null;
                long uid = Long.parseLong(flagsFirst ? matcher.group(2) : matcher.group(3));
                String all = flagsFirst ? matcher.group(1) : matcher.group(4);
                read.put(
                        uid,
                        new TreeSet<>(Set.of(
                                all.isBlank() ? new String[0] : all.trim().split(" +"))));
            }
        }
        flags = read;
    }

    /** How often each change was made. */
    String counts() {
        return counts.toString();
    }
}
