/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads one message: walks through its entities and gathers their texts. */
final class MessageReading {

    private static final Logger LOGGER = LoggerFactory.getLogger(MessageReading.class);

    private final TextLimits limits;
    private final PartTextExtractor extractor;
    private final LenientFieldBuilder fields;
    private final MimeTokenStream tokens;

    private final List<HeaderField> header = new ArrayList<>();
    private final List<String> body = new ArrayList<>();
    private final Envelope.Builder envelope = new Envelope.Builder();
    private Optional<LocalDate> sentDate = Optional.empty();
    private int charactersLeft;
    private int parts;
    private int messageDepth;
    private boolean inMessageHeader;
    private boolean complete = true;

    MessageReading(TextLimits limits, PartTextExtractor extractor) {
        this.limits = limits;
        this.extractor = extractor;
        this.charactersLeft = limits.messageCharacters();
        this.fields = new LenientFieldBuilder(limits.headerOctets());
        MimeConfig lenient = MimeConfig.custom()
                .setMaxLineLen(limits.headerOctets() + 1)
                .setMaxHeaderCount(-1)
                .setMaxHeaderLen(-1)
                .setMaxContentLen(-1)
                .build();
        this.tokens = new MimeTokenStream(lenient, null, fields, new EntityHeader(limits.nesting(), this::addText));
    }

    MessageText read(InputStream message) throws IOException {
        WatchedStream source = new WatchedStream(message);
        try {
            walk(source);
        } catch (MimeException | IOException | RuntimeException e) {
            source.rethrowFailure();
            LOGGER.debug("A message is malformed beyond reading; its text ends after {} parts", parts, e);
            complete = false;
        }
        return new MessageText(header, body, sentDate, envelope.build(), complete && !fields.limitReached());
    }

    private void walk(WatchedStream source) throws IOException, MimeException {
        tokens.parse(source);
        EntityState state = tokens.getState();
        while (state != EntityState.T_END_OF_STREAM) {
            switch (state) {
                case T_START_MESSAGE -> {
                    messageDepth++;
                    startEntity(true);
                }
                case T_START_BODYPART -> startEntity(false);
                case T_END_MESSAGE -> messageDepth--;
                case T_FIELD -> addField(tokens.getField());
                case T_BODY -> addBody((PartDescriptor) tokens.getBodyDescriptor(), source);
                default -> {
                    // says nothing new
                }
            }
            if (parts > limits.parts() || charactersLeft == 0) {
                complete = false;
                return;
            }
            state = tokens.next();
        }
    }

    private void startEntity(boolean message) {
        parts++;
        inMessageHeader = message;
        fields.startHeader();
    }

    private void addField(Field field) {
        if (!inMessageHeader) {
            if (field.getName().isEmpty()) {
                // a part that begins without a header
                addText(field.getBody());
            }
            return;
        }
        String value = HeaderDecoder.decodeWords(field.getBody());
        if (messageDepth > 1) {
            addText(value);
            return;
        }
        header.add(HeaderField.ofUndecoded(field.getName(), field.getBody()));
        envelope.add(field.getName(), field.getBody());
        if (sentDate.isEmpty() && field.getName().equalsIgnoreCase("date")) {
            sentDate = SentDate.read(value);
        }
    }

    private void addBody(PartDescriptor part, WatchedStream source) throws IOException {
        if (part.tooDeep()) {
            complete = false;
            return;
        }
        InputStream content = TransferDecodingStream.of(part.transferEncoding(), tokens.getInputStream());
        if (part.isText()) {
            addText(textOf(part, content));
        } else if (extractor != PartTextExtractor.NONE) {
            extract(part, content, source);
        }
    }

    private String textOf(PartDescriptor part, InputStream content) throws IOException {
        byte[] octets = content.readNBytes(limits.partOctets());
        complete &= content.read() < 0;
        return TextPart.read(part, octets);
    }

    private void extract(PartDescriptor part, InputStream content, WatchedStream source) throws IOException {
        try {
            extractor
                    .extract(part.mimeType(), Optional.of(part.fileName()).filter(name -> !name.isEmpty()), content)
                    .ifPresent(text -> addText(cut(text, limits.partOctets())));
        } catch (IOException e) {
            source.rethrowFailure();
            LOGGER.warn("The text of a part of type {} cannot be extracted now", part.mimeType(), e);
            complete = false;
        } catch (RuntimeException e) {
            source.rethrowFailure();
            LOGGER.debug("A part of type {} has no text that can be extracted", part.mimeType(), e);
        }
    }

    private void addText(String text) {
        String kept = cut(text, charactersLeft);
        if (!kept.isEmpty()) {
            body.add(kept);
            charactersLeft -= kept.length();
        }
    }

    /** {@code text}, or its beginning where it is longer than {@code limit}; never half a character. */
    private String cut(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        complete = false;
        boolean half = limit > 0 && Character.isHighSurrogate(text.charAt(limit - 1));
        return text.substring(0, half ? limit - 1 : limit);
    }
}
