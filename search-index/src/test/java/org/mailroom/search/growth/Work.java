/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.growth;

import java.lang.reflect.Array;
import java.text.Normalizer;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Counts what the classes of a {@link CountingLoader} do: one for each jump and each call of a method of theirs, and for
 * methods of the JDK the characters that they look at or copy. For one thread.
 */
public final class Work {
    private static long done;

    private Work() {}

    /** What has been done since the last call. */
    static long take() {
        long taken = done;
        done = 0;
        return taken;
    }

    public static void step() {
        done++;
    }

    /** Counts a string or an array that a method of the JDK has made. */
    public static void made(Object made) {
        if (made instanceof String string) {
            done += string.length();
        } else if (made != null && made.getClass().isArray()) {
            done += Array.getLength(made);
        }
    }

    public static void looked(int characters) {
        done += characters;
    }

    private static int from(String text, int from, int found) {
        done += Math.max(0, (found < 0 ? text.length() : found) - from);
        return found;
    }

    private static int back(int from, int found) {
        done += Math.max(0, from - found);
        return found;
    }

    public static int indexOf(String text, int c) {
        return from(text, 0, text.indexOf(c));
    }

    public static int indexOf(String text, int c, int from) {
        return from(text, from, text.indexOf(c, from));
    }

    public static int indexOf(String text, String sought) {
        return from(text, 0, text.indexOf(sought));
    }

    public static int indexOf(String text, String sought, int from) {
        return from(text, from, text.indexOf(sought, from));
    }

    public static int lastIndexOf(String text, int c) {
        return back(text.length(), text.lastIndexOf(c));
    }

    public static int lastIndexOf(String text, int c, int from) {
        return back(from, text.lastIndexOf(c, from));
    }

    public static int lastIndexOf(String text, String sought) {
        return back(text.length(), text.lastIndexOf(sought));
    }

    /** The JDK looks for the whole of it at each place where its beginning stands. */
    public static boolean contains(String text, CharSequence sought) {
        for (int at = 0; at + sought.length() <= text.length(); at++) {
            int same = 0;
            while (same < sought.length() && text.charAt(at + same) == sought.charAt(same)) {
                same++;
            }
            done += 1 + same;
            if (same == sought.length()) {
                return true;
            }
        }
        return false;
    }

    public static boolean isBlank(String text) {
        done += text.length();
        return text.isBlank();
    }

    public static boolean equals(String text, Object other) {
        done += other instanceof String string && string.length() == text.length() ? text.length() : 0;
        return text.equals(other);
    }

    public static boolean contains(List<?> list, Object sought) {
        done += list.size();
        return list.contains(sought);
    }

    public static int indexOf(List<?> list, Object sought) {
        done += list.size();
        return list.indexOf(sought);
    }

    public static Object remove(List<?> list, int at) {
        done += list.size() - at;
        return list.remove(at);
    }

    /** The JDK puts each mark of a run in its place by looking at those before it. */
    public static String normalize(CharSequence text, Normalizer.Form form) {
        long run = 0;
        for (int i = 0; i < text.length(); i++) {
            run = Character.getType(text.charAt(i)) == Character.NON_SPACING_MARK ? run + 1 : 0;
            done += 1 + run;
        }
        return Normalizer.normalize(text, form);
    }

    public static Matcher matcher(Pattern pattern, CharSequence text) {
        return pattern.matcher(new Counted(text));
    }

    /** Counts each look at a character. */
    private record Counted(CharSequence text) implements CharSequence {
        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            done++;
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            done += end - start;
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
