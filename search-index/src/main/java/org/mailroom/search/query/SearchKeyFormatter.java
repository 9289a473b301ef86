/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.query;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.mailroom.search.query.SearchKeyPrinter.Key;
import org.mailroom.search.query.SearchKeyPrinter.Piece;
import org.mailroom.search.query.SearchKeyPrinter.Word;

/** Formats each kind of key. Stateless. */
final class SearchKeyFormatter implements SearchKeyVisitor<List<Piece>> {
    static final SearchKeyFormatter INSTANCE = new SearchKeyFormatter();

    private static final Pattern ATOM = Pattern.compile("[A-Za-z0-9$!#&'+,./:;<=>?@^_`|~-]+");
    private static final Pattern NEEDS_LITERAL = Pattern.compile("[\r\n\0]");

    private SearchKeyFormatter() {}

    @Override
    public List<Piece> all(SearchKey.All key) {
        return words("ALL");
    }

    @Override
    public List<Piece> and(SearchKey.And key) {
        List<Piece> list = list(key);
        if (key.keys().size() < 2) {
            return list;
        }
        List<Piece> pieces = new ArrayList<>();
        pieces.add(new Word("("));
        pieces.addAll(list);
        pieces.add(new Word(")"));
        return pieces;
    }

    /** The keys of an AND, without brackets. */
    static List<Piece> list(SearchKey.And key) {
        if (key.keys().isEmpty()) {
            return words("ALL");
        }
        List<Piece> pieces = new ArrayList<>();
        for (SearchKey operand : key.keys()) {
            if (!pieces.isEmpty()) {
                pieces.add(new Word(" "));
            }
            pieces.add(new Key(operand));
        }
        return pieces;
    }

    @Override
    public List<Piece> or(SearchKey.Or key) {
        return List.of(new Word("OR "), new Key(key.left()), new Word(" "), new Key(key.right()));
    }

    @Override
    public List<Piece> not(SearchKey.Not key) {
        return List.of(new Word("NOT "), new Key(key.key()));
    }

    @Override
    public List<Piece> fuzzy(SearchKey.Fuzzy key) {
        return List.of(new Word("FUZZY "), new Key(key.key()));
    }

    @Override
    public List<Piece> address(MailKey.Address key) {
        return words(key.field().name(), string(key.value()));
    }

    @Override
    public List<Piece> body(MailKey.Body key) {
        return words("BODY", string(key.value()));
    }

    @Override
    public List<Piece> header(MailKey.Header key) {
        return words("HEADER", atomOrString(key.name()), string(key.value()));
    }

    @Override
    public List<Piece> subject(MailKey.Subject key) {
        return words("SUBJECT", string(key.value()));
    }

    @Override
    public List<Piece> text(MailKey.Text key) {
        return words("TEXT", string(key.value()));
    }

    @Override
    public List<Piece> flagSet(MailKey.FlagSet key) {
        return words(key.flag().name());
    }

    @Override
    public List<Piece> flagUnset(MailKey.FlagUnset key) {
        return words("UN" + key.flag().name());
    }

    @Override
    public List<Piece> keyword(MailKey.Keyword key) {
        return words("KEYWORD", atomOrString(key.keyword()));
    }

    @Override
    public List<Piece> unkeyword(MailKey.Unkeyword key) {
        return words("UNKEYWORD", atomOrString(key.keyword()));
    }

    @Override
    public List<Piece> internalDate(MailKey.InternalDate key) {
        return words(key.relation().name(), date(key.date()));
    }

    @Override
    public List<Piece> sentDate(MailKey.SentDate key) {
        return words("SENT" + key.relation().name(), date(key.date()));
    }

    @Override
    public List<Piece> saveDate(MailKey.SaveDate key) {
        return words("SAVED" + key.relation().name(), date(key.date()));
    }

    @Override
    public List<Piece> saveDateSupported(MailKey.SaveDateSupported key) {
        return words("SAVEDATESUPPORTED");
    }

    @Override
    public List<Piece> older(MailKey.Older key) {
        return words("OLDER", String.valueOf(key.seconds()));
    }

    @Override
    public List<Piece> younger(MailKey.Younger key) {
        return words("YOUNGER", String.valueOf(key.seconds()));
    }

    @Override
    public List<Piece> larger(MailKey.Larger key) {
        return words("LARGER", String.valueOf(key.octets()));
    }

    @Override
    public List<Piece> smaller(MailKey.Smaller key) {
        return words("SMALLER", String.valueOf(key.octets()));
    }

    @Override
    public List<Piece> uid(StoreKey.Uid key) {
        return key.set().ranges().isEmpty() ? words("NOT", "ALL") : words("UID", set(key.set()));
    }

    @Override
    public List<Piece> session(SessionKey key) {
        if (key instanceof SessionKey.SequenceSet numbers) {
            return numbers.set().ranges().isEmpty() ? words("NOT", "ALL") : words(set(numbers.set()));
        } else if (key instanceof SessionKey.SavedResult) {
            return words("$");
        } else if (key instanceof SessionKey.UidSavedResult) {
            return words("UID", "$");
        }
        // RECENT, NEW and OLD
        return words(SearchKeyTree.kind(key));
    }

    @Override
    public List<Piece> modSeq(StoreKey.ModSeq key) {
        String value = String.valueOf(key.value());
        return key.entry()
                .map(entry -> words(
                        "MODSEQ", string(entry.name()), entry.type().name().toLowerCase(Locale.ROOT), value))
                .orElseGet(() -> words("MODSEQ", value));
    }

    @Override
    public List<Piece> emailId(StoreKey.EmailId key) {
        return words("EMAILID", atomOrString(key.id()));
    }

    @Override
    public List<Piece> threadId(StoreKey.ThreadId key) {
        return words("THREADID", atomOrString(key.id()));
    }

    private static List<Piece> words(String... words) {
        return List.of(new Word(String.join(" ", words)));
    }

    private static String atomOrString(String text) {
        return ATOM.matcher(text).matches() ? text : string(text);
    }

    private static String string(String text) {
        if (NEEDS_LITERAL.matcher(text).find()) {
            return "{" + text.getBytes(StandardCharsets.UTF_8).length + "}\r\n" + text;
        }
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String date(LocalDate date) {
        return String.format(
                Locale.ROOT,
                "%d-%s-%04d",
                date.getDayOfMonth(),
                SearchKeyReader.MONTHS.get(date.getMonthValue() - 1),
                date.getYear());
    }

    private static String set(NumberSet set) {
        return set.ranges().stream().map(SearchKeyFormatter::range).collect(Collectors.joining(","));
    }

    private static String range(NumberSet.Range range) {
        return range.first() == range.last()
                ? number(range.first())
                : number(range.first()) + ":" + number(range.last());
    }

    private static String number(long number) {
        return number == NumberSet.LARGEST ? "*" : String.valueOf(number);
    }
}
