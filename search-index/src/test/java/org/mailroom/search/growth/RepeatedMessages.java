/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.growth;

import static org.mailroom.search.growth.Repeated.numbered;
import static org.mailroom.search.growth.Repeated.repeated;

import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/** Mailboxes whose messages belong to each other in one way very often; messages end with U+0001. */
final class RepeatedMessages {
    private static final int LENGTH = 50;

    private RepeatedMessages() {}

    static Stream<Repeated> all() {
        return Stream.of(
                new Repeated("one subject", n -> messages(n, i -> "Subject: re: a\r\n" + id(i))),
                new Repeated("distinct subjects", n -> messages(n, i -> "Subject: a" + i + "\r\n" + id(i))),
                new Repeated("one id", n -> messages(n, i -> id(1) + references(2))),
                new Repeated("a chain", n -> messages(n, i -> id(i) + references(i - 1))),
                new Repeated("a chain backwards", n -> messages(n, i -> id(i) + references(i + 1))),
                new Repeated("a star", n -> messages(n, i -> id(i) + references(0))),
                new Repeated("pairs in circles", n -> messages(n, i -> id(i) + references(i ^ 1))),
                new Repeated("a circle", n -> messages(n, i -> id(i) + references((i + 1) % (n / LENGTH)))),
                new Repeated("missing messages", n -> messages(n, i -> id(i) + references(-i, -i - 1, -i * 7 % 100))),
                new Repeated("any parents", RepeatedMessages::anyParents),
                new Repeated("one address", n -> messages(n, i -> "From: a <a@b>\r\nDate: 1 Jan 2001\r\n" + id(i))),
                new Repeated(
                        "nested forwards",
                        n -> "Subject: " + repeated("[fwd: [a] ", n / 2) + repeated("]", n / 2) + "\r\n\r\n"),
                new Repeated(
                        "forwards with trailers",
                        n -> "Subject: " + repeated("[fwd: ", n / 2) + "a" + repeated(" (fwd)]", n / 2) + "\r\n\r\n"),
                new Repeated("open blobs", n -> "Subject: " + repeated("re [", n) + "\r\n\r\n"));
    }

    private static String anyParents(int characters) {
        SplittableRandom random = new SplittableRandom(1);
        int count = Math.max(1, characters / LENGTH);
        return messages(characters, i -> id(i) + references(random.nextInt(count), random.nextInt(count)));
    }

    private static String messages(int characters, IntFunction<String> header) {
        return numbered(characters, LENGTH, i -> header.apply(i) + "\r\nx\u0001");
    }

    private static String id(int number) {
        return "Message-ID: <" + number + "@a>\r\n";
    }

    private static String references(int... numbers) {
        StringBuilder references = new StringBuilder("References:");
        for (int number : numbers) {
            references.append(" <").append(number).append("@a>");
        }
        return references.append("\r\n").toString();
    }
}
