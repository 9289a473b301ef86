/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.testing;

import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * Where random tests take their seeds and their numbers of rounds from.
 *
 * <p>Each build draws fresh seeds and prints each with the command that replays it. {@code -Dmailroom.seed=N} gives that seed
 * to every test that runs. The profile {@code nightly} ({@code -Dmailroom.nightly=true}) does more rounds. Thread-safe.
 */
public final class RandomRun {
    private static final String SEED = "mailroom.seed";
    private static final StackWalker STACK = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    private RandomRun() {}

    /** The seed of the calling test class: the given one, or a fresh one. */
    public static long seed() {
        Class<?> test = STACK.getCallerClass();
        while (test.getEnclosingClass() != null) {
            test = test.getEnclosingClass();
        }
        Long given = Long.getLong(SEED);
        long seed = given == null ? new SecureRandom().nextLong() : given;
        System.out.println(
                test.getSimpleName() + " seed " + seed + "; to replay: " + replay(test.getSimpleName(), seed));
        return seed;
    }

    /** The second number in the profile {@code nightly}, else the first. */
    public static int rounds(int build, int nightly) {
        return Boolean.getBoolean("mailroom.nightly") ? nightly : build;
    }

    private static String replay(String test, long seed) {
        String module = Path.of(System.getProperty("basedir", ""))
                .toAbsolutePath()
                .getFileName()
                .toString();
        String phase = test.endsWith("IT")
                ? "verify -Dtest=none -Dit.test=" + test + " -Dfailsafe.failIfNoSpecifiedTests=false"
                : "test -Dtest=" + test;
        return "mvn -pl " + module + " -am " + phase + " -Dsurefire.failIfNoSpecifiedTests=false -D" + SEED + "="
                + seed;
    }
}
