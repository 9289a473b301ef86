/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.install;

/** Adds to one file of James's configuration the lines that one part of Mailroom needs, or removes them. Immutable. */
public sealed interface ConfigurationEdit permits ListedClass, ImapPackages, Listener, LogLevel, RulesAtDelivery {

    /** The file's name in {@code conf/}. */
    String file();

    /** What works because of these lines, in a few words. */
    String part();

    /** The text to add, as an administrator writes it. */
    String lines();

    /** The file that James is to have where it has none. */
    String empty();

    /**
     * {@code text} with the lines in it; {@code text} itself where it has them already.
     *
     * @throws UnusableFileException where the place for them cannot be found
     */
    String applyTo(String text) throws UnusableFileException;

    /** {@code text} without them. */
    String removeFrom(String text);

    /** Whether the rest of Mailroom may be installed where the place for these lines cannot be found. */
    default boolean isOptional() {
        return false;
    }

    /** Whether {@code text} has the lines. */
    default boolean isIn(String text) {
        try {
            return applyTo(text).equals(text);
        } catch (UnusableFileException e) {
            return false;
        }
    }
}
