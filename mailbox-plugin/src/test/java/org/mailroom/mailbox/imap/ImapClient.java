/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** An IMAP connection that sends octets as they are told and reads lines as they come. For one thread. */
public final class ImapClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 30_000;

    /** The lines that came for a command; the last is the tagged one, without its tag. */
    public record Answer(List<String> untagged, String tagged) {
        public Answer isOk() {
            assertThat(tagged).as("after %s", untagged).startsWith("OK");
            return this;
        }

        /** The one response to a search among the untagged ones. */
        public String searched() {
            List<String> found = allSearched();
            assertThat(found).as("in %s", untagged).hasSize(1);
            return found.get(0);
        }

        /** The responses to a search among the untagged ones. */
        public List<String> allSearched() {
            return untagged.stream()
                    .filter(line -> line.matches("\\* (SEARCH|ESEARCH|SORT|THREAD)( .*)?"))
                    .toList();
        }
    }

    private final Socket socket;
    private final InputStream in;
    private int commands;

    public ImapClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
        assertThat(line()).startsWith("* OK");
    }

    /** Sends text as it is, in ISO 8859-1, without a line end. */
    public void send(String text) throws IOException {
        send(text, StandardCharsets.ISO_8859_1);
    }

    public void send(String text, Charset charset) throws IOException {
        socket.getOutputStream().write(text.getBytes(charset));
        socket.getOutputStream().flush();
    }

    /** The next line, without its end. */
    public String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new EOFException("the connection ended after " + line);
            }
            if (octet != '\r') {
                line.write(octet);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    /** Whether the server closes the connection, whatever it sends before. */
    public boolean ends() throws IOException {
        while (in.read() >= 0) {
            // what comes before the end does not count
        }
        return true;
    }

    /** A tag that was not used before. */
    public String newTag() {
        return "T" + ++commands;
    }

    public Answer command(String command) throws IOException {
        return command(command, StandardCharsets.UTF_8);
    }

    public Answer command(String command, Charset charset) throws IOException {
        String tag = newTag();
        send(tag + " " + command + "\r\n", charset);
        return answer(tag);
    }

    /** A command that is answered with OK. */
    public Answer ok(String command) throws IOException {
        return command(command).isOk();
    }

    /** What SEARCH or UID SEARCH finds. */
    public String search(String command) throws IOException {
        return ok(command).searched();
    }

    /** Reads lines up to the tagged one. */
    public Answer answer(String tag) throws IOException {
        List<String> untagged = new ArrayList<>();
        try {
            String line = line();
            while (!line.startsWith(tag + " ")) {
                untagged.add(line);
                line = line();
            }
            return new Answer(untagged, line.substring(tag.length() + 1));
        } catch (IOException e) {
            throw new IOException("no answer to " + tag + " after " + untagged, e);
        }
    }

    /** Sends the octets of a literal when the server asks for them. */
    public void literal(String octets) throws IOException {
        assertThat(line()).startsWith("+");
        send(octets, StandardCharsets.UTF_8);
    }

    /** Appends a message to the INBOX. */
    public void append(String flags, String message) throws IOException {
        String tag = newTag();
        byte[] octets = message.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        send(tag + " APPEND INBOX (" + flags + ") {" + octets.length + "+}\r\n");
        socket.getOutputStream().write(octets);
        send("\r\n");
        answer(tag).isOk();
    }

    /** Appends a message to any mailbox, with an internal date such as {@code 05-Mar-2000 12:00:00 +0000}. */
    public void append(String mailbox, String date, String message) throws IOException {
        String tag = newTag();
        byte[] octets = message.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        send(tag + " APPEND \"" + mailbox + "\" \"" + date + "\" {" + octets.length + "+}\r\n");
        socket.getOutputStream().write(octets);
        send("\r\n");
        answer(tag).isOk();
    }

    /** Appends {@code count} messages with the subjects {@code message 1}, {@code message 2} and so on. */
    public void appendMessages(int count) throws IOException {
        for (int i = 1; i <= count; i++) {
            append("", "From: a@mail.test\nSubject: message " + i + "\n\nbody " + i + "\n");
        }
        ok("NOOP");
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
