/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.mailroom.search.charset.MailCharset;

/**
 * A structured field such as Content-Type: a value and parameters (RFC 2045 section 5.1), with values in sections and
 * charsets (RFC 2231). Reads what clients write: values with blanks and no quotes, quotes that are not closed,
 * semicolons that are missing or doubled, commas in their place, comments.
 *
 * @param value in lower case, without comments
 * @param parameters in order; a name may occur more than once
 */
record ContentField(String value, List<Parameter> parameters) {

    /** One parameter: its name in lower case, and its value, decoded as RFC 2231 says, but not as RFC 2047 says. */
    record Parameter(String name, String value) {}

    ContentField {
        parameters = List.copyOf(parameters);
    }

    static ContentField parse(String unfolded) {
        return new Scanner(unfolded).field();
    }

    /** The value of the first parameter {@code name} that has one. */
    Optional<String> parameter(String name) {
        return all(name).stream().filter(value -> !value.isBlank()).findFirst();
    }

    /** Whether the field says nothing. */
    boolean isEmpty() {
        return value.isEmpty() && parameters.isEmpty();
    }

    /** The values of every parameter {@code name}. */
    List<String> all(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.name().equals(name))
                .map(Parameter::value)
                .toList();
    }

    private static final class Scanner {
        /** Some mail names the field twice. */
        private static final String OWN_NAME = "content-type:";

        private final String text;
        private int at;
        private final List<Parameter> parameters = new ArrayList<>();
        private final Map<String, Extended> extended = new LinkedHashMap<>();

        Scanner(String text) {
            this.text = text;
        }

        ContentField field() {
            String value = value();
            while (at < text.length()) {
                at++;
                parameter();
            }
            extended.values().forEach(parameter -> parameters.add(parameter.joined()));
            return new ContentField(value, parameters);
        }

        /** What stands before the parameters, which a semicolon should divide from it. */
        private String value() {
            String written = upTo(";,=");
            if (at < text.length() && text.charAt(at) == '=') {
                at = lastBlank(written.stripTrailing());
                written = written.substring(0, Math.max(at, 0));
            }
            String value = withoutComments(written).strip().toLowerCase(Locale.ROOT);
            String own = value.startsWith(OWN_NAME) ? value.substring(OWN_NAME.length()) : value;
            return own.endsWith(":") ? own.substring(0, own.length() - 1) : own;
        }

        private static int lastBlank(String text) {
            int last = text.length() - 1;
            while (last >= 0 && !Character.isWhitespace(text.charAt(last))) {
                last--;
            }
            return last;
        }

        /** Reads a parameter and leaves {@code at} before the character that divides it from the next. */
        private void parameter() {
            String name = withoutComments(upTo("=;")).strip().toLowerCase(Locale.ROOT);
            if (at == text.length() || text.charAt(at) == ';') {
                return;
            }
            at++;
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            boolean quoted = at < text.length() && text.charAt(at) == '"';
            boolean fileName = name.startsWith("filename") || name.startsWith("name");
            add(name, quoted ? quotedValue() : bareValue(fileName, name.equals("boundary")));
        }

        private String quotedValue() {
            StringBuilder value = new StringBuilder();
            for (int i = at + 1; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '"') {
                    at = i + 1;
                    skipToNext();
                    return value.toString();
                }
                // a backslash before anything else is part of a path that nobody escaped
                boolean escape = c == '\\' && i + 1 < text.length() && "\"\\".indexOf(text.charAt(i + 1)) >= 0;
                value.append(escape ? text.charAt(++i) : c);
            }
            at++;
            return upTo(";").strip();
        }

        /** Past what follows a quoted value; another parameter may follow without a semicolon. */
        private void skipToNext() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            if (at < text.length() && text.charAt(at) != ';' && text.charAt(at) != ',') {
                at--;
            }
        }

        private String bareValue(boolean mayHaveBlanks, boolean mayHaveCommas) {
            if (mayHaveBlanks) {
                return upTo(";").strip();
            }
            String value = upTo(mayHaveCommas ? "; \t(" : ";, \t(");
            if (at < text.length() && text.charAt(at) == '(') {
                at--;
            }
            return value;
        }

        private String upTo(String ends) {
            int start = at;
            while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
                at++;
            }
            return text.substring(start, at);
        }

        private static String withoutComments(String text) {
            if (text.indexOf('(') < 0) {
                return text;
            }
            StringBuilder kept = new StringBuilder();
            int depth = 0;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                depth += c == '(' ? 1 : 0;
                if (depth == 0) {
                    kept.append(c);
                }
                depth -= c == ')' && depth > 0 ? 1 : 0;
            }
            return kept.toString();
        }

        private void add(String name, String value) {
            int star = name.indexOf('*');
            if (star < 0) {
                if (!name.isEmpty()) {
                    parameters.add(new Parameter(name, value));
                }
                return;
            }
            String base = name.substring(0, star);
            extended.computeIfAbsent(base, Extended::new).add(name.substring(star + 1), value);
        }
    }

    /** A parameter in sections, with a charset and percent encoding: {@code filename*0*=utf-8''na%C3%AF; filename*1=ve}. */
    private static final class Extended {
        private final String name;
        private final TreeMap<Integer, Section> sections = new TreeMap<>();

        private record Section(String value, boolean encoded) {}

        Extended(String name) {
            this.name = name;
        }

        void add(String suffix, String value) {
            boolean encoded = suffix.isEmpty() || suffix.endsWith("*");
            String digits = suffix.replace("*", "");
            boolean number =
                    !digits.isEmpty() && digits.length() < 6 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
            sections.putIfAbsent(number ? Integer.parseInt(digits) : 0, new Section(value, encoded));
        }

        Parameter joined() {
            StringBuilder joined = new StringBuilder();
            ByteArrayOutputStream octets = new ByteArrayOutputStream();
            String charset = "";
            boolean first = true;
            for (Section section : sections.values()) {
                String value = section.value();
                if (!section.encoded()) {
                    joined.append(read(octets, charset)).append(value);
                } else {
                    int quote = first ? value.indexOf('\'') : -1;
                    int secondQuote = quote < 0 ? -1 : value.indexOf('\'', quote + 1);
                    charset = secondQuote < 0 ? charset : value.substring(0, quote);
                    percentDecode(value.substring(secondQuote + 1), octets);
                }
                first = false;
            }
            return new Parameter(name, joined.append(read(octets, charset)).toString());
        }

        private static String read(ByteArrayOutputStream octets, String charset) {
            byte[] read = octets.toByteArray();
            octets.reset();
            return MailCharset.decode(MailCharset.named(charset), read);
        }

        private static void percentDecode(String text, ByteArrayOutputStream octets) {
            byte[] in = text.getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < in.length; i++) {
                boolean escape = in[i] == '%'
                        && i + 2 < in.length
                        && TransferDecodingStream.hexDigit(in[i + 1] & 0xFF) >= 0
                        && TransferDecodingStream.hexDigit(in[i + 2] & 0xFF) >= 0;
                if (escape) {
                    octets.write(Integer.parseInt(text(in, i + 1), 16));
                    i += 2;
                } else {
                    octets.write(in[i]);
                }
            }
        }

        private static String text(byte[] in, int at) {
            return new String(in, at, 2, StandardCharsets.US_ASCII);
        }
    }
}
