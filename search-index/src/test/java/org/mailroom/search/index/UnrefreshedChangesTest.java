/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.mailroom.search.match.MessageMetadata;
import org.mailroom.search.match.MessageMetadata.Flags;
import org.mailroom.search.text.MessageText;

class UnrefreshedChangesTest {
    private static final String MAILBOX = "1";

    private final UnrefreshedChanges latest = new UnrefreshedChanges();

    @Test
    void anOlderChangeDoesNotTakeThePlaceOfANewer() {
        assertThat(latest.removed(8, MAILBOX, 1)).isTrue();
        assertThat(add(7, 1, text("older"))).isTrue();
        assertThat(held()).containsExactly(Optional.empty());
        assertThat(add(9, 1, text("newer"))).isTrue();
        assertThat(held()).containsExactly(Optional.of(text("newer")));
    }

    @Test
    void whatTheReaderHasIsNotHeld() {
        add(7, 1, text("one"));
        add(8, 2, text("two"));
        latest.forget(7);
        assertThat(held()).containsExactly(Optional.of(text("two")));
        assertThat(add(7, 1, text("one"))).isTrue();
        latest.forget(8);
        assertThat(latest.isEmpty()).isTrue();
    }

    @Test
    void whatMustBeReadAgainIsNotHeld() {
        assertThat(add(1, 1, new MessageText(List.of(), List.of("begun"), Optional.empty(), false)))
                .isFalse();
        assertThat(latest.isEmpty()).isTrue();
    }

    @Test
    void fewMessagesAreHeld() {
        long[] uids = LongStream.rangeClosed(1, UnrefreshedChanges.MOST).toArray();
        assertThat(latest.removed(1, MAILBOX, uids)).isTrue();
        assertThat(add(2, UnrefreshedChanges.MOST + 1, text("one more"))).isFalse();
        assertThat(add(3, 1, text("instead"))).isTrue();
        latest.forget(3);
        assertThat(add(4, UnrefreshedChanges.MOST + 1, text("one more"))).isTrue();
    }

    @Test
    void notMuchTextIsHeld() {
        MessageText half = text("x".repeat(UnrefreshedChanges.MAX_CHARACTERS / 2));
        assertThat(add(1, 1, half)).isTrue();
        assertThat(add(2, 2, half)).isTrue();
        assertThat(add(3, 3, text("one more"))).isFalse();
        assertThat(add(4, 2, text("instead"))).isTrue();
        assertThat(add(5, 3, text("one more"))).isTrue();
        latest.forget(1);
        assertThat(add(6, 4, half)).isTrue();
    }

    private boolean add(long change, long uid, MessageText text) {
        return latest.added(
                change,
                MAILBOX,
                new MessageMetadata(uid, 1, Instant.EPOCH, Optional.empty(), 1, Flags.NONE, "e", "t"),
                text);
    }

    private static MessageText text(String body) {
        return new MessageText(List.of(), List.of(body), Optional.empty(), true);
    }

    /** The texts of those that are held; nothing for a message that was removed. */
    private List<Optional<MessageText>> held() {
        return latest.of(MAILBOX).messages().values().stream()
                .map(message -> message.map(is -> is.text()))
                .toList();
    }
}
