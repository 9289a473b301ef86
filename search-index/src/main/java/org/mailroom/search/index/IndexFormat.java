/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.util.TreeSet;
import java.util.zip.CRC32;

/**
 * Names the format of an index. An index whose format is not the one that this program writes under its settings is
 * rebuilt, never read.
 */
final class IndexFormat {
    /** Goes up with every change of fields, terms or files. */
    private static final int VERSION = 10;

    /** Goes up with every change of the terms of relevance, which only concerns indexes that have them. */
    private static final String FUZZY = "/fuzzy3/" + Long.toHexString(fingerprintOfCharacters());

    private IndexFormat() {}

    static String of(IndexSettings settings) {
        return exact(settings) + (settings.fuzzy() ? FUZZY : "");
    }

    /**
     * Whether an index of this format will do. One that has terms of relevance will where they are no longer asked for:
     * with its next commit it is one that lacks some.
     */
    static boolean serves(String format, IndexSettings settings) {
        return format.equals(of(settings)) || !settings.fuzzy() && format.startsWith(exact(settings) + "/fuzzy");
    }

    private static String exact(IndexSettings settings) {
        return VERSION + "/" + settings.casemap() + "/"
                + settings.pieces().length() + ","
                + settings.pieces().overlap() + "/" + settings.textVersion() + "/"
                + String.join(",", new TreeSet<>(settings.signatureFields().patterns()));
    }

    /** Each Java knows the characters of another Unicode version, and with them other words of FUZZY. */
    private static long fingerprintOfCharacters() {
        CRC32 fingerprint = new CRC32();
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            int type = Character.getType(c);
            if (type != Character.UNASSIGNED) {
                fingerprint.update(c);
                fingerprint.update(c >>> 8);
                fingerprint.update(type);
            }
        }
        return fingerprint.getValue();
    }
}
