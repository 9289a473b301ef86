/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mailroom.server.harness.ImapConnection;
import org.mailroom.server.harness.ImapReply;
import org.mailroom.server.harness.JamesProcess;
import org.mailroom.server.harness.Webadmin;
import org.mailroom.server.trial.Trial;

/** Twenty rules over a large mailbox, and what a plan with them costs beside the same searches asked by a client. */
final class TwentyRules {
    private static final int ROUNDS = 7;

    private static final List<String> CONDITIONS = List.of(
            "SUBJECT patch",
            "SUBJECT atch BODY glibc",
            "BODY kernel NOT SUBJECT patch",
            "OR SUBJECT mmap SUBJECT ioctl",
            "FROM colomar",
            "FROM \"mtk.manpages@gmail.com\" UNFLAGGED",
            "FLAGGED SUBJECT invoice",
            "KEYWORD Work",
            "OLDER 7776000 UNFLAGGED BODY unsubscribe",
            "LARGER 20000",
            "SMALLER 2000",
            "HEADER List-Id \"linux\"",
            "HEADER List-Unsubscribe \"\"",
            "SENTSINCE 1-Jan-2020 SENTBEFORE 1-Jul-2021",
            "TEXT \"man pages\"",
            "BODY \"mailing list\"",
            "TO linux-man CC gmail",
            "SUBJECT nothing-like-it",
            "NOT SUBJECT patch NOT SUBJECT bug BODY license",
            "OR (FROM colomar SUBJECT patch) (FROM kerrisk BODY wfix)");

    private TwentyRules() {}

    /** Gives them to a server that is not started yet, for a mailbox. */
    static void write(Path james, String mailbox) throws IOException {
        StringBuilder xml = new StringBuilder("<folder-rules>\n");
        for (int i = 0; i < CONDITIONS.size(); i++) {
            xml.append("<rule name=\"rule ").append(i).append("\" on=\"demand\"><folder>");
            xml.append(mailbox)
                    .append("</folder><when>")
                    .append(CONDITIONS.get(i))
                    .append("</when>");
            xml.append("<actions><addFlag>$Found").append(i).append("</addFlag></actions></rule>\n");
        }
        Files.createDirectories(james.resolve("conf"));
        Files.writeString(
                james.resolve("conf").resolve("folder-rules.xml"),
                xml.append("</folder-rules>\n").toString());
    }

    /** Asserts that plan and searches find the same, and prints what they cost: in turns, so that both are as warm. */
    static void measure(JamesProcess james, ImapConnection imap) throws IOException {
        Webadmin webadmin = new Webadmin(james.ports().webadmin());
        List<Double> plans = new ArrayList<>();
        List<Double> searches = new ArrayList<>();
        long matches = 0;
        for (int round = 0; round < ROUNDS; round++) {
            List<ImapReply> replies = new ArrayList<>();
            long start = System.nanoTime();
            for (String condition : CONDITIONS) {
                replies.add(imap.command("UID SEARCH " + condition).orFail());
            }
            long between = System.nanoTime();
            JsonNode plan = webadmin.post("/folderRules/plans", "{\"users\":[\"" + Trial.ALICE + "\"]}")
                    .json();
            plans.add((System.nanoTime() - between) / 1e6);
            searches.add((between - start) / 1e6);
            List<Long> found =
                    replies.stream().map(reply -> (long) reply.found().size()).toList();
            List<Long> planned = new ArrayList<>();
            plan.get("rules").forEach(rule -> planned.add(rule.get("messages").asLong()));
            assertThat(planned).isEqualTo(found);
            matches = found.stream().mapToLong(Long::longValue).sum();
        }
        System.out.printf(
                Locale.ROOT,
                "plan with %d rules (%,d matches): first %.0f ms, median %.0f ms; their searches over IMAP: first %.0f ms, median"
                        + " %.0f ms; plan / searches %.2f%n",
                CONDITIONS.size(),
                matches,
                plans.get(0),
                median(plans),
                searches.get(0),
                median(searches),
                median(plans) / median(searches));
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
