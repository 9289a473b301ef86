/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.wire;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.apache.james.imap.decode.ImapRequestLineReader;
import org.apache.james.imap.message.Literal;
import org.apache.james.imapserver.netty.NettyImapRequestLineReader.NotEnoughDataException;
import org.mailroom.mailbox.james.NettyConnection;
import org.mailroom.search.query.ImapInput;

/**
 * The arguments of a command as James's decoder has them. For one pass over one command, by one thread.
 *
 * <p>James parses a command again from its start whenever more of it arrives, and expects the pass that comes through
 * to stop at the line feed that ends the command, seen but not consumed. So a consumed line feed is only noted here, and
 * given to James when something after it is wanted.
 */
public final class CommandInput implements ImapInput {
    private static final int LONGEST_WORD = 40;

    private final ImapRequestLineReader reader;
    private final LiteralAnnouncement announcement = new LiteralAnnouncement();
    private final ContinuationRequests continuations;
    private boolean lineFeedConsumed;
    private String again = "";

    public CommandInput(ImapRequestLineReader reader, ContinuationRequests continuations) {
        this.reader = reader;
        this.continuations = continuations;
    }

    /** Never {@link #END}: what comes after the end of the command is the next command, or not there yet. */
    @Override
    public int peek() throws IOException {
        if (!again.isEmpty()) {
            return again.charAt(0);
        }
        passLineFeed();
        try {
            // James's reader widens octets with their sign
            return reader.nextChar() & 0xFF;
        } catch (NotEnoughDataException e) {
            throw NettyConnection.moreOf(reader);
        }
    }

    @Override
    public void consume() throws IOException {
        if (!again.isEmpty()) {
            again = again.substring(1);
            return;
        }
        int octet = peek();
        announcement.add(octet);
        if (octet == '\n') {
            lineFeedConsumed = true;
        } else {
            reader.consume();
        }
    }

    @Override
    public byte[] literal(int octets, boolean synchronizing) throws IOException {
        passLineFeed();
        if (synchronizing) {
            continuations.next(() -> NettyConnection.requestContinuation(reader));
        }
        announcement.clear();
        Literal literal = read(octets);
        try (InputStream content = literal.getInputStream()) {
            byte[] read = content.readNBytes(octets);
            if (read.length < octets) {
                throw new IOException("a literal of " + octets + " octets ended after " + read.length);
            }
            return read;
        } finally {
            if (literal instanceof Closeable file) {
                file.close();
            }
        }
    }

    private Literal read(int octets) throws IOException {
        try {
            return reader.read(octets, false);
        } catch (NotEnoughDataException e) {
            throw NettyConnection.moreOf(reader);
        }
    }

    /** Goes past {@code word} where it comes next, in any case, and a blank, bracket or line end follows. */
    public boolean skipWord(String word) throws IOException {
        StringBuilder seen = new StringBuilder();
        while (seen.length() < word.length() && Character.toUpperCase((char) peek()) == word.charAt(seen.length())) {
            seen.append((char) peek());
            consume();
        }
        boolean found = seen.length() == word.length() && " (\r\n".indexOf(peek()) >= 0;
        if (!found) {
            again = seen + again;
        }
        return found;
    }

    /**
     * The next word in upper case, up to a blank, a closing bracket or the end of the command; empty where there is none.
     * A word that is longer than any that is known comes in part.
     */
    public String word() throws IOException {
        skipBlanks();
        StringBuilder word = new StringBuilder();
        while (peek() != ' ' && peek() != ')' && !atEnd() && word.length() < LONGEST_WORD) {
            word.append((char) peek());
            consume();
        }
        return word.toString().toUpperCase(Locale.ROOT);
    }

    /**
     * The next word of a list in brackets, as {@link #word} reads it; empty at the closing bracket, which is consumed
     * then.
     *
     * @param list what the list is, for the message
     * @throws BadCommandException where the command ends before the bracket
     */
    public String wordOfList(String list) throws IOException, BadCommandException {
        String word = word();
        if (word.isEmpty()) {
            if (atEnd()) {
                throw new BadCommandException(list + " lack their closing bracket");
            }
            consume();
        }
        return word;
    }

    /**
     * Goes past the opening bracket of a list.
     *
     * @param complaint what to say where there is none
     */
    public void openList(String complaint) throws IOException, BadCommandException {
        skipBlanks();
        if (peek() != '(') {
            throw new BadCommandException(complaint);
        }
        consume();
    }

    public void skipBlanks() throws IOException {
        while (peek() == ' ') {
            consume();
        }
    }

    /** Whether the command ends here. */
    public boolean atEnd() throws IOException {
        return peek() == '\r' || peek() == '\n';
    }

    /**
     * Goes to the line feed that ends the command, over whatever stands before it and over the literals that the client
     * sends without waiting.
     *
     * @param most octets to go over at most
     * @throws IOException where the command goes on after that; it is not known then where the next one begins
     */
    public void skipToEnd(int most) throws IOException {
        again = "";
        long skipped = 0;
        while (true) {
            while (!lineFeedConsumed && peek() != '\n') {
                consume();
                skipped = withinLimit(skipped + 1, most);
            }
            if (!lineFeedConsumed) {
                consume();
            }
            long literal = announcement.notWaitedFor();
            if (literal < 0) {
                // James wants the line feed seen but not consumed, and so it stands
                return;
            }
            skipped = withinLimit(skipped + literal, most);
            literal((int) literal, false);
        }
    }

    /** The command has been read to its end, and no other pass over it will come. */
    public void end() throws IOException {
        NettyConnection.commandEnded(reader);
        continuations.forget();
    }

    private static long withinLimit(long skipped, int most) throws IOException {
        if (skipped > most) {
            throw new IOException("the rest of the command is longer than " + most + " octets");
        }
        return skipped;
    }

    private void passLineFeed() throws IOException {
        if (lineFeedConsumed) {
            reader.consume();
            lineFeedConsumed = false;
        }
    }
}
