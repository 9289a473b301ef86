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
            Map.entry("asc", PartDescriptor.PLAIN),
            Map.entry("adoc", PartDescriptor.PLAIN),
            Map.entry("bat", PartDescriptor.PLAIN),
            Map.entry("bib", PartDescriptor.PLAIN),
            Map.entry("c", PartDescriptor.PLAIN),
            Map.entry("cmd", PartDescriptor.PLAIN),
            Map.entry("cpp", PartDescriptor.PLAIN),
            Map.entry("cs", PartDescriptor.PLAIN),
            Map.entry("css", PartDescriptor.PLAIN),
            Map.entry("dtd", PartDescriptor.PLAIN),
            Map.entry("go", PartDescriptor.PLAIN),
            Map.entry("h", PartDescriptor.PLAIN),
            Map.entry("hpp", PartDescriptor.PLAIN),
            Map.entry("java", PartDescriptor.PLAIN),
            Map.entry("js", PartDescriptor.PLAIN),
            Map.entry("json5", PartDescriptor.PLAIN),
            Map.entry("jsonl", PartDescriptor.PLAIN),
            Map.entry("ldif", PartDescriptor.PLAIN),
            Map.entry("kt", PartDescriptor.PLAIN),
            Map.entry("lua", PartDescriptor.PLAIN),
            Map.entry("mbox", PartDescriptor.PLAIN),
            Map.entry("mbx", PartDescriptor.PLAIN),
            Map.entry("ndjson", PartDescriptor.PLAIN),
            Map.entry("nfo", PartDescriptor.PLAIN),
            Map.entry("org", PartDescriptor.PLAIN),
            Map.entry("php", PartDescriptor.PLAIN),
            Map.entry("pl", PartDescriptor.PLAIN),
            Map.entry("po", PartDescriptor.PLAIN),
            Map.entry("ps1", PartDescriptor.PLAIN),
            Map.entry("py", PartDescriptor.PLAIN),
            Map.entry("rb", PartDescriptor.PLAIN),
            Map.entry("rs", PartDescriptor.PLAIN),
            Map.entry("scss", PartDescriptor.PLAIN),
            Map.entry("sh", PartDescriptor.PLAIN),
            Map.entry("tab", PartDescriptor.PLAIN),
            Map.entry("vb", PartDescriptor.PLAIN),
            Map.entry("vtt", PartDescriptor.PLAIN),
            Map.entry("xsd", PartDescriptor.PLAIN),
            Map.entry("xsl", PartDescriptor.PLAIN),
            Map.entry("xslt", PartDescriptor.PLAIN),
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
