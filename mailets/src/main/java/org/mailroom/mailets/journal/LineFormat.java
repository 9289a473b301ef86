/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Writes records as lines and reads them: eight hexadecimal digits (CRC-32C of what follows the blank), a blank, JSON.
 * It recognises a line that was cut short or changed.
 */
final class LineFormat {
    static final int CHECKSUM_LENGTH = 8;
    private static final ObjectMapper JSON = new ObjectMapper()
            .registerModule(new Jdk8Module())
            .registerModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private LineFormat() {}

    /** The line with its line break. */
    static byte[] write(Object entry) {
        try {
            byte[] json = JSON.writeValueAsBytes(entry);
            byte[] line = new byte[CHECKSUM_LENGTH + 1 + json.length + 1];
            System.arraycopy(checksum(json).getBytes(StandardCharsets.US_ASCII), 0, line, 0, CHECKSUM_LENGTH);
            line[CHECKSUM_LENGTH] = ' ';
            System.arraycopy(json, 0, line, CHECKSUM_LENGTH + 1, json.length);
            line[line.length - 1] = '\n';
            return line;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + entry.getClass(), e);
        }
    }

    /**
     * The record; nothing where the line is not as it was written.
     *
     * @throws ForeignLineException where it is, but by another version
     */
    static <T> Optional<T> read(byte[] line, Class<T> type) throws ForeignLineException {
        if (line.length <= CHECKSUM_LENGTH + 1) {
            return Optional.empty();
        }
        byte[] json = java.util.Arrays.copyOfRange(line, CHECKSUM_LENGTH + 1, line.length);
        String expected = new String(line, 0, CHECKSUM_LENGTH, StandardCharsets.US_ASCII);
        if (!expected.equals(checksum(json))) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(json, type));
        } catch (IOException e) {
            // its checksum is right: it was written so, by another version
            throw new ForeignLineException("a line of another version of Mailroom: " + e.getMessage(), e);
        }
    }

    private static String checksum(byte[] json) {
        CRC32C checksum = new CRC32C();
        checksum.update(json);
        return HexFormat.of().toHexDigits((int) checksum.getValue());
    }
}
