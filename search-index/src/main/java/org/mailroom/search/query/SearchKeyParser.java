/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.query;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * Reads search keys from IMAP syntax: RFC 3501 and RFC 9051 section 6.4.4, and the extensions that {@link SearchKey}
 * names. Immutable and thread-safe.
 *
 * <p>Names are read in any case. Where clients do not keep to the grammar and cannot be misunderstood, they are
 * understood: several blanks, brackets without blanks around them, 8-bit octets without CHARSET, any characters but
 * blanks and closing brackets in an unquoted string, quotes around numbers.
 *
 * <p>Nothing recurses over the text, so no text overflows the stack.
 */
public final class SearchKeyParser {
    private final SearchLimits limits;

    public SearchKeyParser(SearchLimits limits) {
        this.limits = Objects.requireNonNull(limits);
    }

    /**
     * Reads a condition: keys in UTF-8 that may go over several lines, without CHARSET.
     *
     * @throws SearchSyntaxException where {@code text} is none, or beyond the default limits
     */
    public static SearchKey parse(String text) throws SearchSyntaxException {
        return new SearchKeyParser(SearchLimits.DEFAULT).parseCondition(text);
    }

    /** As {@link #parse(String)}, within this parser's limits. */
    public SearchKey parseCondition(String text) throws SearchSyntaxException {
        ImapLexer lexer = new ImapLexer(new InlineInput(text), limits, true);
        try {
            return new SearchKeyBuilder(lexer, limits, CharsetArgument.refused()).read();
        } catch (EOFException e) {
            throw lexer.error(Objects.requireNonNullElse(e.getMessage(), "the search keys end too early"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads what a SEARCH command has after its RETURN options: {@code [CHARSET astring SP] search-key *(SP
     * search-key)}. Stops before the line end, or at the end of the input.
     *
     * @throws BadCharsetException where the CHARSET is not supported; the keys have been consumed
     * @throws SearchSyntaxException where there are no such keys, or they are beyond the limits; the rest of the command
     *     has not been consumed
     * @throws IOException where the input fails
     */
    public SearchProgram parse(ImapInput input) throws IOException, SearchSyntaxException {
        ImapLexer lexer = new ImapLexer(input, limits, false);
        CharsetArgument charset = CharsetArgument.allowed();
        SearchKey key = new SearchKeyBuilder(lexer, limits, charset).read();
        return new SearchProgram(charset.get(), key);
    }

    /**
     * Reads what a SORT or THREAD command has after its own arguments (RFC 5256 section 5): {@code charset SP search-key
     * *(SP search-key)}. Otherwise as {@link #parse(ImapInput)}.
     */
    public SearchProgram parseAfterCharset(ImapInput input) throws IOException, SearchSyntaxException {
        ImapLexer lexer = new ImapLexer(input, limits, false);
        lexer.skipBlanks();
        if (lexer.atEnd() || lexer.peek() == '(' || lexer.peek() == ')') {
            throw lexer.error("a charset, as UTF-8, must stand before the search keys");
        }
        CharsetArgument charset = CharsetArgument.allowed();
        charset.read(lexer.string(CharsetArgument.allowed().decoder()), lexer.position());
        SearchKey key = new SearchKeyBuilder(lexer, limits, charset).read();
        return new SearchProgram(charset.get(), key);
    }

    /**
     * Reads one string as it stands in commands: an atom, a quoted string or a literal, in UTF-8.
     *
     * @throws SearchSyntaxException where there is none, or it is beyond the limits
     */
    public String parseString(ImapInput input) throws IOException, SearchSyntaxException {
        ImapLexer lexer = new ImapLexer(input, limits, false);
        lexer.skipBlanks();
        if (lexer.atEnd() || lexer.peek() == '(' || lexer.peek() == ')') {
            throw lexer.error("a string is missing");
        }
        return lexer.string(CharsetArgument.refused().decoder());
    }
}
