/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.query;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/**
 * Combines keys to lists, NOT, OR and FUZZY. It keeps what is open on a stack of its own, not on the thread's, and
 * counts it as a key, so that it is bounded like them. For one text.
 */
final class SearchKeyBuilder {

    /** What waits for keys. */
    private enum Kind {
        PROGRAM(Integer.MAX_VALUE),
        LIST(Integer.MAX_VALUE),
        NOT(1),
        FUZZY(1),
        OR(2);

        final int operands;

        Kind(int operands) {
            this.operands = operands;
        }
    }

    /** A key and how deep keys are nested in it, as {@link SearchLimits#depth} counts. */
    private record Node(SearchKey key, int depth) {}

    private record Open(Kind kind, int position, List<Node> nodes) {
        Open(Kind kind, int position) {
            this(kind, position, new ArrayList<>());
        }

        boolean isFull() {
            return nodes.size() == kind.operands;
        }
    }

    private final ImapLexer lexer;
    private final SearchKeyReader reader;
    private final SearchLimits limits;
    private final CharsetArgument charset;
    private final Deque<Open> open = new ArrayDeque<>();
    private int keys;

    SearchKeyBuilder(ImapLexer lexer, SearchLimits limits, CharsetArgument charset) {
        this.lexer = lexer;
        this.reader = new SearchKeyReader(lexer, charset);
        this.limits = limits;
        this.charset = charset;
        open.push(new Open(Kind.PROGRAM, 0));
    }

    /** Reads keys to the end of the text; several in a row are an AND. */
    SearchKey read() throws IOException, SearchSyntaxException {
        lexer.skipBlanks();
        while (!lexer.atEnd()) {
            readNext();
            lexer.skipBlanks();
        }
        SearchKey key = end();
        charset.requireKnown();
        return key;
    }

    private void readNext() throws IOException, SearchSyntaxException {
        int position = lexer.position();
        switch (lexer.peek()) {
            case ')' -> closeList();
            case '(' -> {
                countKey();
                lexer.consume();
                open.push(new Open(Kind.LIST, position));
            }
            case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '*' -> {
                countKey();
                add(new Node(new SessionKey.SequenceSet(reader.set("a sequence set")), 0));
            }
            case '"', '{' -> throw lexer.error("a string where a search key is expected");
            default -> named(lexer.name(), position);
        }
    }

    private void named(String name, int position) throws IOException, SearchSyntaxException {
        String key = name.toUpperCase(Locale.ROOT);
        if (key.equals(CharsetArgument.NAME) && keys == 0) {
            charset.read(reader.string(key), position);
            return;
        }
        countKey();
        switch (key) {
            case "NOT" -> open.push(new Open(Kind.NOT, position));
            case "OR" -> open.push(new Open(Kind.OR, position));
            case "FUZZY" -> open.push(new Open(Kind.FUZZY, position));
            default -> add(new Node(reader.key(key, position), 0));
        }
    }

    private void countKey() throws SearchSyntaxException {
        if (++keys > limits.keys()) {
            throw lexer.error("more than " + limits.keys() + " search keys and brackets");
        }
    }

    private void add(Node added) throws SearchSyntaxException {
        Node node = added;
        open.element().nodes().add(node);
        while (open.element().isFull()) {
            Open full = open.pop();
            node = close(full);
            open.element().nodes().add(node);
        }
    }

    private void closeList() throws IOException, SearchSyntaxException {
        Open list = open.element();
        if (list.kind() != Kind.LIST) {
            throw lexer.error(list.kind() == Kind.PROGRAM ? "a closing bracket that none opened" : lacksKey(list));
        }
        if (list.nodes().isEmpty()) {
            throw lexer.error("brackets without a search key");
        }
        lexer.consume();
        open.pop();
        add(close(list));
    }

    private SearchKey end() throws SearchSyntaxException {
        Open last = open.element();
        if (last.kind() == Kind.LIST) {
            throw new SearchSyntaxException("an opening bracket that none closes", last.position());
        }
        if (last.kind() != Kind.PROGRAM) {
            throw lexer.error(lacksKey(last));
        }
        if (last.nodes().isEmpty()) {
            throw lexer.error("no search key");
        }
        return close(last).key();
    }

    private static String lacksKey(Open operator) {
        return operator.kind() + " lacks " + (operator.nodes().isEmpty() ? "its search key" : "its second search key");
    }

    private Node close(Open full) throws SearchSyntaxException {
        List<Node> nodes = full.nodes();
        Node node =
                switch (full.kind()) {
                    case PROGRAM, LIST -> list(nodes);
                    case NOT -> new Node(new SearchKey.Not(nodes.get(0).key()), 1 + depth(nodes));
                    case FUZZY -> new Node(new SearchKey.Fuzzy(nodes.get(0).key()), 1 + depth(nodes));
                    case OR -> or(nodes.get(0), nodes.get(1));
                };
        if (node.depth() > limits.depth()) {
            throw new SearchSyntaxException(
                    "search keys nested more than " + limits.depth() + " deep", full.position());
        }
        return node;
    }

    private static Node list(List<Node> nodes) {
        if (nodes.size() == 1) {
            return nodes.get(0);
        }
        return new Node(new SearchKey.And(nodes.stream().map(Node::key).toList()), 1 + depth(nodes));
    }

    private static Node or(Node left, Node right) {
        int depth = Math.max(depthInChain(left), depthInChain(right));
        return new Node(new SearchKey.Or(left.key(), right.key()), depth);
    }

    private static int depthInChain(Node alternative) {
        return alternative.key() instanceof SearchKey.Or ? alternative.depth() : 1 + alternative.depth();
    }

    private static int depth(List<Node> nodes) {
        return nodes.stream().mapToInt(Node::depth).max().orElse(0);
    }
}
