/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.benchmark;

import java.util.Arrays;
import java.util.Optional;
import org.mailroom.server.harness.ImapReply;

/**
 * A question that many clients ask.
 *
 * @param text as a client sends it
 * @param right the uids of the right answer, in its order; nothing where that is not known
 */
record LoadQuestion(String text, LoadClient.Command command, Optional<long[]> right) {
    static LoadQuestion of(Question question) {
        return new LoadQuestion(
                question.text(),
                question.kind() == Question.Kind.SORT ? LoadClient.Command.SORT : LoadClient.Command.SEARCH,
                Optional.empty());
    }

    static LoadQuestion of(Expected expected) {
        LoadQuestion question = of(expected.question());
        return new LoadQuestion(
                question.text(), question.command(), Optional.of(uids(expected.response(), Long.MAX_VALUE)));
    }

    /** Whether that is the right answer, but for messages that came after {@code loaded} others. */
    boolean isAnswered(ImapReply reply, long loaded) {
        if (right.isEmpty()) {
            return true;
        }
        String said = String.join(" ", reply.named(command.name()));
        long[] uids = uids(said, loaded);
        if (command == LoadClient.Command.SEARCH) {
            Arrays.sort(uids);
        }
        return Arrays.equals(uids, right.get());
    }

    /** The numbers up to {@code most} in a text. */
    private static long[] uids(String text, long most) {
        long[] uids = new long[text.length() / 2 + 1];
        int count = 0;
        long number = -1;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : ' ';
            if (c >= '0' && c <= '9') {
                number = Math.max(number, 0) * 10 + c - '0';
            } else if (number >= 0) {
                if (number <= most) {
                    uids[count++] = number;
                }
                number = -1;
            }
        }
        return Arrays.copyOf(uids, count);
    }
}
