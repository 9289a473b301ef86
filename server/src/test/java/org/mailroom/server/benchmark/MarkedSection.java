/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.benchmark;

/** The lines of a Markdown file that are made, not written: those between two comments, which stay. */
final class MarkedSection {
    static final String BEGIN = "<!-- benchmark: begin -->";
    static final String END = "<!-- benchmark: end -->";

    private final String before;
    private final String after;

    private MarkedSection(String before, String after) {
        this.before = before;
        this.after = after;
    }

    /**
     * Finds it.
     *
     * @param name of the file, for the message of the exception
     * @throws IllegalArgumentException where there are not one begin and, after it, one end
     */
    static MarkedSection in(String text, String name) {
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin || begin != text.lastIndexOf(BEGIN) || end != text.lastIndexOf(END)) {
            throw new IllegalArgumentException(
                    name + " does not say where the benchmark's results belong; it needs one line " + BEGIN
                            + " and, after it, one line " + END);
        }
        return new MarkedSection(text.substring(0, begin + BEGIN.length()), text.substring(end));
    }

    /** The whole text with other lines in this place. */
    String replaced(String lines) {
        return before + "\n" + lines.strip() + "\n" + after;
    }
}
