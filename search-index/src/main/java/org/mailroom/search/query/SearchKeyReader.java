/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.query;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailroom.search.query.MailKey.DateRelation;
import org.mailroom.search.query.MailKey.SystemFlag;
import org.mailroom.search.query.StoreKey.ModSeqEntry;

/** Reads the keys that hold no other keys, and their arguments. For one text. */
final class SearchKeyReader {
    static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

    private static final Pattern DATE = Pattern.compile("(\\d{1,2})-([A-Za-z]{3})-(\\d{4})");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    private final ImapLexer lexer;
    private final CharsetArgument charset;

    SearchKeyReader(ImapLexer lexer, CharsetArgument charset) {
        this.lexer = lexer;
        this.charset = charset;
    }

    /** Reads what belongs to {@code key}, a name in upper case that stood at {@code position}. */
    SearchKey key(String key, int position) throws IOException, SearchSyntaxException {
        return switch (key) {
            case "$" -> new SessionKey.SavedResult();
            case "ALL" -> new SearchKey.All();
            case "ANSWERED", "DELETED", "DRAFT", "FLAGGED", "SEEN" -> new MailKey.FlagSet(SystemFlag.valueOf(key));
            case "UNANSWERED", "UNDELETED", "UNDRAFT", "UNFLAGGED", "UNSEEN" -> new MailKey.FlagUnset(
                    SystemFlag.valueOf(key.substring("UN".length())));
            case "KEYWORD" -> new MailKey.Keyword(keyword(key));
            case "UNKEYWORD" -> new MailKey.Unkeyword(keyword(key));
            case "NEW" -> new SessionKey.New();
            case "OLD" -> new SessionKey.Old();
            case "RECENT" -> new SessionKey.Recent();
            case "BCC" -> new MailKey.Address(AddressField.BCC, string(key));
            case "BODY" -> new MailKey.Body(string(key));
            case "CC" -> new MailKey.Address(AddressField.CC, string(key));
            case "FROM" -> new MailKey.Address(AddressField.FROM, string(key));
            case "HEADER" -> new MailKey.Header(string(key), string(key));
            case "SUBJECT" -> new MailKey.Subject(string(key));
            case "TEXT" -> new MailKey.Text(string(key));
            case "TO" -> new MailKey.Address(AddressField.TO, string(key));
            default -> keyOnFigures(key, position);
        };
    }

    private SearchKey keyOnFigures(String key, int position) throws IOException, SearchSyntaxException {
        return switch (key) {
            case "BEFORE", "ON", "SINCE" -> new MailKey.InternalDate(DateRelation.valueOf(key), date(key));
            case "SENTBEFORE", "SENTON", "SENTSINCE" -> new MailKey.SentDate(
                    DateRelation.valueOf(key.substring("SENT".length())), date(key));
            case "SAVEDBEFORE", "SAVEDON", "SAVEDSINCE" -> new MailKey.SaveDate(
                    DateRelation.valueOf(key.substring("SAVED".length())), date(key));
            case "SAVEDATESUPPORTED" -> new MailKey.SaveDateSupported();
            case "OLDER" -> new MailKey.Older(interval(key));
            case "YOUNGER" -> new MailKey.Younger(interval(key));
            case "LARGER" -> new MailKey.Larger(number(key));
            case "SMALLER" -> new MailKey.Smaller(number(key));
            case "MODSEQ" -> modSeq(key);
            case "EMAILID" -> new StoreKey.EmailId(string(key));
            case "THREADID" -> new StoreKey.ThreadId(string(key));
            case "UID" -> uid(key);
            case CharsetArgument.NAME -> throw new SearchSyntaxException(
                    "CHARSET stands once, before all search keys", position);
            default -> throw new SearchSyntaxException("unknown search key " + ImapLexer.show(key), position);
        };
    }

    /** Reads a string argument of {@code key}. */
    String string(String key) throws IOException, SearchSyntaxException {
        argument(key);
        if (lexer.peek() == '(') {
            throw lexer.error(key + " takes a string, not a list");
        }
        return lexer.string(charset.decoder());
    }

    private void argument(String key) throws IOException, SearchSyntaxException {
        lexer.skipBlanks();
        if (lexer.atEnd() || lexer.peek() == ')') {
            throw lexer.error(key + " lacks an argument");
        }
    }

    private String keyword(String key) throws IOException, SearchSyntaxException {
        int position = position(key);
        String keyword = string(key);
        if (keyword.startsWith("\\")) {
            throw new SearchSyntaxException(
                    key + " takes a keyword, not the system flag " + ImapLexer.show(keyword), position);
        }
        return keyword;
    }

    private int position(String key) throws IOException, SearchSyntaxException {
        argument(key);
        return lexer.position();
    }

    private long number(String key) throws IOException, SearchSyntaxException {
        int position = position(key);
        return number(key, string(key), position);
    }

    private static long number(String key, String digits, int position) throws SearchSyntaxException {
        if (!NUMBER.matcher(digits).matches()) {
            throw new SearchSyntaxException(key + " takes a number, not " + ImapLexer.show(digits), position);
        }
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            throw tooLarge(key, digits, position);
        }
    }

    private static SearchSyntaxException tooLarge(String key, String digits, int position) {
        return new SearchSyntaxException(key + " takes no number as large as " + ImapLexer.show(digits), position);
    }

    private long interval(String key) throws IOException, SearchSyntaxException {
        int position = position(key);
        long seconds = number(key);
        if (seconds == 0) {
            throw new SearchSyntaxException(key + " takes a number of seconds that is at least 1", position);
        }
        return seconds;
    }

    private LocalDate date(String key) throws IOException, SearchSyntaxException {
        int position = position(key);
        String text = string(key);
        Matcher date = DATE.matcher(text.strip());
        if (date.matches()) {
            String month = date.group(2).substring(0, 1).toUpperCase(Locale.ROOT)
                    + date.group(2).substring(1).toLowerCase(Locale.ROOT);
            try {
                return LocalDate.of(
                        Integer.parseInt(date.group(3)), 1 + MONTHS.indexOf(month), Integer.parseInt(date.group(1)));
            } catch (DateTimeException e) {
                // No such month, or no such day in it: refused as any other text that is no date.
            }
        }
        throw new SearchSyntaxException(key + " takes a date as 1-Feb-1994, not " + ImapLexer.show(text), position);
    }

    private SearchKey uid(String key) throws IOException, SearchSyntaxException {
        argument(key);
        if (lexer.peek() != '$') {
            return new StoreKey.Uid(set(key));
        }
        int position = lexer.position();
        String word = lexer.word();
        if (!word.equals("$")) {
            throw new SearchSyntaxException("$ stands alone, not as " + ImapLexer.show(word), position);
        }
        return new SessionKey.UidSavedResult();
    }

    private SearchKey modSeq(String key) throws IOException, SearchSyntaxException {
        argument(key);
        if (ImapLexer.isDigit(lexer.peek())) {
            return new StoreKey.ModSeq(number(key), Optional.empty());
        }
        String name = string(key);
        int position = position(key);
        String type = string(key);
        ModSeqEntry entry = new ModSeqEntry(
                name,
                switch (type.toUpperCase(Locale.ROOT)) {
                    case "ALL" -> ModSeqEntry.Type.ALL;
                    case "PRIV" -> ModSeqEntry.Type.PRIV;
                    case "SHARED" -> ModSeqEntry.Type.SHARED;
                    default -> throw new SearchSyntaxException(
                            key + " takes an entry's type all, priv or shared, not " + ImapLexer.show(type), position);
                });
        return new StoreKey.ModSeq(number(key), Optional.of(entry));
    }

    /** Reads a set of numbers, an argument of {@code what}. */
    NumberSet set(String what) throws IOException, SearchSyntaxException {
        argument(what);
        int position = lexer.position();
        String word = lexer.word();
        List<NumberSet.Range> ranges = new ArrayList<>();
        for (String range : word.split(",", -1)) {
            int colon = range.indexOf(':');
            long first = numberInSet(what, colon < 0 ? range : range.substring(0, colon), position);
            long last = colon < 0 ? first : numberInSet(what, range.substring(colon + 1), position);
            ranges.add(new NumberSet.Range(first, last));
        }
        return new NumberSet(ranges);
    }

    private static long numberInSet(String what, String digits, int position) throws SearchSyntaxException {
        if (digits.equals("*")) {
            return NumberSet.LARGEST;
        }
        long number = number(what, digits, position);
        if (number == 0) {
            throw new SearchSyntaxException(what + " takes numbers that are at least 1", position);
        }
        if (number == NumberSet.LARGEST) {
            throw tooLarge(what, digits, position);
        }
        return number;
    }
}
