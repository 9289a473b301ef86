/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.james.mime4j.stream.BodyDescriptorBuilder;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.RawField;

/**
 * Gathers what the Content fields of one entity say. Of fields that occur twice the first counts; a type that cannot be
 * read is {@code text/plain} (RFC 2045 section 5.2). Tells the names of the part at the end of its header.
 */
final class EntityHeader implements BodyDescriptorBuilder {

    private static final Set<String> MESSAGES =
            Set.of("message/rfc822", "message/global", "message/rfc2822", "message/news");

    private static final String PREFIX = "content-";

    /** RFC 2046 allows 70 characters; the parser's buffers, and with them where it looks, grow with longer ones. */
    private static final int LONGEST_BOUNDARY = 1_000;

    private static final Pattern BLANKS_AND_QUOTES = Pattern.compile("[\\s\"']");

    private final String defaultType;
    private final int depth;
    private final int deepest;
    private final Consumer<String> fileNames;

    private Optional<ContentField> type = Optional.empty();
    private Optional<String> transferEncoding = Optional.empty();
    private final Set<String> names = new LinkedHashSet<>();

    /**
     * @param deepest how deep multiparts and messages may lie
     * @param fileNames is given every name of a part
     */
    EntityHeader(int deepest, Consumer<String> fileNames) {
        this(PartDescriptor.PLAIN, 0, deepest, fileNames);
    }

    private EntityHeader(String defaultType, int depth, int deepest, Consumer<String> fileNames) {
        this.defaultType = defaultType;
        this.depth = depth;
        this.deepest = deepest;
        this.fileNames = fileNames;
    }

    @Override
    public void reset() {
        type = Optional.empty();
        transferEncoding = Optional.empty();
        names.clear();
    }

    @Override
    public Field addField(RawField field) {
        if (!field.getName().regionMatches(true, 0, PREFIX, 0, PREFIX.length())) {
            return field;
        }
        switch (field.getNameLowerCase()) {
            case "content-type" -> {
                ContentField content = ContentField.parse(field.getBody());
                type = type.or(() -> Optional.of(content));
                addNames(content, "name");
            }
            case "content-disposition" -> addNames(ContentField.parse(field.getBody()), "filename");
            case "content-transfer-encoding" -> transferEncoding =
                    transferEncoding.or(() -> Optional.of(encoding(field.getBody())));
            default -> {
                // says nothing of the body
            }
        }
        return field;
    }

    private void addNames(ContentField content, String parameter) {
        content.all(parameter).stream()
                .map(HeaderDecoder::decodeWords)
                .filter(name -> !name.isBlank())
                .forEach(names::add);
    }

    private static String encoding(String value) {
        return bare(ContentField.parse(value).value());
    }

    private static String bare(String value) {
        return BLANKS_AND_QUOTES.matcher(value).replaceAll("");
    }

    @Override
    public PartDescriptor build() {
        names.forEach(fileNames);
        String boundary = type.flatMap(content -> content.parameter("boundary"))
                .map(EntityHeader::asOctets)
                .orElse("");
        String mimeType = mimeType(boundary);
        boolean nests = mimeType.startsWith("multipart/") || mimeType.equals(PartDescriptor.MESSAGE);
        return new PartDescriptor(
                nests && depth >= deepest ? "application/octet-stream" : mimeType,
                type.flatMap(content -> content.parameter("charset")).orElse(""),
                transferEncoding.orElse(""),
                boundary,
                names.stream().findFirst().orElse(""),
                nests && depth >= deepest);
    }

    private String mimeType(String boundary) {
        String written = type.map(content -> bare(content.value())).orElse(defaultType);
        if (MESSAGES.contains(written) || written.equals("message/partial") && isFirstPiece()) {
            return PartDescriptor.MESSAGE;
        }
        if (written.startsWith("multipart")) {
            String multipart = written.startsWith("multipart/") ? written : "multipart/mixed";
            return boundary.isEmpty() || boundary.length() > LONGEST_BOUNDARY ? PartDescriptor.PLAIN : multipart;
        }
        int slash = written.indexOf('/');
        return slash > 0 && slash < written.length() - 1 ? written.toLowerCase(Locale.ROOT) : PartDescriptor.PLAIN;
    }

    /** Of a message in pieces, the first begins like a message; the others are as good as plain text. */
    private boolean isFirstPiece() {
        return type.flatMap(content -> content.parameter("number")).orElse("1").equals("1");
    }

    /** The boundary as mime4j compares it, which takes each character for an octet. */
    private static String asOctets(String boundary) {
        return new String(boundary.stripTrailing().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    @Override
    public BodyDescriptorBuilder newChild() {
        boolean digest = type.map(ContentField::value).orElse("").equals("multipart/digest");
        return new EntityHeader(digest ? PartDescriptor.MESSAGE : PartDescriptor.PLAIN, depth + 1, deepest, fileNames);
    }
}
