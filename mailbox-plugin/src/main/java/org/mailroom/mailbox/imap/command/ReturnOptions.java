/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.command;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * Says what a search shall return: the result options of RFC 4731, RFC 5182 (SAVE), RFC 5267 (UPDATE), RFC 6203
 * (RELEVANCY) and RFC 9394 (PARTIAL). Immutable.
 *
 * @param options the options without argument; empty for a plain SEARCH
 * @param partial the range of PARTIAL, where it was asked for
 */
public record ReturnOptions(Set<Option> options, Optional<PartialRange> partial) {

    /** A result option without argument. */
    public enum Option {
        MIN,
        MAX,
        COUNT,
        ALL,
        RELEVANCY,
        SAVE,
        /** The client wants to hear what changes in the result (RFC 5267 section 4.3). */
        UPDATE
    }

    /** A SEARCH without RETURN. */
    static final ReturnOptions PLAIN = new ReturnOptions(Set.of(), Optional.empty());

    public ReturnOptions {
        options = Set.copyOf(options);
        if (partial.isPresent() && options.contains(Option.ALL)) {
            throw new IllegalArgumentException("PARTIAL and ALL exclude each other (RFC 9394 section 3.1)");
        }
    }

    static ReturnOptions of(Option... options) {
        EnumSet<Option> set = EnumSet.noneOf(Option.class);
        set.addAll(Set.of(options));
        return new ReturnOptions(set, Optional.empty());
    }

    public boolean has(Option option) {
        return options.contains(option);
    }

    /** Whether the result becomes {@code $}. */
    public boolean saves() {
        return has(Option.SAVE);
    }

    /** Whether the client gets updates of the result. */
    public boolean updates() {
        return has(Option.UPDATE);
    }

    /** Whether the answer is a plain SEARCH response. */
    public boolean plain() {
        return options.isEmpty() && partial.isEmpty();
    }

    /**
     * Whether the client sees a response: SAVE alone asks for none (RFC 5182 section 2.1). UPDATE alone asks for one
     * without items: it says nothing of what is found, and the list of options is not empty, which would mean ALL (RFC
     * 5267 section 4.3, RFC 4731 section 3.1).
     */
    public boolean answers() {
        return plain() || partial.isPresent() || options.stream().anyMatch(option -> option != Option.SAVE);
    }

    /**
     * Which of {@code found} the options speak of: {@code $} becomes them (RFC 5182 section 2.1, RFC 9394 section 3.2),
     * and MODSEQ is the highest of theirs (RFC 4731 section 3.2). Without an order: MIN, MAX and PARTIAL mean that of
     * {@code found}, which SORT chooses (RFC 5267 section 3.1).
     */
    public long[] referredTo(long[] found) {
        boolean part = partial.isPresent() || has(Option.MIN) || has(Option.MAX);
        if (!part || has(Option.ALL) || has(Option.COUNT) || found.length == 0) {
            return found;
        }
        LongStream numbers =
                partial.map(range -> Arrays.stream(range.of(found))).orElseGet(LongStream::empty);
        if (has(Option.MIN)) {
            numbers = LongStream.concat(LongStream.of(found[0]), numbers);
        }
        if (has(Option.MAX)) {
            numbers = LongStream.concat(numbers, LongStream.of(found[found.length - 1]));
        }
        return numbers.distinct().toArray();
    }
}
