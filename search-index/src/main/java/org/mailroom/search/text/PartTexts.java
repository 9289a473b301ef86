/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Lays out the texts of a text part, whose octets are there with the transfer encoding decoded, as its format says. */
final class PartTexts {

    private static final Set<String> FOLDED =
            Set.of("text/calendar", "text/x-vcalendar", "text/vcard", "text/x-vcard", "text/directory", "text/x-vcf");
    private static final Set<String> HEADERS =
            Set.of("text/rfc822-headers", "message/rfc822-headers", "message/global-headers");

    private final PartDescriptor part;
    private final List<String> texts = new ArrayList<>();

    private PartTexts(PartDescriptor part) {
        this.part = part;
    }

    /** The text first, then the names and texts of files that are uuencoded in it. Of a header each field is a text. */
    static List<String> of(PartDescriptor part, byte[] octets) {
        PartTexts texts = new PartTexts(part);
        if (HEADERS.contains(part.mimeType())) {
            texts.addHeader(octets);
        } else if (FOLDED.contains(part.mimeType())) {
            texts.add(TextPart.read(part, TextLayout.unfold(octets)));
        } else {
            String text = TextPart.read(part, octets);
            texts.add(part.deletesSpace() ? TextLayout.joinFlowed(text) : text);
            InlineUuencode.files(octets).forEach(file -> texts.addFile(file, octets));
        }
        return texts.texts;
    }

    private void add(String text) {
        texts.add(text);
    }

    private void addFile(InlineUuencode.File file, byte[] octets) {
        add(file.name());
        Optional<String> type = TextFileNames.mediaType(file.name());
        type.map(part::asFile).ifPresent(text -> add(TextPart.read(text, file.decode(octets))));
    }

    private void addHeader(byte[] octets) {
        EntitySource source = new EntitySource(new ByteArrayInputStream(octets));
        OctetBuffer lines = new OctetBuffer();
        lines.reset(octets.length);
        try {
            while (source.hasHeaderLine()) {
                if (!source.isFolded()) {
                    addField(lines);
                }
                source.readLine(lines);
            }
            addField(lines);
            source.readContent(lines);
            add(TextPart.read(part, lines.toByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The field with its name, which a reader sees here as text, its encoded words decoded. */
    private void addField(OctetBuffer lines) {
        RawField.read(lines.octets(), lines.length()).ifPresent(field -> {
            String value = HeaderDecoder.decodeWords(field.body());
            add(field.name().isEmpty() ? value : field.name() + ": " + value);
        });
        lines.reset(Integer.MAX_VALUE);
    }
}
