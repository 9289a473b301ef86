/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.charset;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds charsets by their labels, read from {@code labels.txt}. It compares labels by their letters and digits, without
 * zeros before numbers, as Unicode Technical Standard 22 advises. Immutable.
 */
final class CharsetLabels {
    private static final String LABELS = "labels.txt";
    private static final String TABLES = "tables.txt";

    /** A longer label is none: IANA allows 40 characters. */
    private static final int MAX_LABEL = 100;

    /**
     * What follows a label: a comment, an option of {@code iconv}, a language (RFC 2231), another parameter, an escape
     * ({@code _iso-2022-jp$ESC}), or what stood behind it in HTML.
     */
    private static final Pattern REST =
            Pattern.compile("\\s*(?://|[(*,;$]|http-equiv).*", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

    /** What may stand before a label: the language of a locale, a quoted-printable equals sign. */
    private static final Pattern BEFORE = Pattern.compile("^(?:[a-z]{2}_[A-Z]{2}\\.|3[Dd](?=[\"A-Za-z]))");

    private static final Pattern CODE_PAGE =
            Pattern.compile("(?:x|cs)?(?:windows|win|microsoft|ms|ibm|cp|ccsid|codepage|dos|oem|aix|pc)+(\\d{3,5})");
    private static final List<String> CODE_PAGE_PREFIXES = List.of("cp", "windows", "ibm");

    private static final Pattern ISO_8859 = Pattern.compile("(?i)\\s*(?:x-)?iso[-_ ]?8859[-_ ]?(\\d{1,2})(?!\\d).*");

    private static final CharsetLabels ALL = read();

    private final Map<String, Charset> byFoldedLabel = new HashMap<>();

    private CharsetLabels() {}

    /** The charset that a label means; nothing where nobody knows it. */
    static Optional<Charset> find(String label) {
        if (label.isEmpty() || label.length() > MAX_LABEL) {
            return Optional.empty();
        }
        Optional<Charset> asWritten = ALL.named(fold(label));
        if (asWritten.isPresent()) {
            return asWritten;
        }
        String written = label.charAt(0) == '(' ? label.substring(label.indexOf(')') + 1) : label;
        String bare = BEFORE.matcher(REST.matcher(written).replaceFirst("")).replaceFirst("");
        String folded = fold(bare);
        return ALL.named(folded).or(() -> ALL.respelt(folded)).or(() -> ALL.iso8859(written));
    }

    private Optional<Charset> named(String folded) {
        return Optional.ofNullable(byFoldedLabel.get(folded));
    }

    /** {@code dos-1251} as {@code cp1251}, {@code x-utf-8} as {@code utf-8}. */
    private Optional<Charset> respelt(String folded) {
        Matcher page = CODE_PAGE.matcher(folded);
        if (page.matches()) {
            return CODE_PAGE_PREFIXES.stream()
                    .map(prefix -> byFoldedLabel.get(prefix + page.group(1)))
                    .filter(charset -> charset != null)
                    .findFirst();
        }
        if (folded.startsWith("charset")) {
            return named(folded.substring("charset".length()));
        }
        return folded.startsWith("x") || folded.startsWith("cs")
                ? named(folded.substring(folded.startsWith("x") ? 1 : 2))
                : Optional.empty();
    }

    /** {@code iso-8859-2-windows} as {@code iso-8859-2}. */
    private Optional<Charset> iso8859(String written) {
        Matcher iso = ISO_8859.matcher(written);
        return iso.matches() ? named("iso8859" + Integer.parseInt(iso.group(1))) : Optional.empty();
    }

    /** Only letters and digits, in lower case, without zeros before numbers. */
    static String fold(String label) {
        StringBuilder folded = new StringBuilder(label.length());
        boolean inNumber = false;
        for (int i = 0; i < label.length(); i++) {
            char c = label.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            boolean leadingZero = c == '0'
                    && !inNumber
                    && i + 1 < label.length()
                    && label.charAt(i + 1) >= '0'
                    && label.charAt(i + 1) <= '9';
            if (digit ? !leadingZero : c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z') {
                folded.append(c);
            }
            inNumber = digit && !leadingZero;
        }
        return folded.toString().toLowerCase(Locale.ROOT);
    }

    private static CharsetLabels read() {
        Map<String, Charset> own = new HashMap<>();
        own.put(HzCharset.NAME, new HzCharset());
        lines(TABLES, line -> own.put(line.substring(0, line.indexOf(' ')), TableCharset.parse(line)));
        CharsetLabels labels = new CharsetLabels();
        List<Charset> current = new ArrayList<>();
        lines(LABELS, line -> {
            String rest = line;
            if (!line.startsWith(" ")) {
                int nameEnd = line.indexOf(": ");
                current.clear();
                charset(line.substring(0, nameEnd), own).ifPresent(current::add);
                rest = line.substring(nameEnd + 1);
            }
            for (String label : rest.strip().split(" ")) {
                current.forEach(charset -> labels.byFoldedLabel.put(fold(label), charset));
            }
        });
        return labels;
    }

    /** Nothing where this JDK lacks the charset, so that its labels stay unknown: a runtime image may leave some out. */
    private static Optional<Charset> charset(String name, Map<String, Charset> own) {
        try {
            return Optional.ofNullable(own.get(name)).or(() -> Optional.of(Charset.forName(name)));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return Optional.empty();
        }
    }

    private static void lines(String resource, Consumer<String> sink) {
        try (InputStream in = CharsetLabels.class.getResourceAsStream(resource);
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            reader.lines().filter(line -> !line.startsWith("#")).forEach(sink);
        } catch (IOException e) {
            throw new UncheckedIOException("the resource " + resource + " cannot be read", e);
        }
    }
}
