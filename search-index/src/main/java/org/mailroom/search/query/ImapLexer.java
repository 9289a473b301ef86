/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.query;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Reads the words of IMAP (atoms, quoted strings, literals) from an input, counts octets and keeps to the limits. More
 * lenient than the grammar where that cannot be misunderstood. Not thread-safe.
 */
final class ImapLexer {
    private static final int SHOWN = 40;
    private static final int MAX_LITERAL_DIGITS = 10;

    private final ImapInput input;
    private final SearchLimits limits;
    private final boolean lineEndsAreBlanks;
    private int position;

    /** @param lineEndsAreBlanks whether the text may go over several lines; otherwise it ends where its line does */
    ImapLexer(ImapInput input, SearchLimits limits, boolean lineEndsAreBlanks) {
        this.input = input;
        this.limits = limits;
        this.lineEndsAreBlanks = lineEndsAreBlanks;
    }

    /** How many octets have been consumed. */
    int position() {
        return position;
    }

    SearchSyntaxException error(String what) {
        return new SearchSyntaxException(what, position);
    }

    int peek() throws IOException {
        return input.peek();
    }

    void consume() throws IOException, SearchSyntaxException {
        input.consume();
        count(1);
    }

    void skipBlanks() throws IOException, SearchSyntaxException {
        while (isBlank(input.peek())) {
            consume();
        }
    }

    /** Whether the text ends here. */
    boolean atEnd() throws IOException {
        int next = input.peek();
        return next == ImapInput.END || isLineEnd(next) && !lineEndsAreBlanks;
    }

    /** Reads the name of a key: everything up to a blank, a bracket or a string. */
    String name() throws IOException, SearchSyntaxException {
        ByteArrayOutputStream name = new ByteArrayOutputStream();
        int next = input.peek();
        while (!endsWord(next) && next != '(' && next != '"' && next != '{') {
            add(name, next, "a name");
            next = input.peek();
        }
        return new String(name.toByteArray(), StandardCharsets.ISO_8859_1);
    }

    /** Reads a word of plain octets, however long: a set of numbers. */
    String word() throws IOException, SearchSyntaxException {
        StringBuilder word = new StringBuilder();
        while (!endsWord(input.peek())) {
            word.append((char) input.peek());
            consume();
        }
        return word.toString();
    }

    /** Reads an atom, a quoted string or a literal (RFC 9051 {@code astring}); something else must be ruled out. */
    String string(StringDecoder decoder) throws IOException, SearchSyntaxException {
        return switch (input.peek()) {
            case '"' -> decoder.decode(quoted());
            case '{' -> decoder.decode(literal());
            default -> decoder.decodeAtom(atom());
        };
    }

    private byte[] atom() throws IOException, SearchSyntaxException {
        ByteArrayOutputStream atom = new ByteArrayOutputStream();
        while (!endsWord(input.peek())) {
            add(atom, input.peek(), "a string");
        }
        return atom.toByteArray();
    }

    private byte[] quoted() throws IOException, SearchSyntaxException {
        int start = position;
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        consume();
        while (input.peek() != '"') {
            if (input.peek() == '\\') {
                consume();
            }
            if (atEnd()) {
                throw new SearchSyntaxException("a quoted string lacks its closing quote", start);
            }
            add(text, input.peek(), "a string");
        }
        consume();
        return text.toByteArray();
    }

    private byte[] literal() throws IOException, SearchSyntaxException {
        int start = position;
        consume();
        long octets = 0;
        int digits = 0;
        while (isDigit(input.peek()) && digits++ < MAX_LITERAL_DIGITS) {
            octets = 10 * octets + (input.peek() - '0');
            consume();
        }
        boolean synchronizing = input.peek() != '+';
        if (!synchronizing) {
            consume();
        }
        if (digits == 0 || input.peek() != '}') {
            throw new SearchSyntaxException("a literal begins with its length, as {7} or {7+}", start);
        }
        consume();
        lineEnd();
        if (octets > limits.stringOctets()) {
            throw tooLong("a string", start);
        }
        count((int) octets);
        return input.literal((int) octets, synchronizing);
    }

    private void lineEnd() throws IOException, SearchSyntaxException {
        if (input.peek() == '\r') {
            consume();
        }
        if (input.peek() != '\n') {
            throw error("a line end must follow the length of a literal");
        }
        consume();
    }

    private void add(ByteArrayOutputStream word, int octet, String what) throws IOException, SearchSyntaxException {
        if (word.size() == limits.stringOctets()) {
            throw tooLong(what, position - word.size());
        }
        word.write(octet);
        consume();
    }

    private SearchSyntaxException tooLong(String what, int start) {
        return new SearchSyntaxException(what + " is longer than " + limits.stringOctets() + " octets", start);
    }

    private void count(int octets) throws SearchSyntaxException {
        if (octets > limits.octets() - position) {
            throw error("the search keys are longer than " + limits.octets() + " octets");
        }
        position += octets;
    }

    private boolean isBlank(int octet) {
        return octet == ' ' || octet == '\t' || lineEndsAreBlanks && isLineEnd(octet);
    }

    private static boolean isLineEnd(int octet) {
        return octet == '\r' || octet == '\n';
    }

    static boolean isDigit(int octet) {
        return octet >= '0' && octet <= '9';
    }

    private boolean endsWord(int octet) {
        return octet == ImapInput.END || octet == ')' || octet == '\t' || octet == ' ' || isLineEnd(octet);
    }

    /** {@code text} for a message: quoted, cut where it is long, and nothing but printable ASCII. */
    static String show(String text) {
        String cut = text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
        return "'" + cut.replaceAll("[^ -~]", "?") + "'";
    }
}
