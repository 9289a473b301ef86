/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.response;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.apache.james.imap.encode.ImapResponseWriter;
import org.apache.james.imap.encode.base.ImapResponseComposerImpl;
import org.apache.james.imap.message.Literal;
import org.junit.jupiter.api.Test;
import org.mailroom.search.order.MessageThread;

/** What is written for threads (RFC 5256 section 4), and which messages are left out. */
class NumberedThreadsTest {
    private static final LongUnaryOperator ALL = uid -> uid;

    private static MessageThread message(long uid, MessageThread... replies) {
        return new MessageThread(OptionalLong.of(uid), List.of(replies));
    }

    private static MessageThread missing(MessageThread... replies) {
        return new MessageThread(OptionalLong.empty(), List.of(replies));
    }

    private static LongUnaryOperator except(long... uids) {
        return uid -> LongStream.of(uids).anyMatch(unknown -> unknown == uid) ? 0 : uid;
    }

    private static String written(LongUnaryOperator number, MessageThread... threads) throws Exception {
        return written(NumberedThreads.of(List.of(threads), number));
    }

    private static String written(NumberedThreads threads) throws Exception {
        StringBuilder text = new StringBuilder();
        ImapResponseComposerImpl composer = new ImapResponseComposerImpl(new ImapResponseWriter() {
            @Override
            public void write(byte[] octets) {
                text.append(new String(octets, StandardCharsets.US_ASCII));
            }

            @Override
            public void write(Literal literal) {
                throw new AssertionError("no literals in THREAD");
            }
        });
        new ThreadDataEncoder().encode(new ThreadData(threads), composer);
        composer.flush();
        assertThat(text).endsWith("\r\n");
        return text.substring(0, text.length() - 2);
    }

    @Test
    void noThreadsShouldBeAnEmptyResponse() throws Exception {
        assertThat(written(ALL)).isEqualTo("* THREAD");
        assertThat(written(except(1), message(1))).isEqualTo("* THREAD");
    }

    @Test
    void singleRepliesShouldStandBehindTheirMessageAndSeveralInBrackets() throws Exception {
        assertThat(written(
                        ALL,
                        message(2),
                        message(3, message(6, message(4, message(23)), message(44, message(7, message(96)))))))
                .isEqualTo("* THREAD (2)(3 6 (4 23)(44 7 96))");
        assertThat(written(ALL, message(1, message(2, message(3), message(4)), message(5), message(6, message(7)))))
                .isEqualTo("* THREAD (1 (2 (3)(4))(5)(6 7))");
    }

    @Test
    void parentsThatAreNotThereShouldHaveNoNumber() throws Exception {
        assertThat(written(ALL, missing(message(3), message(5)))).isEqualTo("* THREAD ((3)(5))");
        assertThat(written(ALL, missing(message(3, message(4, message(9)), message(8)), message(5, message(6)))))
                .isEqualTo("* THREAD ((3 (4 9)(8))(5 6))");
    }

    @Test
    void parentsThatAreNotThereShouldStandForSeveralThreadsOnly() throws Exception {
        assertThat(written(ALL, missing(message(3)), missing(), message(4, missing(message(5), message(6)))))
                .isEqualTo("* THREAD (3)(4 (5)(6))");
        assertThat(written(ALL, missing(missing(message(1), message(2))))).isEqualTo("* THREAD ((1)(2))");
    }

    @Test
    void messagesWithoutNumberShouldGiveTheirPlaceToTheirReplies() throws Exception {
        MessageThread thread = message(1, message(2, message(3), message(4)), message(5));
        assertThat(written(except(3), thread)).isEqualTo("* THREAD (1 (2 4)(5))");
        assertThat(written(except(2), thread)).isEqualTo("* THREAD (1 (3)(4)(5))");
        assertThat(written(except(1), thread)).isEqualTo("* THREAD ((2 (3)(4))(5))");
        assertThat(written(except(1, 5), thread)).isEqualTo("* THREAD (2 (3)(4))");
        assertThat(written(except(1, 2, 5), thread, message(7))).isEqualTo("* THREAD ((3)(4))(7)");
        assertThat(written(except(1, 2, 3, 4, 5), thread, message(7))).isEqualTo("* THREAD (7)");
    }

    @Test
    void longChainsAndDeepBranchesShouldNotNeedAStack() throws Exception {
        MessageThread chain = message(100_000);
        MessageThread comb = message(300_000);
        for (int i = 99_999; i > 0; i--) {
            chain = message(i, chain);
            comb = message(i, comb, message(100_000 + i));
        }
        String line = written(ALL, chain);
        assertThat(line).startsWith("* THREAD (1 2 3 ").endsWith(" 99999 100000)");
        String branches = written(ALL, comb);
        assertThat(branches).startsWith("* THREAD (1 (2 (3 ").endsWith("(100002))(100001))");
        assertThat(branches.chars().filter(c -> c == '(').count())
                .isEqualTo(branches.chars().filter(c -> c == ')').count());
        assertThat(written(except(1, 50_000), comb)).startsWith("* THREAD ((2 (3 ");
    }
}
