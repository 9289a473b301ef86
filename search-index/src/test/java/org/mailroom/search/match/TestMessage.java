/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.match;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mailroom.search.match.MessageMetadata.Flags;
import org.mailroom.search.query.MailKey.SystemFlag;
import org.mailroom.search.text.HeaderField;
import org.mailroom.search.text.MessageText;

/** A message put together by hand; every change makes another one. */
record TestMessage(MessageMetadata metadata, MessageText text) implements MessageView {
    static final TestMessage EMPTY = new TestMessage(
            new MessageMetadata(
                    7, 100, Instant.parse("2024-05-10T12:00:00Z"), Optional.empty(), 4000, Flags.NONE, "M1", "T1"),
            new MessageText(List.of(), List.of(), Optional.empty(), true));

    static TestMessage withHeader(String name, String value) {
        return EMPTY.header(name, value);
    }

    static TestMessage withBody(String... texts) {
        return new TestMessage(EMPTY.metadata, new MessageText(List.of(), List.of(texts), Optional.empty(), true));
    }

    TestMessage header(String name, String value) {
        List<HeaderField> header = new ArrayList<>(text.header());
        header.add(new HeaderField(name, value));
        return new TestMessage(metadata, new MessageText(header, text.body(), text.sentDate(), true));
    }

    TestMessage sent(String date) {
        return new TestMessage(
                metadata, new MessageText(text.header(), text.body(), Optional.of(LocalDate.parse(date)), true));
    }

    TestMessage flags(Set<SystemFlag> system, String... keywords) {
        return new TestMessage(
                new MessageMetadata(
                        metadata.uid(),
                        metadata.modSeq(),
                        metadata.internalDate(),
                        metadata.saveDate(),
                        metadata.size(),
                        new Flags(system, Set.of(keywords)),
                        metadata.emailId(),
                        metadata.threadId()),
                text);
    }

    TestMessage dates(String internalDate, Optional<String> saveDate) {
        return new TestMessage(
                new MessageMetadata(
                        metadata.uid(),
                        metadata.modSeq(),
                        Instant.parse(internalDate),
                        saveDate.map(Instant::parse),
                        metadata.size(),
                        metadata.flags(),
                        metadata.emailId(),
                        metadata.threadId()),
                text);
    }
}
