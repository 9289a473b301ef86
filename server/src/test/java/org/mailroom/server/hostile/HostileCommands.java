/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.hostile;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.mailroom.search.query.RandomSearchKeys;
import org.mailroom.search.query.SearchKeyPrinter;

/** Draws what clients that mean ill, or are broken, send instead of a search. The same seed draws the same. */
final class HostileCommands {
    private static final byte[] SIGNS = "() \"{}\\\r\n0*:,$+%".getBytes(StandardCharsets.US_ASCII);

    private static final List<String> COMMANDS = List.of(
            "SEARCH ",
            "UID SEARCH ",
            "SEARCH CHARSET UTF-8 ",
            "UID SEARCH RETURN (ALL COUNT) ",
            "UID SEARCH RETURN (SAVE) ",
            "UID SEARCH RETURN (UPDATE COUNT) ",
            "UID SEARCH RETURN (PARTIAL -1:-100) ",
            "SORT (REVERSE DATE SUBJECT) UTF-8 ",
            "UID THREAD REFERENCES UTF-8 ",
            "THREAD ORDEREDSUBJECT UTF-8 ",
            "ESEARCH IN (personal) ",
            "ESEARCH IN (mailboxes (INBOX \"&AAA\")) ",
            "CANCELUPDATE ");

    /** Literals that are longer or shorter than they say, or that nobody waits for; keys without end; sets of everything. */
    private static final List<String> ARGUMENTS = List.of(
            "TEXT {10+}\r\nabc",
            "TEXT {3+}\r\nabcdefghij ALL",
            "TEXT {0+}\r\nALL",
            "TEXT {-1+}\r\nabc",
            "TEXT {4294967297+}\r\nabc",
            "TEXT {99999999999999999999+}\r\nabc",
            "TEXT {3}\r\nabc",
            "TEXT {8192+}\r\n" + "x".repeat(8_191),
            "SUBJECT {3+}\r\nabc TEXT {3",
            "SUBJECT {3+}\r\nabc {2+}\r\n\r\n\r\n",
            "NOT ".repeat(10_000) + "ALL",
            "(".repeat(30_000),
            "OR ".repeat(10_000) + "ALL",
            "OR SEEN ".repeat(1_500) + "SEEN",
            "(OR (ALL) ".repeat(100) + "ALL" + ")".repeat(100),
            "1:4294967295",
            "UID 4294967295:1,*:*,*:1",
            "UID " + "1,".repeat(25_000) + "1",
            "UID " + "1:*,".repeat(12_000) + "*",
            "TEXT \"" + "\\\\".repeat(10_000),
            "TEXT " + "\u0000\u0001\u007f".repeat(1_000),
            "TEXT a\u0301\u0327".repeat(500),
            "MODSEQ 9223372036854775807",
            "LARGER 99999999999999999999",
            "OLDER 4294967295 YOUNGER 1",
            "SINCE 31-Feb-2023",
            "SENTBEFORE 1-Jan-99999",
            "FUZZY (NOT (FUZZY (TEXT a)))",
            "HEADER \"\" \"\"",
            "$ UID $");

    private final Random random;
    private final RandomSearchKeys keys;

    HostileCommands(Random random) {
        this.random = random;
        this.keys = RandomSearchKeys.ofAllKinds(random);
    }

    /** A command, mostly with its line end, and at times only a beginning of one. */
    byte[] next() {
        String command = "x" + random.nextInt(10) + " " + oneOf(COMMANDS);
        byte[] octets = (command + arguments() + "\r\n").getBytes(StandardCharsets.UTF_8);
        if (random.nextBoolean()) {
            for (int hits = random.nextInt(4); hits > 0; hits--) {
                octets[random.nextInt(octets.length)] =
                        random.nextInt(4) == 0 ? (byte) random.nextInt(256) : SIGNS[random.nextInt(SIGNS.length)];
            }
        }
        return random.nextInt(8) == 0 ? Arrays.copyOf(octets, random.nextInt(octets.length)) : octets;
    }

    private String arguments() {
        return random.nextInt(3) == 0 ? oneOf(ARGUMENTS) : SearchKeyPrinter.print(keys.next(4));
    }

    private String oneOf(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
