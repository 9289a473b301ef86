/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.admin;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.mailroom.search.match.MessageMetadata;
import org.mailroom.search.query.AddressField;
import org.mailroom.search.query.MailKey;
import org.mailroom.search.query.MailKey.DateRelation;
import org.mailroom.search.query.MailKey.SystemFlag;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.query.SearchKeyTree;
import org.mailroom.search.text.HeaderField;
import org.mailroom.search.text.MessageText;

/**
 * A search that tells whether an index has what a message says.
 *
 * @param key what is asked
 * @param description the same without content of mail: a string is described by the place where it was taken from
 */
record Probe(SearchKey key, String description) {
    private static final int LONGEST = 24;
    private static final int MAX_KEYWORDS = 2;

    /** Those that ask for flags. */
    static List<Probe> ofFlags() {
        return Arrays.stream(SystemFlag.values())
                .map(flag -> new Probe(new MailKey.FlagSet(flag), flag.name()))
                .toList();
    }

    /** Dates, size and keywords of a message, and strings from its text: the same ones for the same message. */
    static List<Probe> of(MessageMetadata metadata, MessageText text, int strings) {
        List<Probe> probes = new ArrayList<>();
        LocalDate day = LocalDate.ofInstant(metadata.internalDate(), ZoneOffset.UTC);
        probes.add(new Probe(new MailKey.InternalDate(DateRelation.ON, day), "ON " + day));
        text.sentDate()
                .ifPresent(
                        sent -> probes.add(new Probe(new MailKey.SentDate(DateRelation.ON, sent), "SENTON " + sent)));
        long smaller = Math.max(0, metadata.size() - 1);
        probes.add(new Probe(new MailKey.Larger(smaller), "LARGER " + smaller));
        metadata.flags().keywords().stream()
                .sorted()
                .limit(MAX_KEYWORDS)
                .forEach(keyword -> probes.add(new Probe(new MailKey.Keyword(keyword), "KEYWORD " + keyword)));
        Random random = new Random(metadata.uid());
        for (int i = 0; i < strings; i++) {
            addString(metadata.uid(), text, random, i % 3 == 2, probes);
        }
        return probes;
    }

    private static void addString(long uid, MessageText text, Random random, boolean changed, List<Probe> probes) {
        boolean ofHeader = text.body().isEmpty() || !text.header().isEmpty() && random.nextInt(3) == 0;
        List<String> sources =
                ofHeader ? text.header().stream().map(HeaderField::value).toList() : text.body();
        if (sources.isEmpty()) {
            return;
        }
        int source = random.nextInt(sources.size());
        String whole = sources.get(source);
        int length = Math.min(whole.length(), 1 + random.nextInt(LONGEST));
        int start = boundary(whole, random.nextInt(whole.length() - length + 1));
        int end = boundary(whole, start + length);
        String sought = whole.substring(start, end);
        String place = "characters " + start + " to " + end + " of " + (ofHeader ? "header field " : "text ") + source
                + " of message " + uid;
        if (changed && !sought.isEmpty()) {
            sought = sought.substring(0, sought.length() - 1) + "q";
            place += ", the last replaced by q";
        }
        SearchKey key = ofHeader ? header(text.header().get(source), sought, random) : body(sought, random);
        probes.add(new Probe(key, SearchKeyTree.kind(key) + " " + place));
    }

    private static SearchKey body(String sought, Random random) {
        return random.nextBoolean() ? new MailKey.Body(sought) : new MailKey.Text(sought);
    }

    private static SearchKey header(HeaderField field, String sought, Random random) {
        String name = HeaderField.foldName(field.name());
        if (name.isEmpty()) {
            return new MailKey.Text(sought);
        }
        return switch (random.nextInt(3) == 0 ? "" : name) {
            case "subject" -> new MailKey.Subject(sought);
            case "from" -> new MailKey.Address(AddressField.FROM, sought);
            case "to" -> new MailKey.Address(AddressField.TO, sought);
            case "cc" -> new MailKey.Address(AddressField.CC, sought);
            case "bcc" -> new MailKey.Address(AddressField.BCC, sought);
            default -> new MailKey.Header(name, sought);
        };
    }

    /** Not inside a character of two units. */
    private static int boundary(String text, int position) {
        boolean inside = position > 0 && position < text.length() && Character.isLowSurrogate(text.charAt(position));
        return inside ? position - 1 : position;
    }
}
