/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.journal;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads a journal line by line, one in memory at a time. It reports a line that is not as it was written as damage, and
 * reads those behind it; where the damage is to a line break, it finds the two lines that run together.
 */
final class JournalReader {
    private static final int BUFFER = 1 << 16;
    private static final int MAX_LINE = 1 << 27;
    private static final byte[] RECORD = " {\"line\":\"".getBytes(StandardCharsets.US_ASCII);

    private final Path file;
    private final Visitor visitor;

    private JournalReader(Path file, Visitor visitor) {
        this.file = file;
        this.visitor = visitor;
    }

    /** Receives what stands in a journal, in order. */
    interface Visitor {
        /** @param begin where the record's line begins, in octets */
        void record(long begin, JournalRecord record) throws IOException;

        /** By default nothing: whoever needs to know asks. */
        default void damaged(Damage damage) throws IOException {}
    }

    /**
     * Reads whole lines from {@code begin} on, where one begins.
     *
     * @return where the last whole line ends
     */
    static long read(Path file, long begin, Visitor visitor) throws IOException {
        return new JournalReader(file, visitor).read(begin);
    }

    private long read(long begin) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.position(begin);
            InputStream in = new BufferedInputStream(Channels.newInputStream(channel), BUFFER);
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            long lineBegin = begin;
            long at = begin;
            for (int octet = in.read(); octet >= 0; octet = in.read()) {
                at++;
                if (octet != '\n') {
                    if (line.size() < MAX_LINE) {
                        line.write(octet);
                    }
                } else {
                    line(lineBegin, at, line.toByteArray());
                    // one long line does not let all others be that large
                    line = line.size() > BUFFER ? new ByteArrayOutputStream() : reset(line);
                    lineBegin = at;
                }
            }
            return lineBegin;
        }
    }

    private static ByteArrayOutputStream reset(ByteArrayOutputStream line) {
        line.reset();
        return line;
    }

    private void line(long begin, long end, byte[] line) throws IOException {
        if (tell(begin, end, line)) {
            return;
        }
        int second = lastRecord(line);
        boolean firstFound = second > 1 && tell(begin, begin + second, Arrays.copyOf(line, second - 1));
        if (second > 0 && !firstFound) {
            visitor.damaged(new Damage(file, begin, begin + second, false));
        }
        if (second <= 0 || !tell(begin + second, end, Arrays.copyOfRange(line, second, line.length))) {
            visitor.damaged(new Damage(file, begin + Math.max(0, second), end, false));
        }
    }

    /** Whether the line is as it was written. */
    private boolean tell(long begin, long end, byte[] line) throws IOException {
        Optional<JournalRecord> record;
        try {
            record = LineFormat.read(line, JournalRecord.class);
        } catch (ForeignLineException e) {
            visitor.damaged(new Damage(file, begin, end, true));
            return true;
        }
        if (record.isPresent()) {
            visitor.record(begin, record.get());
        }
        return record.isPresent();
    }

    /** Where the last record of the line begins; in JSON no text holds what a record begins with. 0 for none but a first. */
    private static int lastRecord(byte[] line) {
        for (int at = line.length - RECORD.length; at > LineFormat.CHECKSUM_LENGTH; at--) {
            if (line[at] == RECORD[0] && Arrays.equals(line, at, at + RECORD.length, RECORD, 0, RECORD.length)) {
                return at - LineFormat.CHECKSUM_LENGTH;
            }
        }
        return 0;
    }
}
