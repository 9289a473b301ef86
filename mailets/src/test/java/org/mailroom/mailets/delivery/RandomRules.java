/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import org.mailroom.search.query.AddressField;
import org.mailroom.search.query.MailKey;
import org.mailroom.search.query.MailKey.DateRelation;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.query.SearchKeyPrinter;
import org.mailroom.search.text.HeaderField;
import org.mailroom.search.text.MessageText;

/**
 * Random rules, as the file has them, whose conditions are about given mail: what they ask for exists at delivery. So none
 * asks for a uid or a session; nor for when a message was stored, which no two ways of storing have in common.
 *
 * <p>What two rules file into, one with and one without {@code create}, is never the same folder: whether it is there
 * when the second looks depends on which mail comes first, and stored mail has no such order.
 */
final class RandomRules {
    /** Folders that everybody has. */
    static final List<String> EXISTING = List.of("Archive", "Lists.James", "Lists.Other");

    private static final List<String> MISSING = List.of("Missing", "Lists/Missing", "Archive.Missing.Below");
    private static final List<String> MADE = List.of("New", "New/Below", "Archive/New", "INBOX/New", "Trash");
    private static final List<String> FLAGS = List.of(
            "\\Seen", "\\seen", "\\Flagged", "\\Answered", "\\Draft", "\\Deleted", "$Work", "$WORK", "later", "Later");

    private final Random random;
    private final List<MessageText> mail;
    private int number;

    RandomRules(Random random, List<MessageText> mail) {
        this.random = random;
        this.mail = mail;
    }

    /** A rule of one user. */
    String next(String user) {
        number++;
        return "<rule name='rule " + number + "' on='delivery demand'><users><user>" + user + "</user></users><when>"
                + escaped(SearchKeyPrinter.print(key(random.nextInt(3)))) + "</when><actions>" + actions()
                + "</actions></rule>";
    }

    private String actions() {
        StringBuilder actions = new StringBuilder();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            actions.append(action());
        }
        return actions.append(random.nextInt(4) == 0 ? "<stop/>" : "").toString();
    }

    private String action() {
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> filing("fileInto");
            case 3, 4 -> filing("copyInto");
            case 5 -> "<addFlag>" + flags() + "</addFlag>";
            case 6 -> "<removeFlag>" + flags() + "</removeFlag>";
            case 7 -> "<setFlag>" + (random.nextInt(4) == 0 ? "" : flags()) + "</setFlag>";
            case 8 -> random.nextBoolean() ? "<discard/>" : "<discard expunge='true'/>";
            default -> "<keep/>";
        };
    }

    private String filing(String action) {
        return switch (random.nextInt(6)) {
            case 0 -> filing(action, any(MISSING), false);
            case 1, 2 -> filing(action, any(MADE), true);
            case 3 -> filing(action, "inbox", random.nextBoolean());
            default -> filing(action, any(EXISTING), random.nextBoolean());
        };
    }

    private static String filing(String action, String folder, boolean create) {
        return "<" + action + " create='" + create + "'>" + folder + "</" + action + ">";
    }

    private String flags() {
        return random.ints(1 + random.nextInt(3), 0, FLAGS.size())
                .mapToObj(FLAGS::get)
                .collect(Collectors.joining(" "));
    }

    private SearchKey key(int depth) {
        if (depth == 0) {
            return random.nextInt(4) > 0 ? text() : fact();
        }
        return switch (random.nextInt(5)) {
            case 0 -> new SearchKey.Not(key(depth - 1));
            case 1, 2 -> new SearchKey.Or(key(depth - 1), key(depth - 1));
            case 3 -> new SearchKey.And(List.of(key(depth - 1), fact()));
            default -> key(depth - 1);
        };
    }

    private SearchKey text() {
        MessageText message = any(mail);
        return switch (random.nextInt(10)) {
            case 0, 1 -> new MailKey.Subject(pieceOf(message, "subject"));
            case 2 -> new MailKey.Address(AddressField.FROM, pieceOf(message, "from"));
            case 3 -> new MailKey.Address(AddressField.TO, pieceOf(message, "to"));
            case 4 -> new MailKey.Address(AddressField.CC, pieceOf(message, "cc"));
            case 5, 6 -> header(message);
            case 7, 8 -> new MailKey.Text(pieceOfAny(message));
            default -> new MailKey.Body(piece(message.body()));
        };
    }

    private SearchKey header(MessageText message) {
        List<HeaderField> fields = message.header().stream()
                .filter(field -> field.name().matches("[!-9;-~]+"))
                .toList();
        return switch (fields.isEmpty() ? 0 : random.nextInt(8)) {
            case 0 -> new MailKey.Header("return-path", random.nextBoolean() ? "" : "sender@");
            case 1 -> new MailKey.Header("Delivered-To", any(List.of("", "@example.org", "1@", "user2@")));
            default -> {
                HeaderField field = any(fields);
                String name = random.nextBoolean() ? field.name() : field.name().toUpperCase(Locale.ROOT);
                yield new MailKey.Header(name, random.nextInt(4) == 0 ? "" : piece(List.of(field.value())));
            }
        };
    }

    private SearchKey fact() {
        return switch (random.nextInt(6)) {
            case 0, 1 -> new MailKey.Larger(random.nextInt(3_000));
            case 2, 3 -> new MailKey.Smaller(random.nextInt(3_000));
            case 4 -> any(mail)
                    .sentDate()
                    .<SearchKey>map(date -> new MailKey.SentDate(any(List.of(DateRelation.values())), date))
                    .orElse(new SearchKey.All());
            default -> new MailKey.FlagUnset(any(List.of(MailKey.SystemFlag.values())));
        };
    }

    private String pieceOf(MessageText message, String field) {
        List<String> values = message.values(field);
        return values.isEmpty() ? pieceOfAny(message) : piece(values);
    }

    private String pieceOfAny(MessageText message) {
        List<String> texts = new ArrayList<>(message.body());
        message.header().forEach(field -> texts.add(field.value()));
        return piece(texts);
    }

    /** From one character to some words. */
    private String piece(List<String> texts) {
        String text = texts.isEmpty() ? "" : any(texts);
        if (text.isBlank()) {
            return "zq" + random.nextInt(100);
        }
        int[] characters = text.codePoints().map(RandomRules::inXml).toArray();
        int from = random.nextInt(characters.length);
        int length = 1 + random.nextInt(random.nextBoolean() ? 4 : 30);
        return new String(characters, from, Math.min(length, characters.length - from));
    }

    /** A blank for what XML does not have. */
    private static int inXml(int c) {
        return c < ' ' || c == 0x7f || c >= 0xd800 && c < 0xe000 || c == 0xfffe || c == 0xffff ? ' ' : c;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private <T> T any(List<? extends T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
