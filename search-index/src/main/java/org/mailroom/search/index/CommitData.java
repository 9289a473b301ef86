/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.util.HashMap;
import java.util.Map;

/**
 * Holds what each commit writes beside the documents.
 *
 * @param watermarks by mailbox
 * @param format see {@link IndexFormat}
 * @param clean whether the index was closed with this commit, so that nothing came after it
 */
record CommitData(Map<String, Watermark> watermarks, String format, boolean clean) {
    private static final String WATERMARK = "watermark:";
    private static final String FORMAT = "format";
    private static final String CLEAN = "clean";

    Map<String, String> entries() {
        Map<String, String> entries = new HashMap<>();
        watermarks.forEach((mailbox, watermark) -> entries.put(
                WATERMARK + mailbox,
                watermark.uidValidity() + " " + watermark.lastUid() + " " + watermark.highestModSeq()));
        entries.put(FORMAT, format);
        entries.put(CLEAN, Boolean.toString(clean));
        return entries;
    }

    /** @param entries as Lucene gives them, or null where there was no commit yet */
    static CommitData of(Iterable<Map.Entry<String, String>> entries) {
        Map<String, Watermark> watermarks = new HashMap<>();
        String format = "";
        boolean clean = false;
        for (Map.Entry<String, String> entry :
                entries == null ? Map.<String, String>of().entrySet() : entries) {
            String name = entry.getKey();
            if (name.startsWith(WATERMARK)) {
                String[] numbers = entry.getValue().split(" ");
                watermarks.put(
                        name.substring(WATERMARK.length()),
                        new Watermark(
                                Long.parseLong(numbers[0]), Long.parseLong(numbers[1]), Long.parseLong(numbers[2])));
            } else if (name.equals(FORMAT)) {
                format = entry.getValue();
            } else if (name.equals(CLEAN)) {
                clean = Boolean.parseBoolean(entry.getValue());
            }
        }
        return new CommitData(watermarks, format, clean);
    }
}
