/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.james;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import org.apache.james.mailbox.model.ParsedAttachment;
import org.apache.james.mailbox.store.mail.model.impl.MessageParser;

/**
 * Finds what James takes for attachments. Thread-safe.
 *
 * <p>{@code MessageParser} is a class in James 3.8 and an interface in 3.9, so that no call of it compiled against the
 * one links against the other; {@code ParsingResult} inside it is a class in both. Hence the reflection, and it alone.
 */
public final class AttachmentParser {
    /** The class that does the parsing in 3.9. */
    private static final String IMPLEMENTATION_OF_39 = MessageParser.class.getName() + "Impl";

    private final Object parser;
    private final Method retrieveAttachments;

    /** @throws IllegalStateException in a James whose parser is neither that of 3.8 nor that of 3.9 */
    public AttachmentParser() {
        try {
            Class<?> type = MessageParser.class.isInterface()
                    ? Class.forName(IMPLEMENTATION_OF_39, true, MessageParser.class.getClassLoader())
                    : MessageParser.class;
            this.parser = type.getConstructor().newInstance();
            this.retrieveAttachments = MessageParser.class.getMethod("retrieveAttachments", InputStream.class);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "this James has another parser for attachments than 3.8 and 3.9; Mailroom supports those", e);
        }
    }

    /** Takes the attachments of one message, which can be read until it returns. */
    @FunctionalInterface
    public interface Reading<T> {
        T read(List<ParsedAttachment> attachments) throws IOException;
    }

    /**
     * Parses {@code message} and gives its attachments to {@code reading}, whose answer it returns.
     *
     * @throws IOException where the message cannot be read
     */
    public <T> T read(InputStream message, Reading<T> reading) throws IOException {
        MessageParser.ParsingResult parsed = parse(message);
        try {
            return reading.read(parsed.getAttachments());
        } finally {
            parsed.dispose();
        }
    }

    private MessageParser.ParsingResult parse(InputStream message) throws IOException {
        try {
            return (MessageParser.ParsingResult) retrieveAttachments.invoke(parser, message);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
