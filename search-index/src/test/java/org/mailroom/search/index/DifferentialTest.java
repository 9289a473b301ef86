/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailroom.search.match.MessageMatch;
import org.mailroom.search.match.MessageMetadata;
import org.mailroom.search.match.MessageView;
import org.mailroom.search.match.NormalisedText;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.testing.Corpus;
import org.mailroom.search.testing.RandomRun;
import org.mailroom.search.testing.RawMessage;
import org.mailroom.search.text.MessageText;
import org.mailroom.search.text.MessageTextReader;
import org.mailroom.search.text.TextLimits;

/**
 * For real mail and random keys drawn from it, the index gives the messages that match one by one: nothing missing,
 * nothing extra.
 */
class DifferentialTest {
    private static final int KEYS = RandomRun.rounds(200, 6_000);
    private static final String MAILBOX = "1";

    @TempDir
    Path directory;

    /** Some mail, how it is read, and how many keys are tried on it. */
    record Mail(String name, List<RawMessage> messages, TextLimits limits, int keys) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Mail> mail() {
        List<RawMessage> own = Corpus.own().toList();
        List<Mail> mail = new ArrayList<>();
        mail.add(new Mail("own", own, TextLimits.DEFAULT, KEYS));
        mail.add(new Mail("own, past the limits", own, FEW, KEYS / 3));
        mail.add(new Mail("tricky", Corpus.tricky().toList(), TextLimits.DEFAULT, KEYS));
        mail.add(new Mail("spamassassin", Corpus.spamassassin().toList(), TextLimits.DEFAULT, KEYS));
        mail.add(new Mail("linux-man", Corpus.linuxMan().toList(), TextLimits.DEFAULT, KEYS));
        return mail.stream();
    }

    /** So little that many messages reach a limit. */
    private static final TextLimits FEW = new TextLimits(300, 600);

    @ParameterizedTest
    @MethodSource("mail")
    void indexAnswersWhatMatchAnswers(Mail mail) throws IOException {
        assumeThat(mail.messages())
                .as("messages of " + mail
                        + ", which are in the corpus; the system property mailroom.corpus names its directory")
                .isNotEmpty();
        long seed = RandomRun.seed();
        Random random = new Random(seed);
        List<View> views = read(mail, random);
        try (UserIndexes indexes = new UserIndexes(directory, IndexSettings.DEFAULT);
                UserIndexes.Lease lease = indexes.lease("bob")) {
            fill(lease.index(), mail, views, random);
            KeysFromMail keys = new KeysFromMail(random, views);
            Instant now = Instant.now();
            List<SearchKey> drawn =
                    Stream.generate(keys::next).limit(mail.keys()).toList();
            List<long[]> expected = expected(drawn, views, now);
            for (int i = 0; i < drawn.size(); i++) {
                long[] found = lease.index()
                        .search(MAILBOX, drawn.get(i), now, uid -> Optional.of(views.get((int) uid - 1)))
                        .uids();
                assertThat(found)
                        .as("%s in %s, seed %d", drawn.get(i), mail, seed)
                        .isEqualTo(expected.get(i));
            }
        }
    }

    /** A message as {@code match} sees it, all of its text, and as the index does, within the limits. */
    record View(MessageMetadata metadata, MessageText text, MessageText indexed) implements MessageView {}

    private static List<View> read(Mail mail, Random random) throws IOException {
        MessageTextReader whole = new MessageTextReader();
        MessageTextReader limited = new MessageTextReader(mail.limits());
        List<View> views = new ArrayList<>();
        for (RawMessage message : mail.messages()) {
            long uid = views.size() + 1L;
            MessageMetadata metadata = KeysFromMail.metadata(random, uid, message.octets().length);
            views.add(new View(metadata, whole.read(message.stream()), limited.read(message.stream())));
        }
        return views;
    }

    /** In several segments, with flags changed and messages removed and added again on the way. */
    private static void fill(UserIndex index, Mail mail, List<View> views, Random random) throws IOException {
        for (View view : views) {
            MessageMetadata metadata = view.metadata();
            MessageMetadata before = KeysFromMail.metadata(random, metadata.uid(), metadata.size());
            boolean changed = random.nextInt(4) == 0;
            boolean replaced = random.nextInt(20) == 0;
            MessageMetadata first = new MessageMetadata(
                    metadata.uid(),
                    changed ? before.modSeq() : metadata.modSeq(),
                    metadata.internalDate(),
                    metadata.saveDate(),
                    metadata.size(),
                    changed ? before.flags() : metadata.flags(),
                    metadata.emailId(),
                    metadata.threadId());
            index.add(MAILBOX, first, replaced ? views.get(0).indexed() : view.indexed());
            if (random.nextInt(Math.max(2, views.size() / 12)) == 0) {
                assertThat(index.count(MAILBOX)).isEqualTo((int) metadata.uid());
            }
            if (replaced) {
                index.add(MAILBOX, first, view.indexed());
            }
            if (changed) {
                index.updateFlags(
                        MAILBOX,
                        List.of(new UserIndex.FlagsUpdate(metadata.uid(), metadata.flags(), metadata.modSeq())));
            }
        }
        index.add("other", views.get(0).metadata(), views.get(0).indexed());
    }

    /** Message by message, so that a message's text is normalised once. */
    private static List<long[]> expected(List<SearchKey> keys, List<View> views, Instant now) {
        List<MessageMatch> matches = keys.stream().map(MessageMatch::of).toList();
        List<LongStream.Builder> uids =
                keys.stream().map(key -> LongStream.builder()).toList();
        List<boolean[]> answers = views.parallelStream()
                .map(view -> {
                    NormalisedText text = new NormalisedText(view);
                    boolean[] answer = new boolean[matches.size()];
                    for (int i = 0; i < answer.length; i++) {
                        answer[i] = matches.get(i).matches(text, now);
                    }
                    return answer;
                })
                .toList();
        for (int at = 0; at < views.size(); at++) {
            boolean[] answer = answers.get(at);
            long uid = views.get(at).metadata().uid();
            IntStream.range(0, answer.length).filter(i -> answer[i]).forEach(i -> uids.get(i)
                    .add(uid));
        }
        return uids.stream().map(builder -> builder.build().toArray()).toList();
    }
}
