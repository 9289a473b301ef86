/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Gathers what the Content fields of one entity say. Of fields that occur twice the first counts that says anything; a
 * type that cannot be read is {@code text/plain} (RFC 2045 section 5.2).
 */
final class EntityHeader {

    private static final String HTML = "text/html";

    private static final Set<String> MESSAGES =
            Set.of("message/rfc822", "message/global", "message/rfc2822", "message/news");

    /** Types that say nothing: the names of such parts do. */
    private static final Set<String> UNKNOWN = Set.of(
            "application/octet-stream",
            "application/octetstream",
            "application/x-octet-stream",
            "application/binary",
            "application/download",
            "application/force-download",
            "application/x-download",
            "application/x-force-download",
            "application/unknown",
            "application/x-unknown",
            "application/x-unknown-content-type",
            "binary/octet-stream");

    /** Types that say something, but not whether the file is text: the names of such parts do. */
    private static final Set<String> OFTEN_TEXT = Set.of(
            "application/vnd.ms-excel",
            "application/msexcel",
            "application/x-msdownload",
            "application/x-msdos-program",
            "application/mbox",
            "application/x-extension-txt");

    /** Programs and data that people read. */
    private static final Set<String> TEXTS = Set.of(
            "application/json",
            "application/x-json",
            "application/x-ndjson",
            "application/jsonl",
            "application/json5",
            "application/xml",
            "application/xml-dtd",
            "application/csv",
            "application/x-csv",
            "application/txt",
            "application/text",
            "application/plain",
            "application/yaml",
            "application/x-yaml",
            "application/toml",
            "application/sql",
            "application/x-sql",
            "application/x-subrip",
            "application/javascript",
            "application/x-javascript",
            "application/ecmascript",
            "application/typescript",
            "application/x-sh",
            "application/x-shellscript",
            "application/x-csh",
            "application/x-perl",
            "application/x-python",
            "application/x-php",
            "application/x-ruby",
            "application/x-httpd-php",
            "application/x-tex",
            "application/x-latex",
            "application/x-patch",
            "application/x-diff",
            "application/x-log");

    /** How HTML is called besides {@code text/html}. */
    private static final Map<String, String> HTML_SLIPS = Map.of(
            "html", HTML,
            "htm", HTML,
            "text/htm", HTML,
            "text/xhtml", HTML,
            "text/x-html", HTML,
            "application/html", HTML,
            "application/x-html", HTML,
            "application/xhtml", HTML);

    private static final String PREFIX = "content-";

    private static final Pattern BLANKS_AND_QUOTES = Pattern.compile("[\\s\"']");

    private static final Pattern NO_LETTERS_OR_DIGITS = Pattern.compile("[^a-z0-9]");

    private final String defaultType;

    private Optional<ContentField> type = Optional.empty();
    private Optional<String> transferEncoding = Optional.empty();
    private Optional<String> disposition = Optional.empty();
    private boolean hasContentId;
    private final Set<String> names = new LinkedHashSet<>();

    /** @param defaultType of an entity that names none */
    EntityHeader(String defaultType) {
        this.defaultType = defaultType;
    }

    void add(RawField field) {
        if (!field.name().regionMatches(true, 0, PREFIX, 0, PREFIX.length())) {
            return;
        }
        switch (HeaderField.foldName(field.name())) {
            case "content-type" -> {
                ContentField content = ContentField.parse(field.body());
                type = type.filter(first -> !first.isEmpty()).or(() -> Optional.of(content));
                addNames(content, "name");
            }
            case "content-disposition" -> {
                ContentField content = ContentField.parse(field.body());
                disposition = disposition.or(() -> Optional.of(bare(content.value())));
                addNames(content, "filename");
            }
            case "content-id" -> hasContentId = true;
            case "content-transfer-encoding" -> transferEncoding =
                    transferEncoding.or(() -> Optional.of(encoding(field.body())));
            default -> {
                // says nothing of the body
            }
        }
    }

    private void addNames(ContentField content, String parameter) {
        content.all(parameter).stream()
                .map(HeaderDecoder::decodeWords)
                .filter(name -> !name.isBlank())
                .forEach(names::add);
    }

    /** Without {@code x-} and in the standard's spelling: mail has {@code base-64} and {@code quoted/printable}. */
    private static String encoding(String value) {
        String written = bare(ContentField.parse(value).value());
        return switch (NO_LETTERS_OR_DIGITS.matcher(written).replaceAll("")) {
            case "base64", "xbase64" -> "base64";
            case "quotedprintable", "xquotedprintable" -> "quoted-printable";
            default -> written;
        };
    }

    private static String bare(String value) {
        return BLANKS_AND_QUOTES.matcher(value).replaceAll("");
    }

    /** Every name of the part, in order, each once. */
    Set<String> fileNames() {
        return names;
    }

    /** Whether the line at which {@code source} is divides the parts of this multipart. */
    boolean isDelimiter(EntitySource source) {
        PartDescriptor part = describe();
        return part.isMultipart()
                && !part.boundary().equals(PartDescriptor.NO_BOUNDARY)
                && source.isDelimiterOf(part.boundary());
    }

    PartDescriptor describe() {
        String boundary = type.flatMap(content -> content.parameter("boundary"))
                .map(EntityHeader::asOctets)
                .orElse("");
        String declared = mimeType(boundary);
        String fileName = names.stream().findFirst().orElse("");
        return new PartDescriptor(
                textType(declared),
                type.flatMap(content -> content.parameter("charset")).orElse(""),
                transferEncoding.orElse(""),
                boundary.isEmpty() ? PartDescriptor.NO_BOUNDARY : boundary,
                fileName,
                parameterIs("format", "flowed") && parameterIs("delsp", "yes"),
                Attachments.contain(declared, disposition.orElse(""), hasContentId, fileName));
    }

    private boolean parameterIs(String name, String value) {
        return type.flatMap(content -> content.parameter(name))
                .filter(value::equalsIgnoreCase)
                .isPresent();
    }

    private String mimeType(String boundary) {
        String written = type.map(content -> HTML_SLIPS.getOrDefault(bare(content.value()), bare(content.value())))
                .orElse(defaultType);
        if (MESSAGES.contains(written) || written.equals("message/partial") && isFirstPiece()) {
            return PartDescriptor.MESSAGE;
        }
        if (written.startsWith("multipart")) {
            String multipart = written.startsWith("multipart/") ? written : "multipart/mixed";
            return boundary.length() > OpenMultiparts.MAX_BOUNDARY ? PartDescriptor.PLAIN : multipart;
        }
        int slash = written.indexOf('/');
        return slash > 0 && slash < written.length() - 1 ? written : PartDescriptor.PLAIN;
    }

    /** {@code written}, or the type of text that a part of this type is sent as. */
    private String textType(String written) {
        if (UNKNOWN.contains(written) || OFTEN_TEXT.contains(written)) {
            return names.stream()
                    .flatMap(name -> TextFileNames.mediaType(name).stream())
                    .findFirst()
                    .orElse(written);
        }
        return switch (written) {
            case "application/xhtml+xml" -> HTML;
            case "application/ics" -> "text/calendar";
            case "application/vcard" -> "text/vcard";
            default -> {
                boolean syntax =
                        written.startsWith("application/") && (written.endsWith("+json") || written.endsWith("+xml"));
                yield syntax || TEXTS.contains(written) ? PartDescriptor.PLAIN : written;
            }
        };
    }

    /** Of a message in pieces, the first begins like a message; the others are as good as plain text. */
    private boolean isFirstPiece() {
        return type.flatMap(content -> content.parameter("number")).orElse("1").equals("1");
    }

    /** The boundary as it is written in the message, each octet as one character. */
    private static String asOctets(String boundary) {
        return new String(boundary.stripTrailing().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
