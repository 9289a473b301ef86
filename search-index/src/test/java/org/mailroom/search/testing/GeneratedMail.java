/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.testing;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.AbstractList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Mail like that of mailing lists and offices, for those who have no real mail at hand: threads with quoted answers, a few
 * people who write much and many who write little, signatures, list footers, HTML alternatives, attachments, code, paths,
 * and a header that is as long as the text. {@link GeneratedText} makes the words. A message depends on its number and the
 * seed alone, so everybody gets the same mail.
 */
public final class GeneratedMail {
    private static final long SEED = 6;
    private static final ZonedDateTime FIRST = ZonedDateTime.of(2015, 1, 1, 6, 0, 0, 0, ZoneOffset.UTC);
    private static final int MINUTES_BETWEEN = 61;
    /** So many threads go on at the same time, and have so many messages each. */
    private static final int THREADS = 8;

    private static final int MESSAGES_OF_THREAD = 5;
    private static final int PEOPLE = 900;
    private static final int HTML_EVERY = 6;
    private static final int ATTACHMENT_EVERY = 15;
    private static final int ACCENTS_EVERY = 8;
    private static final String BOUNDARY = "=_part_4711";

    private final int number;
    private final Random random;
    private final GeneratedText text;
    private final StringBuilder out = new StringBuilder();

    private GeneratedMail(int number) {
        this.number = number;
        this.random = random("message", number);
        this.text = new GeneratedText(random, number % ACCENTS_EVERY == 0);
    }

    private static Random random(String what, int number) {
        return new Random(SEED * 1_000_003L + 31L * number + what.hashCode() * 1_000_000_007L);
    }

    /** So many messages, the same each time. */
    public static Stream<RawMessage> messages(int number) {
        System.out.printf(Locale.ROOT, "%,d generated messages, seed %d%n", number, SEED);
        return list(number).stream();
    }

    /** The same as a list, whose messages are made when they are asked for. */
    public static List<RawMessage> list(int number) {
        return new AbstractList<>() {
            @Override
            public RawMessage get(int index) {
                return message(index);
            }

            @Override
            public int size() {
                return number;
            }
        };
    }

    private static RawMessage message(int number) {
        String lines = new GeneratedMail(number).write();
        return new RawMessage("generated#" + number, lines.getBytes(StandardCharsets.UTF_8));
    }

    private String write() {
        int thread = number / (THREADS * MESSAGES_OF_THREAD) * THREADS + number % THREADS;
        int place = number / THREADS % MESSAGES_OF_THREAD;
        header(thread, place);
        boolean html = number % HTML_EVERY == 1;
        boolean attachment = number % ATTACHMENT_EVERY == 2;
        String body = body(place);
        if (!html && !attachment) {
            line("Content-Type: text/plain; charset=utf-8")
                    .line("Content-Transfer-Encoding: 8bit")
                    .line("")
                    .line(body);
            return out.toString();
        }
        line("Content-Type: multipart/" + (html ? "alternative" : "mixed") + "; boundary=\"" + BOUNDARY + "\"")
                .line("");
        part("text/plain; charset=utf-8", "8bit", body);
        if (html) {
            part("text/html; charset=utf-8", "8bit", html(body));
        }
        if (attachment) {
            byte[] octets = new byte[5_000 + random.nextInt(15_000)];
            random.nextBytes(octets);
            String name = text.word() + "-" + number + ".pdf";
            part(
                    "application/pdf; name=\"" + name + "\"\r\nContent-Disposition: attachment; filename=\"" + name
                            + "\"",
                    "base64",
                    Base64.getMimeEncoder().encodeToString(octets));
        }
        line("--" + BOUNDARY + "--");
        return out.toString();
    }

    private GeneratedMail line(String line) {
        out.append(line).append("\r\n");
        return this;
    }

    private void part(String type, String encoding, String content) {
        line("--" + BOUNDARY)
                .line("Content-Type: " + type)
                .line("Content-Transfer-Encoding: " + encoding)
                .line("")
                .line(content);
    }

    private void header(int thread, int place) {
        Person from = Person.numbered(author());
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(date());
        for (int hop = 3; hop > 0; hop--) {
            line("Received: from mx" + hop + "." + from.host() + " (mx" + hop + "." + from.host() + " [192.0.2."
                    + random.nextInt(256) + "])\r\n\tby mail" + hop + ".lists.example with ESMTPS id "
                    + Long.toHexString(random.nextLong()) + "\r\n\tfor <list@lists.example>; " + date);
        }
        byte[] signature = new byte[192];
        random.nextBytes(signature);
        line("DKIM-Signature: v=1; a=rsa-sha256; d=" + from.host() + "; s=mail; h=from:to:subject:date;\r\n\tb="
                + Base64.getMimeEncoder(72, "\r\n\t ".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(signature));
        line("Message-ID: " + id(number));
        if (place > 0) {
            line("In-Reply-To: " + id(number - THREADS));
            StringBuilder references = new StringBuilder("References:");
            for (int before = place; before > 0; before--) {
                references.append("\r\n ").append(id(number - before * THREADS));
            }
            line(references.toString());
        }
        line("Date: " + date);
        line("From: " + from.field());
        line("To: list@lists.example"
                + (place > 1 ? ", " + Person.numbered(author()).field() : ""));
        if (random.nextInt(4) == 0) {
            line("Cc: " + Person.numbered(author()).field());
        }
        line("Subject: " + (place > 0 ? "Re: " : "") + GeneratedText.encoded(subject(thread)));
        line("List-Id: <list.lists.example>").line("User-Agent: Generated/" + (1 + from.number() % 7) + ".0");
        line("MIME-Version: 1.0");
    }

    private ZonedDateTime date() {
        return FIRST.plusMinutes((long) number * MINUTES_BETWEEN);
    }

    private static String id(int number) {
        return "<" + Long.toHexString(random("id", number).nextLong()) + "." + number + "@mail.example>";
    }

    private static String subject(int thread) {
        Random random = random("subject", thread);
        GeneratedText words = new GeneratedText(random, thread % ACCENTS_EVERY == 0);
        String topic = random.nextInt(4) == 0 ? "[" + words.word() + "] " : "";
        return topic + words.words(2 + random.nextInt(5));
    }

    /** Few people write much. */
    private int author() {
        return (int) Math.exp(random.nextDouble() * Math.log(PEOPLE)) - 1;
    }

    private String body(int place) {
        StringBuilder body = new StringBuilder();
        if (place > 0) {
            String answered = new GeneratedText(random("message", number - THREADS), false).paragraph(60);
            body.append("On ")
                    .append(DateTimeFormatter.ISO_LOCAL_DATE.format(date()))
                    .append(" somebody wrote:\r\n> ");
            body.append(answered.replace("\r\n", "\r\n> ")).append("\r\n\r\n");
        }
        // half of the messages are shorter than this, a few are twenty times as long
        double words = 180 * Math.exp(random.nextGaussian());
        for (double left = Math.min(words, 4_000); left > 0; left -= 60) {
            body.append(text.paragraph(60)).append("\r\n\r\n");
            if (random.nextInt(8) == 0) {
                body.append(text.code());
            }
        }
        Person author = Person.numbered(author());
        body.append("-- \r\n")
                .append(author.name())
                .append(", ")
                .append(author.host())
                .append("\r\n");
        if (random.nextInt(3) > 0) {
            body.append("_______________________________________________\r\nThis mailing list is for questions; see")
                    .append("\r\nhttps://lists.example/listinfo/list to leave it\r\n");
        }
        return body.toString();
    }

    private static String html(String body) {
        return "<html><head><style>p { margin: 1em }</style></head><body><p>"
                + body.replace("&", "&amp;").replace("<", "&lt;").replace("\r\n\r\n", "</p>\r\n<p>")
                + "</p></body></html>";
    }

    /** Somebody who writes. */
    private record Person(int number, String name, String host) {
        static Person numbered(int number) {
            GeneratedText words = new GeneratedText(random("person", number), number % ACCENTS_EVERY == 0);
            return new Person(
                    number, words.name() + " " + words.name(), GeneratedText.plain(words.name()) + ".example");
        }

        String field() {
            String local = GeneratedText.plain(name.replace(' ', '.'));
            return GeneratedText.encoded(name) + " <" + local + "@" + host + ">";
        }
    }
}
