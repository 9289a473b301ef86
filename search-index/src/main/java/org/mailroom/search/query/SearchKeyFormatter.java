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
    public List<Piece> address(SearchKey.AddressKey key) {
        return words(key.field().toUpperCase(Locale.ROOT), string(key.value()));
    }

    @Override
    public List<Piece> body(SearchKey.Body key) {
        return words("BODY", string(key.value()));
    }

    @Override
    public List<Piece> header(SearchKey.Header key) {
        return words("HEADER", atomOrString(key.name()), string(key.value()));
    }

    @Override
    public List<Piece> subject(SearchKey.Subject key) {
        return words("SUBJECT", string(key.value()));
    }

    @Override
    public List<Piece> text(SearchKey.Text key) {
        return words("TEXT", string(key.value()));
    }

    @Override
    public List<Piece> flagSet(SearchKey.FlagSet key) {
        return words(key.flag().name());
    }

    @Override
    public List<Piece> flagUnset(SearchKey.FlagUnset key) {
        return words("UN" + key.flag().name());
    }

    @Override
    public List<Piece> keyword(SearchKey.Keyword key) {
        return words("KEYWORD", atomOrString(key.keyword()));
    }

    @Override
    public List<Piece> unkeyword(SearchKey.Unkeyword key) {
        return words("UNKEYWORD", atomOrString(key.keyword()));
    }

    @Override
    public List<Piece> internalDate(SearchKey.InternalDate key) {
        return words(key.relation().name(), date(key.date()));
    }

    @Override
    public List<Piece> sentDate(SearchKey.SentDate key) {
        return words("SENT" + key.relation().name(), date(key.date()));
    }

    @Override
    public List<Piece> saveDate(SearchKey.SaveDate key) {
        return words("SAVED" + key.relation().name(), date(key.date()));
    }

    @Override
    public List<Piece> saveDateSupported(SearchKey.SaveDateSupported key) {
        return words("SAVEDATESUPPORTED");
    }

    @Override
    public List<Piece> older(SearchKey.Older key) {
        return words("OLDER", String.valueOf(key.seconds()));
    }

    @Override
    public List<Piece> younger(SearchKey.Younger key) {
        return words("YOUNGER", String.valueOf(key.seconds()));
    }

    @Override
    public List<Piece> larger(SearchKey.Larger key) {
        return words("LARGER", String.valueOf(key.octets()));
    }

    @Override
    public List<Piece> smaller(SearchKey.Smaller key) {
        return words("SMALLER", String.valueOf(key.octets()));
    }

    @Override
    public List<Piece> uid(SearchKey.Uid key) {
        return key.set().ranges().isEmpty() ? words("NOT", "ALL") : words("UID", set(key.set()));
    }

    @Override
    public List<Piece> session(SearchKey.SessionKey key) {
        if (key instanceof SearchKey.SequenceSet numbers) {
            return numbers.set().ranges().isEmpty() ? words("NOT", "ALL") : words(set(numbers.set()));
        } else if (key instanceof SearchKey.SavedResult) {
            return words("$");
        } else if (key instanceof SearchKey.UidSavedResult) {
            return words("UID", "$");
        }
        // RECENT, NEW and OLD
        return words(key.getClass().getSimpleName().toUpperCase(Locale.ROOT));
    }

    @Override
    public List<Piece> modSeq(SearchKey.ModSeq key) {
        String value = String.valueOf(key.value());
        return key.entry()
                .map(entry -> words(
                        "MODSEQ", string(entry.name()), entry.type().name().toLowerCase(Locale.ROOT), value))
                .orElseGet(() -> words("MODSEQ", value));
    }

    @Override
    public List<Piece> emailId(SearchKey.EmailId key) {
        return words("EMAILID", atomOrString(key.id()));
    }

    @Override
    public List<Piece> threadId(SearchKey.ThreadId key) {
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
