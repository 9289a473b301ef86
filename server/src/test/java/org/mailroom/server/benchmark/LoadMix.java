/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.benchmark;

import java.util.Arrays;
import java.util.Locale;

/** What clients ask. */
enum LoadMix {
    /** A few strings of each kind again and again, as clients do. Each answer is compared with the right one. */
    AGAIN,
    /** A string that nobody asked for before, each time. Answers are counted, not compared. */
    NEW,
    /** Nothing: all commands are writes, whatever their share is to be. */
    NOTHING;

    static LoadMix named(String name) {
        return Arrays.stream(values())
                .filter(mix -> mix.title().equals(name.trim()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "-Dbenchmark.load.mixes=" + name + ": there are again, new and nothing"));
    }

    String title() {
        return name().toLowerCase(Locale.ROOT);
    }
}
