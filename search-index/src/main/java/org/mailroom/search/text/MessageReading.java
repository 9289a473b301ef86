/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.mailroom.search.text.OpenMultiparts.Delimiter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads one message: walks through its entities and gathers their texts. */
final class MessageReading {

    private static final Logger LOGGER = LoggerFactory.getLogger(MessageReading.class);

    /**
     * How many attached messages inside each other may have a transfer encoding, which RFC 2046 does not allow. Each
     * encoding is one more pass over the octets inside; a message further in is read as text.
     */
    static final int MAX_ENCODED_MESSAGES = 16;

    /** How long a field of a header may be in any case, so that limits on texts do not hide the parts of a message. */
    private static final int MIN_FIELD_OCTETS = 1 << 16;

    private static final byte[] LINE_END = {'\r', '\n'};

    private final TextLimits limits;
    private final PartTextExtractor extractor;
    private final Optional<Consumer<ReadPart>> parts;

    private final List<HeaderField> header = new ArrayList<>();
    private final List<String> body = new ArrayList<>();
    private final Envelope.Builder envelope = new Envelope.Builder();
    private final OctetBuffer fieldOctets = new OctetBuffer();
    private final OctetBuffer content = new OctetBuffer();
    private Optional<LocalDate> sentDate = Optional.empty();
    private int headerCharactersLeft;
    private int charactersLeft;
    private int encodedMessages;
    private boolean hasAttachment;
    private long octetsLookedAt;
    private final Completeness.Builder completeness = new Completeness.Builder();

    MessageReading(TextLimits limits, PartTextExtractor extractor) {
        this(limits, extractor, Optional.empty());
    }

    /** @param parts receives how each part was read */
    MessageReading(TextLimits limits, PartTextExtractor extractor, Optional<Consumer<ReadPart>> parts) {
        this.limits = limits;
        this.extractor = extractor;
        this.parts = parts;
        this.headerCharactersLeft = limits.messageCharacters();
        this.charactersLeft = limits.messageCharacters();
    }

    MessageText read(InputStream message) throws IOException {
        WatchedStream stream = new WatchedStream(message);
        try {
            new Walk(stream, stream, true).walkMessage(true);
        } catch (IOException | RuntimeException e) {
            stream.rethrowFailure();
            LOGGER.warn("A message cannot be read to its end; its text ends after {} pieces", body.size(), e);
            completeness.inBody(Gap.MALFORMED);
        }
        return new MessageText(header, body, sentDate, envelope.build(), completeness.build(), hasAttachment);
    }

    /** How often the walk looked at an octet, those of decoded messages included. */
    long octetsLookedAt() {
        return octetsLookedAt;
    }

    private void addHeaderField(RawField field) {
        if (headerCharactersLeft == 0) {
            completeness.inHeader(Gap.MESSAGE_CHARACTERS);
            return;
        }
        String whole = HeaderDecoder.decodeWords(field.body());
        String value = beginning(whole, headerCharactersLeft);
        if (value.length() < whole.length()) {
            completeness.inHeader(Gap.MESSAGE_CHARACTERS);
        }
        headerCharactersLeft -= Math.min(headerCharactersLeft, field.name().length() + whole.length());
        header.add(
                value.length() < whole.length()
                        ? new HeaderField(field.name(), value)
                        : HeaderField.ofUndecoded(field.name(), field.body()));
        envelope.add(field.name(), field.body());
        if (sentDate.isEmpty() && field.name().equalsIgnoreCase("date")) {
            sentDate = SentDate.read(value);
        }
    }

    private void addText(String text) {
        String kept = cut(text, charactersLeft, Gap.MESSAGE_CHARACTERS);
        if (!kept.isEmpty()) {
            body.add(kept);
            charactersLeft -= kept.length();
        }
    }

    /** {@code text} of the body, or its beginning where it is longer than {@code limit}. */
    private String cut(String text, int limit, Gap gap) {
        noteOverflow(text.length() > limit, gap);
        return beginning(text, limit);
    }

    private void noteOverflow(boolean overflow, Gap gap) {
        if (overflow) {
            completeness.inBody(gap);
        }
    }

    /** {@code text}, or its beginning where it is longer than {@code limit}; never half a character. */
    private static String beginning(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        boolean half = limit > 0 && Character.isHighSurrogate(text.charAt(limit - 1));
        return text.substring(0, half ? limit - 1 : limit);
    }

    /** One walk through octets that are not encoded: the message itself, or an attached one that was. */
    private final class Walk {
        private final WatchedStream stream;
        private final EntitySource source;
        private final boolean guesses;

        /** The innermost multipart, and what it is read as while no part of it has been found. */
        private Optional<PartDescriptor> partless = Optional.empty();

        private Optional<OpenMultiparts.Level> partlessLevel = Optional.empty();
        private final OctetBuffer partlessContent = new OctetBuffer();

        /** @param guesses whether parts are looked for where the boundary of a multipart does not fit */
        Walk(WatchedStream stream, InputStream octets, boolean guesses) {
            this.stream = stream;
            this.source = new EntitySource(octets);
            this.guesses = guesses;
        }

        /** Reads a message. */
        void walkMessage(boolean outermost) throws IOException {
            readEntity(true, outermost, false);
            walkParts();
        }

        /** Reads the content of a multipart. */
        void walkMultipart(String boundary, boolean digest) throws IOException {
            source.open(boundary, digest);
            source.skipContent();
            walkParts();
        }

        private void walkParts() throws IOException {
            while (source.delimiter().isPresent()) {
                Delimiter delimiter = source.delimiter().get();
                if (partlessLevel.filter(delimiter.level()::equals).isEmpty() || !delimiter.closing()) {
                    endPartless(delimiter);
                }
                source.passDelimiter();
                if (!delimiter.closing()) {
                    readEntity(false, false, delimiter.level().digest());
                } else if (partless.isPresent()) {
                    readPartless();
                } else {
                    source.skipContent();
                }
            }
            addPartless();
            octetsLookedAt += source.octetsLookedAt();
        }

        /** Reads an entity up to the delimiter of a multipart that is open. Attached messages are not entered deeper. */
        private void readEntity(boolean message, boolean outermost, boolean inDigest) throws IOException {
            PartDescriptor part =
                    readHeader(message, outermost, inDigest ? PartDescriptor.MESSAGE : PartDescriptor.PLAIN);
            while (part.isMessage() && !TransferDecodingStream.decodes(part.transferEncoding())) {
                part = readHeader(true, false, PartDescriptor.PLAIN);
            }
            if (part.isMultipart()) {
                partless = Optional.of(part);
                partlessLevel = Optional.of(source.open(part.boundary(), part.isDigest()));
                partlessContent.reset(limits.partOctets());
                readPartless();
            } else if (part.isMessage()) {
                readEncodedMessage(part);
            } else {
                readBody(part);
            }
            source.skipContent();
        }

        private PartDescriptor readHeader(boolean message, boolean outermost, String defaultType) throws IOException {
            EntityHeader entity = new EntityHeader(defaultType);
            fieldOctets.reset(Math.max(limits.messageCharacters(), MIN_FIELD_OCTETS));
            while (source.hasHeaderLine()) {
                if (!source.isFolded()) {
                    endField(entity, message, outermost);
                    if (source.hasDashes() && entity.isDelimiter(source)) {
                        // no empty line between the header and the first part
                        break;
                    }
                }
                source.readLine(fieldOctets);
            }
            endField(entity, message, outermost);
            entity.fileNames().forEach(MessageReading.this::addText);
            PartDescriptor part = entity.describe();
            hasAttachment |= part.attachment();
            return part;
        }

        private void endField(EntityHeader entity, boolean message, boolean outermost) {
            if (fieldOctets.overflowed() && outermost) {
                completeness.inHeader(Gap.MESSAGE_CHARACTERS);
            }
            noteOverflow(fieldOctets.overflowed(), Gap.MESSAGE_CHARACTERS);
            RawField.read(fieldOctets.octets(), fieldOctets.length()).ifPresent(field -> {
                entity.add(field);
                if (outermost) {
                    addHeaderField(field);
                } else if (message || field.name().isEmpty()) {
                    // a part may begin without a header
                    addText(HeaderDecoder.decodeWords(field.body()));
                }
            });
            fieldOctets.reset(Math.max(limits.messageCharacters(), MIN_FIELD_OCTETS));
        }

        private void readEncodedMessage(PartDescriptor part) throws IOException {
            if (encodedMessages == MAX_ENCODED_MESSAGES) {
                readBody(part.asText());
                return;
            }
            encodedMessages++;
            InputStream decoded = TransferDecodingStream.of(part.transferEncoding(), source.content());
            new Walk(stream, decoded, guesses).walkMessage(false);
            encodedMessages--;
        }

        private void readPartless() throws IOException {
            if (!partlessContent.isEmpty()) {
                partlessContent.append(LINE_END, 0, LINE_END.length);
            }
            source.readContent(partlessContent);
        }

        /** The innermost multipart has a part, or it ends and is text. */
        private void endPartless(Delimiter delimiter) throws IOException {
            if (partlessLevel.filter(delimiter.level()::equals).isEmpty()) {
                addPartless();
            }
            partless = Optional.empty();
            partlessLevel = Optional.empty();
        }

        private void addPartless() throws IOException {
            if (partless.isEmpty()) {
                return;
            }
            PartDescriptor text = partless.get().asText();
            boolean encoded = TransferDecodingStream.decodes(text.transferEncoding());
            InputStream octets = new ByteArrayInputStream(partlessContent.octets(), 0, partlessContent.length());
            Optional<String> boundary = encoded || !guesses
                    ? Optional.empty()
                    : BoundaryGuess.in(partlessContent.octets(), partlessContent.length());
            noteOverflow(partlessContent.overflowed(), Gap.PART_OCTETS);
            if (boundary.isPresent()) {
                new Walk(stream, octets, false)
                        .walkMultipart(boundary.get(), partless.get().isDigest());
                return;
            }
            content.reset(limits.partOctets());
            content.append(TransferDecodingStream.of(text.transferEncoding(), octets));
            PartTexts.of(text, content.toByteArray()).stream()
                    .filter(read -> !read.isBlank())
                    .forEach(MessageReading.this::addText);
        }

        private void readBody(PartDescriptor part) throws IOException {
            int before = body.size();
            if (part.isText()) {
                readText(part);
            } else if (extractor != PartTextExtractor.NONE) {
                extract(part);
            }
            if (parts.isPresent()) {
                parts.get().accept(read(part, before));
            }
        }

        private ReadPart read(PartDescriptor part, int before) {
            int texts = body.size() - before;
            Optional<String> skipped = Optional.empty();
            if (!part.isText() && texts == 0) {
                skipped = Optional.of(
                        extractor == PartTextExtractor.NONE
                                ? "it is no text, and attachments are not indexed"
                                : "the text extractor draws no text from it");
            } else if (charactersLeft == 0) {
                skipped = Optional.of("the limit message-characters is reached");
            } else if (part.isText() && content.overflowed()) {
                skipped = Optional.of("only its beginning is read: the limit part-octets is reached");
            }
            return new ReadPart(
                    part.mimeType(),
                    part.charset(),
                    part.isText() ? TextPart.charset(part, content.toByteArray()) : "",
                    part.transferEncoding(),
                    part.fileName(),
                    before,
                    texts,
                    skipped);
        }

        private void readText(PartDescriptor part) throws IOException {
            content.reset(charactersLeft == 0 ? 0 : limits.partOctets());
            if (TransferDecodingStream.decodes(part.transferEncoding())) {
                content.append(TransferDecodingStream.of(part.transferEncoding(), source.content()));
            } else {
                source.readContent(content);
            }
            noteOverflow(content.overflowed(), charactersLeft == 0 ? Gap.MESSAGE_CHARACTERS : Gap.PART_OCTETS);
            PartTexts.of(part, content.toByteArray()).forEach(MessageReading.this::addText);
        }

        private void extract(PartDescriptor part) throws IOException {
            Optional<String> fileName = Optional.of(part.fileName()).filter(name -> !name.isEmpty());
            try (InputStream octets = source.content()) {
                extractor
                        .extract(part.mimeType(), fileName, TransferDecodingStream.of(part.transferEncoding(), octets))
                        .ifPresent(this::addExtracted);
            } catch (IOException e) {
                stream.rethrowFailure();
                LOGGER.warn("The text of a part of type {} cannot be extracted now", part.mimeType(), e);
                completeness.inBody(Gap.UNAVAILABLE);
            } catch (RuntimeException e) {
                stream.rethrowFailure();
                LOGGER.debug("A part of type {} has no text that can be extracted", part.mimeType(), e);
            }
        }

        private void addExtracted(String text) {
            addText(cut(text, limits.partOctets(), Gap.PART_OCTETS));
        }
    }
}
