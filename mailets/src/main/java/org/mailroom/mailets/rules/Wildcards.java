/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.rules;

/**
 * Matches names against patterns as IMAP's LIST has them. The cost grows with the lengths of pattern and name alone;
 * regular expressions made of many wildcards would not keep to that.
 */
final class Wildcards {

    private Wildcards() {}

    /** Whether {@code name} is like {@code pattern}, in which {@code *} stands for any characters. */
    static boolean match(String pattern, String name) {
        return reached(pattern.chars().toArray(), -1, name)[name.length()];
    }

    /** The same with {@code %} for any characters but {@code delimiter}. */
    static boolean match(String pattern, String name, char delimiter) {
        return reached(pattern.chars().toArray(), delimiter, name)[name.length()];
    }

    /**
     * For each length, whether the pattern is like the beginning of that length of {@code name}.
     *
     * @param delimiter -1 where {@code %} is no wildcard
     */
    private static boolean[] reached(int[] pattern, int delimiter, String name) {
        boolean[] reached = new boolean[name.length() + 1];
        reached[0] = true;
        for (int wanted : pattern) {
            boolean[] next = new boolean[reached.length];
            for (int end = 0; end < next.length; end++) {
                int last = end == 0 ? -1 : name.charAt(end - 1);
                if (wanted == '*' || wanted == '%' && delimiter >= 0) {
                    next[end] = reached[end] || end > 0 && next[end - 1] && (wanted == '*' || last != delimiter);
                } else {
                    next[end] = end > 0 && reached[end - 1] && last == wanted;
                }
            }
            reached = next;
        }
        return reached;
    }
}
