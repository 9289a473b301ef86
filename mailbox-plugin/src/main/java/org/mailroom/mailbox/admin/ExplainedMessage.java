/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.admin;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Why a message is found by a search, or is not.
 *
 * @param matches whether {@code match} finds it; nothing where that depends on text past a limit
 * @param found whether the search finds it; nothing where the search was refused
 * @param agree whether both say the same
 * @param parts how the parts of its body were read
 * @param gaps why not all of its text can be looked at, by a search that reads it
 * @param notes what else keeps it from being found, or had kept it until now
 * @param explanation key by key
 */
public record ExplainedMessage(
        String mailbox,
        String mailboxId,
        long uid,
        Instant internalDate,
        long size,
        Set<String> flags,
        Optional<Boolean> matches,
        Optional<Boolean> found,
        boolean agree,
        List<Part> parts,
        List<String> gaps,
        List<String> notes,
        Key explanation) {

    /**
     * A part of a message's body.
     *
     * @param characters of its text
     * @param beginning of its text, in the form in which texts are compared
     */
    public record Part(
            String type,
            String declaredCharset,
            String charset,
            String transferEncoding,
            String fileName,
            long characters,
            String beginning,
            Optional<String> skipped) {}

    /**
     * A search key.
     *
     * @param key as it is written
     * @param matches whether {@code match} says so; nothing where that depends on text past a limit
     * @param found whether the search for this key alone finds the message; nothing where that was not asked
     * @param sought the string in the form in which it is looked for
     * @param places where it stands
     * @param nearest where the longest beginning of it stands, if it does not stand anywhere
     * @param missing what would have to follow there
     * @param actual what the message has instead
     * @param keys its operands
     */
    public record Key(
            String key,
            Optional<Boolean> matches,
            Optional<Boolean> found,
            Optional<String> sought,
            List<Place> places,
            Optional<Place> nearest,
            Optional<String> missing,
            Optional<String> actual,
            List<Key> keys) {}

    /**
     * A place in the text.
     *
     * @param in the header field, or the part
     * @param before the words before it, in the form in which texts are compared
     */
    public record Place(String in, String before, String found, String after) {}
}
