/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.growth;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Mail in which one thing stands very often.
 *
 * @param name says what
 * @param times the mail with so many characters of it, roughly
 */
record RepeatedMail(String name, IntFunction<String> times) {
    private static final String PLAIN = "Content-Type: text/plain; charset=utf-8\r\n\r\n";
    private static final String HTML = "Content-Type: text/html; charset=utf-8\r\n\r\n";
    private static final String MULTIPART = "Content-Type: multipart/mixed; boundary=b\r\n\r\n";

    static Stream<RepeatedMail> all() {
        List<RepeatedMail> all = new ArrayList<>();
        texts(all);
        html(all);
        headerFields(all);
        structures(all);
        return all.stream();
    }

    byte[] octets(int characters) {
        return times.apply(characters).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return name;
    }

    private static void texts(List<RepeatedMail> all) {
        for (String piece : List.of(
                "\u0301\u0327",
                "a\u0301\u0327",
                "\u0301",
                "\u0327\u0301\uD834\uDD67",
                "\u0F73\u0F71",
                "\u093C\u094D",
                "i\u0323\u0307",
                "\u0307",
                "\u00AD",
                "\u200D\u0301",
                "\uFEFF",
                "\uFE0F",
                "\uDB40\uDC20",
                "\uFDFA",
                "\u3316",
                "\u1100\u1161\u11A8",
                "\uAC01",
                "\u1112",
                "\u4F1A\u8B70",
                "\u4F1A ",
                "\u30AB\u3099",
                "\u0E01\u0E31",
                "\uD83D\uDE00\u200D",
                "\u00A8",
                "\u00A0",
                "\u0130",
                "\u00DF",
                "@",
                " @",
                "@\u4F1A",
                "a@",
                " ",
                "\t\r\n",
                "\r",
                "\n",
                "a",
                "a ",
                "a.",
                "a'",
                "1,",
                "_",
                "-",
                "\"",
                "\\",
                "re: ",
                "http://a/",
                "YWJj",
                "=?utf-8?q?",
                "&amp;",
                "\u00E9\n",
                "e\n",
                "From ",
                "begin 644 a\r\n")) {
            all.add(new RepeatedMail("text of " + escaped(piece), n -> PLAIN + repeated("a", piece, n)));
        }
        all.add(new RepeatedMail(
                "distinct words", n -> PLAIN + numbered(n / 8, number -> "w" + number * 7919 % 1_000_003 + " ")));
        // "an" and "c0" have one hash code as strings
        all.add(new RepeatedMail(
                "words of one hash code",
                n -> PLAIN
                        + numbered(
                                n / 33,
                                number -> Integer.toBinaryString(1 << 15 | number)
                                                .replace("0", "an")
                                                .replace("1", "c0")
                                        + " ")));
        all.add(new RepeatedMail(
                "quoted-printable",
                n -> "Content-Transfer-Encoding: quoted-printable\r\n" + PLAIN + repeated("", "=C3=A9=\r\n", n)));
        all.add(new RepeatedMail(
                "quoted-printable blanks",
                n -> "Content-Transfer-Encoding: quoted-printable\r\n" + PLAIN + repeated("", " \t", n)));
        all.add(new RepeatedMail(
                "base64 padding", n -> "Content-Transfer-Encoding: base64\r\n" + PLAIN + repeated("", "YQ==", n)));
        all.add(new RepeatedMail(
                "broken utf-8",
                n -> "Content-Transfer-Encoding: base64\r\n" + PLAIN
                        + Base64.getMimeEncoder()
                                .encodeToString(
                                        "\u00C3\u0028\u00E9a".repeat(n / 8).getBytes(StandardCharsets.ISO_8859_1))));
        all.add(new RepeatedMail(
                "escapes of iso-2022-jp",
                n -> "Content-Type: text/plain; charset=iso-2022-jp\r\n\r\n" + repeated("", "\u001B$B\u001B(B", n)));
        all.add(new RepeatedMail(
                "utf-7", n -> "Content-Type: text/plain; charset=utf-7\r\n\r\n" + repeated("", "+AGE-", n)));
    }

    private static void html(List<RepeatedMail> all) {
        for (String piece : List.of(
                "<",
                "<a",
                "<a ",
                "<a>",
                "</",
                "</a",
                "<a b='",
                "<a b=\"",
                "<a b=\">\" ",
                "<a b='>\"' ",
                "<a b=>",
                "<a =",
                "<!",
                "<!-",
                "<!--",
                "<!-- --",
                "<!--->",
                "<!--a--!",
                "<!-- -->",
                "<![CDATA[",
                "<![CDATA[]]",
                "<?",
                "<script>",
                "<script>a</script",
                "<style></",
                "<title>",
                "<title></",
                "<title>&",
                "<textarea></title>",
                "<div>",
                "<br>\u0301",
                "<b>a</b>",
                "<table><tr><td>",
                "&",
                "&#",
                "&#1",
                "&#x110000;",
                "&a",
                "&shy;",
                "&#769;&#807;",
                "&CounterClockwiseContourIntegral",
                "&notit",
                ">",
                "\"<p ")) {
            all.add(new RepeatedMail("HTML of " + escaped(piece), n -> HTML + repeated("<p>", piece, n)));
        }
        all.add(new RepeatedMail("HTML attributes", n -> HTML + "<a " + repeated("", "b='c' ", n)));
        all.add(new RepeatedMail("HTML and a title's end", n -> HTML + repeated("", "<title></b>", n) + "</title>"));
        all.add(new RepeatedMail("HTML and a comment's end", n -> HTML + repeated("", "<!--", n) + "-->"));
        all.add(new RepeatedMail(
                "HTML's own charsets",
                n -> "Content-Type: text/html\r\n\r\n" + repeated("\u00E9", "<meta charset=", n)));
    }

    private static void headerFields(List<RepeatedMail> all) {
        for (String piece : List.of(
                "=?",
                "=?utf-8?q?a?=",
                "=?utf-8?q?a?= ",
                "=?utf-8?b?YQ==?= =?latin1?q?b?=",
                "=?utf-8?q?",
                "=?utf-8?q?=CC=81=CC=A7?=",
                "=?utf-8?q?a?=20",
                "?=20",
                "?=",
                "=?a*b?q?c?=",
                "\u0301\u0327",
                "re: ",
                "re[a]: ",
                "re [",
                "[a] ",
                "[",
                "]",
                "[fwd: ",
                "(fwd)",
                "fwd",
                "\r\n ",
                "\r\n\t\r\n ",
                "\u00A0",
                " ")) {
            all.add(new RepeatedMail("Subject of " + escaped(piece), n -> field("Subject", repeated("", piece, n))));
        }
        all.add(new RepeatedMail(
                "nested forwards",
                n -> field("Subject", repeated("", "[fwd: re: ", n / 2) + "a" + repeated("", "]", n / 2))));
        for (String piece : List.of(
                "a@b,",
                "<a@b>",
                "<",
                ">",
                "(",
                "(a)",
                "\\(",
                "\"",
                "\"\\",
                "\"a\" ",
                "a:",
                "a:b,;",
                ";",
                ",",
                "@",
                "a.",
                "@a,",
                "a ",
                "[",
                "=?utf-8?q?a?= <a@b>, ")) {
            all.add(new RepeatedMail("From of " + escaped(piece), n -> field("From", repeated("", piece, n))));
        }
        for (String piece : List.of("<a@b>", "<a", "<\"", "<\\\"", "<\"a\"@b>", "<a@b> ", "(<", ">", "@", "<a@b><")) {
            all.add(new RepeatedMail(
                    "References of " + escaped(piece), n -> field("References", repeated("", piece, n))));
        }
        all.add(new RepeatedMail(
                "distinct References",
                n -> field("References", numbered(n / 12, number -> "<" + number + "@b.example>\r\n "))));
        for (String piece : List.of("1 ", "1 Jan ", "Mon, 1 Jan 2001 ", "(", "1:", "12:00:00 ", "+0000 ")) {
            all.add(new RepeatedMail("Date of " + escaped(piece), n -> field("Date", repeated("", piece, n))));
        }
        for (String piece : List.of(
                ";",
                "=",
                "; a",
                "; a=b",
                "; a=\"",
                "; a=\"\\\"",
                "; a=(",
                "(",
                "; name*0=a",
                "; name*=utf-8''%41",
                "; name*0*='",
                "; name=\"\u0301\u0327\"",
                "; charset=a",
                "; a=\"b\" c=\"d\"")) {
            all.add(new RepeatedMail(
                    "Content-Type of " + escaped(piece),
                    n -> field("Content-Type", "text/plain" + repeated("", piece, n))));
        }
        all.add(new RepeatedMail(
                "parameters in sections",
                n -> field("Content-Disposition", "attachment" + numbered(n / 12, number -> "; a" + number + "*0=b"))));
        all.add(new RepeatedMail(
                "sections of a parameter",
                n -> field(
                        "Content-Disposition",
                        "attachment" + numbered(n / 20, number -> "; filename*" + number + "*=%41"))));
        all.add(new RepeatedMail("many fields", n -> repeated("", "A: b\r\n", n) + "\r\na"));
        all.add(new RepeatedMail(
                "distinct fields", n -> numbered(n / 10, number -> "A" + number + ": b\r\n") + "\r\na"));
        all.add(new RepeatedMail("many dates", n -> repeated("", "Date: 1 Jan\r\n", n) + "\r\na"));
        all.add(new RepeatedMail("many Subjects", n -> repeated("", "Subject: re: a\r\n", n) + "\r\na"));
        all.add(new RepeatedMail("lines that are no fields", n -> repeated("", "a b\r\n", n) + "\r\na"));
        all.add(new RepeatedMail("a long name of a field", n -> repeated("", "a", n) + ": b\r\n\r\na"));
        all.add(new RepeatedMail("colons", n -> repeated("", ":\r\n", n) + "\r\na"));
    }

    private static void structures(List<RepeatedMail> all) {
        for (String piece : List.of(
                "--b\r\n\r\na\r\n",
                "--b\r\n",
                "--b\r\n\r\n",
                "--b--\r\n",
                "--",
                "\r\n--",
                "--b\r\nA: b\r\n\r\n\r\n",
                "--b\r\nContent-Type: text/html\r\n\r\n<p>a\r\n",
                "--b\r\nContent-Disposition: attachment; filename=a\r\n\r\n\r\n")) {
            all.add(new RepeatedMail("multipart of " + escaped(piece), n -> MULTIPART + repeated("", piece, n)));
        }
        all.add(new RepeatedMail("a long boundary", n -> {
            String boundary = repeated("", "b", n / 2);
            return "Content-Type: multipart/mixed; boundary=" + boundary + "\r\n\r\n" + repeated("", "--b\r\n", n / 2);
        }));
    }

    private static String field(String name, String value) {
        return name + ": " + value + "\r\n\r\na";
    }

    private static String repeated(String first, String piece, int characters) {
        return first + piece.repeat(characters / piece.length());
    }

    private static String numbered(int count, IntFunction<String> piece) {
        return IntStream.range(0, count).mapToObj(piece).collect(Collectors.joining());
    }

    /** As a Java string, for the names of tests. */
    private static String escaped(String piece) {
        return piece.chars()
                .mapToObj(
                        c -> c > ' ' && c < 0x7F ? Character.toString(c) : c == ' ' ? "_" : String.format("\\u%04X", c))
                .collect(Collectors.joining());
    }
}
