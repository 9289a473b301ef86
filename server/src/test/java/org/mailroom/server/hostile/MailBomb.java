/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.hostile;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;

/**
 * A message that costs a careless reader more than its size: time that grows with its square, a stack as deep as its
 * parts, or many times its octets of heap.
 *
 * @param name what is in it, as one word; each bomb has its own
 * @param octets the whole message
 */
record MailBomb(String name, byte[] octets) {
    private static final String CRLF = "\r\n";
    private static final int LINE = 76;

    /** RFC 5321 section 4.5.3.1.6, without the line end. */
    private static final int MAX_LINE = 998;

    /** Stands in the body of each bomb, as near to its end as can be. */
    String word() {
        return "needle" + name;
    }

    /** One of each kind. */
    static List<IntFunction<MailBomb>> kinds() {
        return List.of(
                scale -> text("marks", "a" + "\u0301\u0327".repeat(scale / 10)),
                scale -> text("signs", "@".repeat(scale * 4 / 5)),
                scale -> multiparts(scale / 300),
                scale -> messages(scale / 40),
                scale -> parts(scale / 10),
                scale -> header(scale * 10),
                scale -> unbroken(scale * 20),
                scale -> text("words", words(new Random(scale), scale * 8)),
                scale -> html(scale),
                scale -> encodedWords(scale / 10),
                scale -> references(scale / 20),
                scale -> folded("identifier", "Message-ID: <", "filler", scale / 8),
                scale -> folded("senders", "From: ", "@".repeat(LINE), scale / LINE),
                scale -> base64(scale * 8));
    }

    private static MailBomb plain(String name, String fields, String body) {
        return new MailBomb(name, octets("Subject: bomb " + name + CRLF + fields + CRLF + body + CRLF + needle(name)));
    }

    private static MailBomb text(String name, String text) {
        return plain(name, "Content-Type: text/plain; charset=utf-8" + CRLF, text);
    }

    private static String needle(String name) {
        return "needle" + name + CRLF;
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Multiparts inside each other. */
    private static MailBomb multiparts(int depth) {
        StringBuilder mail = new StringBuilder("Subject: bomb multiparts" + CRLF);
        for (int i = 0; i < depth; i++) {
            mail.append("Content-Type: multipart/mixed; boundary=b" + i + CRLF + CRLF + "--b" + i + CRLF);
        }
        return new MailBomb("multiparts", octets(mail + CRLF + needle("multiparts")));
    }

    /** Messages inside each other. */
    private static MailBomb messages(int depth) {
        return new MailBomb(
                "messages",
                octets("Subject: bomb messages" + CRLF + ("Content-Type: message/rfc822" + CRLF + CRLF).repeat(depth)
                        + CRLF + needle("messages")));
    }

    /** Parts beside each other, the last with the word. */
    private static MailBomb parts(int number) {
        return plain(
                "parts",
                "Content-Type: multipart/mixed; boundary=b" + CRLF,
                ("--b" + CRLF + CRLF + "x" + CRLF).repeat(number) + "--b" + CRLF);
    }

    private static MailBomb header(int octets) {
        return folded("header", "X-Filler: ", "filler", octets / 9);
    }

    /** A field of so many lines. */
    private static MailBomb folded(String name, String begin, String line, int lines) {
        return plain(name, begin + (line + CRLF + " ").repeat(lines) + "end" + CRLF, "short");
    }

    /** This bomb as SMTP takes it, which has no long lines. */
    MailBomb mailable() {
        String mail = new String(octets, StandardCharsets.ISO_8859_1);
        int body = mail.indexOf(CRLF + CRLF) + 2 * CRLF.length();
        if (mail.lines().allMatch(line -> line.length() < MAX_LINE)) {
            return this;
        }
        return new MailBomb(
                name,
                octets(mail.substring(0, body - CRLF.length()) + "Content-Transfer-Encoding: base64" + CRLF + CRLF
                        + Base64.getMimeEncoder(LINE, octets(CRLF))
                                .encodeToString(Arrays.copyOfRange(octets, body, octets.length))
                        + CRLF));
    }

    private static MailBomb unbroken(int octets) {
        return text("unbroken", "abcdefghij".repeat(octets / 10));
    }

    private static String words(Random random, int octets) {
        StringBuilder words = new StringBuilder(octets + LINE);
        while (words.length() < octets) {
            words.append(Long.toString(random.nextLong() >>> 20, 36)).append(words.length() % 8 == 7 ? CRLF : " ");
        }
        return words.toString();
    }

    /** Opened and never closed, with attributes without end and entities. */
    private static MailBomb html(int tags) {
        return plain(
                "html",
                "Content-Type: text/html" + CRLF,
                "<b>".repeat(tags / 2) + "<div a=\"".repeat(3) + "\">" + "<x y>".repeat(tags / 2)
                        + "&amp".repeat(tags / 10));
    }

    private static MailBomb encodedWords(int number) {
        return plain(
                "encoded", "X-Encoded: " + ("=?utf-8?q?=C3?=" + CRLF + " ").repeat(number) + "end" + CRLF, "short");
    }

    private static MailBomb references(int number) {
        StringBuilder field = new StringBuilder("References:");
        for (int i = 0; i < number; i++) {
            field.append(CRLF + " <").append(i).append("@example.org>");
        }
        return plain("references", field + CRLF, "short");
    }

    /** Little text of many octets, in which the word stands last. */
    private static MailBomb base64(int octets) {
        ByteArrayOutputStream mail = new ByteArrayOutputStream();
        mail.writeBytes(octets("Subject: bomb base" + CRLF + "Content-Type: text/plain; charset=utf-7" + CRLF
                + "Content-Transfer-Encoding: base64" + CRLF + CRLF));
        mail.writeBytes(
                Base64.getMimeEncoder(LINE, octets(CRLF)).encode(octets("0 ".repeat(octets / 2) + needle("base"))));
        return new MailBomb("base", mail.toByteArray());
    }
}
