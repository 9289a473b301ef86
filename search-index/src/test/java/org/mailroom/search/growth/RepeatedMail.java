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

/** Mail in which one thing stands very often. */
final class RepeatedMail {
    private static final String PLAIN = "Content-Type: text/plain; charset=utf-8\r\n\r\n";
    private static final String HTML = "Content-Type: text/html; charset=utf-8\r\n\r\n";
    private static final String MULTIPART = "Content-Type: multipart/mixed; boundary=b\r\n\r\n";

    private RepeatedMail() {}

    static Stream<Repeated> all() {
        List<Repeated> all = new ArrayList<>();
        texts(all);
        html(all);
        headerFields(all);
        structures(all);
        return all.stream();
    }

    private static void texts(List<Repeated> all) {
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
            all.add(new Repeated("text of " + escaped(piece), n -> PLAIN + repeated("a", piece, n)));
        }
        all.add(new Repeated(
                "distinct words", n -> PLAIN + numbered(n / 8, number -> "w" + number * 7919 % 1_000_003 + " ")));
        // "an" and "c0" have one hash code as strings
        all.add(new Repeated(
                "words of one hash code",
                n -> PLAIN
                        + numbered(
                                n / 33,
                                number -> Integer.toBinaryString(1 << 15 | number)
                                                .replace("0", "an")
                                                .replace("1", "c0")
                                        + " ")));
        all.add(new Repeated(
                "quoted-printable",
                n -> "Content-Transfer-Encoding: quoted-printable\r\n" + PLAIN + repeated("", "=C3=A9=\r\n", n)));
        all.add(new Repeated(
                "quoted-printable blanks",
                n -> "Content-Transfer-Encoding: quoted-printable\r\n" + PLAIN + repeated("", " \t", n)));
        all.add(new Repeated(
                "base64 padding", n -> "Content-Transfer-Encoding: base64\r\n" + PLAIN + repeated("", "YQ==", n)));
        all.add(new Repeated(
                "broken utf-8",
                n -> "Content-Transfer-Encoding: base64\r\n" + PLAIN
                        + Base64.getMimeEncoder()
                                .encodeToString(
                                        "\u00C3\u0028\u00E9a".repeat(n / 8).getBytes(StandardCharsets.ISO_8859_1))));
        all.add(new Repeated(
                "escapes of iso-2022-jp",
                n -> "Content-Type: text/plain; charset=iso-2022-jp\r\n\r\n" + repeated("", "\u001B$B\u001B(B", n)));
        all.add(new Repeated(
                "utf-7", n -> "Content-Type: text/plain; charset=utf-7\r\n\r\n" + repeated("", "+AGE-", n)));
    }

    private static void html(List<Repeated> all) {
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
            all.add(new Repeated("HTML of " + escaped(piece), n -> HTML + repeated("<p>", piece, n)));
        }
        all.add(new Repeated("HTML attributes", n -> HTML + "<a " + repeated("", "b='c' ", n)));
        all.add(new Repeated("HTML and a title's end", n -> HTML + repeated("", "<title></b>", n) + "</title>"));
        all.add(new Repeated("HTML and a comment's end", n -> HTML + repeated("", "<!--", n) + "-->"));
        all.add(new Repeated(
                "HTML's own charsets",
                n -> "Content-Type: text/html\r\n\r\n" + repeated("\u00E9", "<meta charset=", n)));
    }

    private static void headerFields(List<Repeated> all) {
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
                "=?utf-8?b?S?= ",
                "=?utf-8?b?S8O?=\r\n ",
                "=?iso-2022-jp?b?GyRCMg==?= ",
                "=?utf-16?b?/v8AYQ==?= ",
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
            all.add(new Repeated("Subject of " + escaped(piece), n -> field("Subject", repeated("", piece, n))));
        }
        all.add(new Repeated(
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
                "a . ",
                "a@xn--a,",
                "(a@b)",
                "=?utf-8?q?a?= <a@b>, ")) {
            all.add(new Repeated("From of " + escaped(piece), n -> field("From", repeated("", piece, n))));
        }
        for (String piece : List.of("<a@b>", "<a", "<\"", "<\\\"", "<\"a\"@b>", "<a@b> ", "(<", ">", "@", "<a@b><")) {
            all.add(new Repeated("References of " + escaped(piece), n -> field("References", repeated("", piece, n))));
        }
        all.add(new Repeated(
                "distinct References",
                n -> field("References", numbered(n / 12, number -> "<" + number + "@b.example>\r\n "))));
        for (String piece :
                List.of("1 ", "1 Jan ", "Mon, 1 Jan 2001 ", "(", "1:", "1.1", "GMT+1 ", "12:00:00 ", "+0000 ")) {
            all.add(new Repeated("Date of " + escaped(piece), n -> field("Date", repeated("", piece, n))));
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
            all.add(new Repeated(
                    "Content-Type of " + escaped(piece),
                    n -> field("Content-Type", "text/plain" + repeated("", piece, n))));
        }
        all.add(new Repeated(
                "parameters in sections",
                n -> field("Content-Disposition", "attachment" + numbered(n / 12, number -> "; a" + number + "*0=b"))));
        all.add(new Repeated(
                "sections of a parameter",
                n -> field(
                        "Content-Disposition",
                        "attachment" + numbered(n / 20, number -> "; filename*" + number + "*=%41"))));
        all.add(new Repeated("many fields", n -> repeated("", "A: b\r\n", n) + "\r\na"));
        all.add(new Repeated("distinct fields", n -> numbered(n / 10, number -> "A" + number + ": b\r\n") + "\r\na"));
        all.add(new Repeated("many dates", n -> repeated("", "Date: 1 Jan\r\n", n) + "\r\na"));
        all.add(new Repeated("many Subjects", n -> repeated("", "Subject: re: a\r\n", n) + "\r\na"));
        all.add(new Repeated("lines that are no fields", n -> repeated("", "a b\r\n", n) + "\r\na"));
        all.add(new Repeated("a long name of a field", n -> repeated("", "a", n) + ": b\r\n\r\na"));
        all.add(new Repeated("colons", n -> repeated("", ":\r\n", n) + "\r\na"));
    }

    private static void structures(List<Repeated> all) {
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
            all.add(new Repeated("multipart of " + escaped(piece), n -> MULTIPART + repeated("", piece, n)));
        }
        for (String piece : List.of(
                "--a\r\nA: b\r\n",
                "--a\r\n b\r\n",
                "--a: b\r\n",
                "--a\r\n\r\n",
                "--a\r\nContent-Type: multipart/mixed\r\n\r\n")) {
            all.add(new Repeated(
                    "no boundary and " + escaped(piece),
                    n -> "Content-Type: multipart/mixed\r\n\r\n" + repeated("", piece, n)));
        }
        all.add(new Repeated(
                "multiparts without boundaries",
                n -> MULTIPART + repeated("", "--b\r\nContent-Type: multipart/mixed\r\n\r\n", n)));
        all.add(new Repeated(
                "multiparts in each other",
                n -> repeated("", "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n", n)));
        all.add(new Repeated("messages in each other", n -> repeated("", "Content-Type: message/rfc822\r\n\r\n", n)));
        all.add(new Repeated(
                "a header as text",
                n -> "Content-Type: text/rfc822-headers\r\n\r\n" + repeated("", "a:\r\n b\r\n", n)));
        all.add(new Repeated(
                "a folded calendar", n -> "Content-Type: text/calendar\r\n\r\n" + repeated("", "a\r\n b", n)));
        all.add(new Repeated(
                "flowed lines",
                n -> "Content-Type: text/plain; format=flowed; delsp=yes\r\n\r\n" + repeated("", "> a \n>> b \n", n)));
        all.add(new Repeated("uuencoded files", n -> PLAIN + repeated("", "begin 644 a.txt\r\n#86%A\r\nend\r\n", n)));
        all.add(new Repeated("a long boundary", n -> {
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
