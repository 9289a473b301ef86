/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Says which files are texts, by the ends of their names, and of which media type. */
final class TextFileNames {

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("eml", PartDescriptor.MESSAGE),
            Map.entry("htm", "text/html"),
            Map.entry("html", "text/html"),
            Map.entry("xhtml", "text/html"),
            Map.entry("ics", "text/calendar"),
            Map.entry("ifb", "text/calendar"),
            Map.entry("vcs", "text/calendar"),
            Map.entry("vcf", "text/vcard"),
            Map.entry("txt", PartDescriptor.PLAIN),
            Map.entry("text", PartDescriptor.PLAIN),
            Map.entry("log", PartDescriptor.PLAIN),
            Map.entry("md", PartDescriptor.PLAIN),
            Map.entry("markdown", PartDescriptor.PLAIN),
            Map.entry("rst", PartDescriptor.PLAIN),
            Map.entry("tex", PartDescriptor.PLAIN),
            Map.entry("csv", PartDescriptor.PLAIN),
            Map.entry("tsv", PartDescriptor.PLAIN),
            Map.entry("json", PartDescriptor.PLAIN),
            Map.entry("xml", PartDescriptor.PLAIN),
            Map.entry("yaml", PartDescriptor.PLAIN),
            Map.entry("yml", PartDescriptor.PLAIN),
            Map.entry("toml", PartDescriptor.PLAIN),
            Map.entry("ini", PartDescriptor.PLAIN),
            Map.entry("cfg", PartDescriptor.PLAIN),
            Map.entry("conf", PartDescriptor.PLAIN),
            Map.entry("properties", PartDescriptor.PLAIN),
            Map.entry("sql", PartDescriptor.PLAIN),
            Map.entry("srt", PartDescriptor.PLAIN),
            Map.entry("diff", PartDescriptor.PLAIN),
            Map.entry("patch", PartDescriptor.PLAIN));

    private TextFileNames() {}

    /** The media type of a text whose file has this name; nothing where the name does not say that it is a text. */
    static Optional<String> mediaType(String fileName) {
        String name = fileName.strip();
        String extension = name.substring(name.lastIndexOf('.') + 1);
        return name.length() == extension.length()
                ? Optional.empty()
                : Optional.ofNullable(TYPES.get(extension.toLowerCase(Locale.ROOT)));
    }
}
