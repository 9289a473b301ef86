/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.order;

import org.mailroom.search.text.HeaderDecoder;

/** The first address of a field, read character by character. */
record PlainAddress(String name, String mailbox, String host) {

    static PlainAddress first(String value) {
        String first = "";
        int from = 0;
        while (first.isEmpty() && from < value.length()) {
            int end = end(value, from);
            first = value.substring(from, end).strip();
            from = end + 1;
        }
        int colon = outside(first, ':', 0);
        int bracket = outside(first, '<', 0);
        int at = outside(first, '@', 0);
        if (colon >= 0 && (bracket < 0 || colon < bracket) && (at < 0 || colon < at)) {
            return new PlainAddress("", decoded(first.substring(0, colon)), "");
        }
        if (bracket >= 0) {
            int close = outside(first, '>', bracket);
            String address = first.substring(bracket + 1, close < 0 ? first.length() : close);
            int route = address.strip().startsWith("@") ? address.indexOf(':') + 1 : 0;
            return address(decoded(first.substring(0, bracket)), address.substring(route));
        }
        return address(at < 0 ? "" : comment(first, at), first.replace(">", ""));
    }

    /** The last comment behind the host, which is the name where there is no other. */
    private static String comment(String address, int at) {
        String comment = "";
        for (int from = at + 1; from < address.length(); from++) {
            boolean host = !unquoted(address.substring(at + 1, from)).isEmpty();
            if (address.charAt(from) == '(' && host) {
                int end = from + 1;
                for (int depth = 1; depth > 0 && end < address.length(); end++) {
                    char c = address.charAt(end);
                    depth += c == '(' ? 1 : c == ')' ? -1 : 0;
                    end += c == '\\' ? 1 : 0;
                }
                comment = HeaderDecoder.decode(
                        address.substring(from + 1, Math.max(from + 1, end - 1)).replaceAll("\\\\(.)", "$1"));
                from = end;
            }
        }
        return comment;
    }

    private static PlainAddress address(String name, String address) {
        int at = outside(address, '@', 0);
        return at < 0
                ? new PlainAddress(name, decoded(address), "")
                : new PlainAddress(
                        name,
                        unquoted(address.substring(0, at)),
                        unquoted(address.substring(at + 1)).replaceAll("\\s", ""));
    }

    /** Where an address ends that starts at {@code from}. */
    private static int end(String value, int from) {
        int comma = outside(value, ',', from);
        int bracket = outside(value, '<', from);
        if (bracket >= 0 && comma > bracket) {
            int close = outside(value, '>', bracket);
            comma = close < 0 ? -1 : outside(value, ',', close);
        }
        int end = comma < 0 ? value.length() : comma;
        int semicolon = outside(value, ';', from);
        return semicolon < 0 ? end : Math.min(end, semicolon);
    }

    /** The first {@code wanted} from {@code from} on that is not in a quoted string or a comment; -1 for none. */
    private static int outside(String text, char wanted, int from) {
        boolean quoted = false;
        int depth = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && (quoted || depth > 0)) {
                i++;
            } else if (c == '"' && depth == 0) {
                quoted = !quoted;
            } else if (!quoted && c == '(') {
                depth++;
            } else if (!quoted && depth > 0 && c == ')') {
                depth--;
            } else if (!quoted && depth == 0 && c == wanted) {
                return i;
            }
        }
        return -1;
    }

    private static String decoded(String text) {
        return HeaderDecoder.decode(unquoted(text)).strip();
    }

    private static String unquoted(String text) {
        StringBuilder plain = new StringBuilder();
        boolean quoted = false;
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && (quoted || depth > 0) && i + 1 < text.length()) {
                i++;
                plain.append(depth > 0 ? "" : text.charAt(i));
            } else if (c == '"' && depth == 0) {
                quoted = !quoted;
            } else if (!quoted && c == '(') {
                depth++;
            } else if (!quoted && depth > 0 && c == ')') {
                depth--;
                plain.append(' ');
            } else if (depth == 0) {
                plain.append(c);
            }
        }
        return plain.toString().replaceAll("[ \t]+", " ").strip();
    }
}
