/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.harness;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An IMAP connection on which every byte is the test's own: for what mail libraries do not say.
 *
 * <p>Strings become UTF-8 on the way out and ISO 8859-1 on the way in. Nothing is waited for longer than a minute, unless
 * {@link #waiting} says so. For one thread.
 */
public final class ImapConnection implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 60_000;
    private static final int LONG_MESSAGE = 5_000_000;
    private static final Pattern LITERAL = Pattern.compile("\\{(\\d+)}$");

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final String greeting;
    private final byte[] buffer = new byte[1 << 16];
    private int next;
    private int end;
    private int commands;

    private ImapConnection(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        this.in = socket.getInputStream();
        this.out = new BufferedOutputStream(socket.getOutputStream());
        this.greeting = readLine();
    }

    /** Connects to a loopback port and reads the greeting. */
    public static ImapConnection open(int port) throws IOException {
        return new ImapConnection(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /** The same connection, waiting for the server as long as that. */
    public ImapConnection waiting(Duration time) throws IOException {
        socket.setSoTimeout(Math.toIntExact(time.toMillis()));
        return this;
    }

    public String greeting() {
        return greeting;
    }

    public ImapConnection login(String user, String password) throws IOException {
        command("LOGIN " + user + " " + password).orFail();
        return this;
    }

    /** AUTHENTICATE PLAIN (RFC 4616) with an authorisation identity. */
    public ImapConnection authenticatePlain(String authorisedAs, String user, String password) throws IOException {
        byte[] response = (authorisedAs + "\0" + user + "\0" + password).getBytes(StandardCharsets.UTF_8);
        command("AUTHENTICATE PLAIN " + Base64.getEncoder().encodeToString(response))
                .orFail();
        return this;
    }

    public ImapConnection select(String mailbox) throws IOException {
        command("SELECT " + mailbox).orFail();
        return this;
    }

    /** Sends a command without tag and line end, and reads what the server says up to its tagged response. */
    public ImapReply command(String text) throws IOException {
        return command(text.getBytes(StandardCharsets.UTF_8));
    }

    /** As {@link #command(String)}, in raw bytes; non-synchronising literals ({n+}) may stand in it. */
    public ImapReply command(byte[] text) throws IOException {
        return await(send(text));
    }

    /** Sends a command and returns its tag without reading anything. */
    public String send(byte[] text) throws IOException {
        String tag = "t" + ++commands;
        out.write((tag + " ").getBytes(StandardCharsets.US_ASCII));
        out.write(text);
        out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
        return tag;
    }

    /** Sends octets as they are. */
    public void sendRaw(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    /** As {@link #sendRaw(String)}. */
    public void sendRaw(byte[] octets) throws IOException {
        out.write(octets);
        out.flush();
    }

    /** The next response, whatever it is; literals stand in it. */
    public String next() throws IOException {
        return readResponse();
    }

    /** Reads up to the tagged response of a command that was sent. */
    public ImapReply await(String tag) throws IOException {
        List<String> untagged = new ArrayList<>();
        for (String line = readResponse(); ; line = readResponse()) {
            if (line.startsWith(tag + " ")) {
                return new ImapReply(List.copyOf(untagged), line.substring(tag.length() + 1));
            }
            untagged.add(line);
        }
    }

    /**
     * APPENDs a message; flags as IMAP writes them, such as {@code \Seen $List}, or an empty string. The server is asked
     * before a long message is sent: James 3.8.1 waits for ever for the end of one that shares a packet with its command.
     */
    public ImapReply append(String mailbox, byte[] message, String flags) throws IOException {
        return append("APPEND " + mailbox + " (" + flags + ")", message);
    }

    /** As {@link #append(String, byte[], String)}, with an internal date as IMAP writes it. */
    public ImapReply append(String mailbox, byte[] message, String flags, String date) throws IOException {
        return append("APPEND " + mailbox + " (" + flags + ") \"" + date + "\"", message);
    }

    private ImapReply append(String begin, byte[] message) throws IOException {
        String command = begin + " {" + message.length;
        if (message.length < LONG_MESSAGE) {
            ByteArrayOutputStream octets = new ByteArrayOutputStream();
            octets.writeBytes((command + "+}\r\n").getBytes(StandardCharsets.UTF_8));
            octets.writeBytes(message);
            return command(octets.toByteArray());
        }
        String tag = send((command + "}").getBytes(StandardCharsets.UTF_8));
        String answer = next();
        if (!answer.startsWith("+")) {
            throw new AssertionError("The server answered: " + answer);
        }
        out.write(message);
        out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
        return await(tag);
    }

    /** UID SEARCH with these keys; fails where the server does not answer OK. */
    public List<Long> uidSearch(String keys) throws IOException {
        return command("UID SEARCH " + keys).orFail().found();
    }

    /** One response: a line, and where it ends in a literal the literal and what follows it. */
    private String readResponse() throws IOException {
        StringBuilder response = new StringBuilder();
        while (true) {
            String line = readLine();
            response.append(line);
            Matcher literal = LITERAL.matcher(line);
            if (!line.endsWith("}") || !literal.find()) {
                return response.toString();
            }
            byte[] bytes = read(Integer.parseInt(literal.group(1)));
            response.append("\r\n").append(new String(bytes, StandardCharsets.ISO_8859_1));
        }
    }

    /** By buffers, not by octets: lines of a megabyte come by, and are timed. */
    private String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            if (next == end && !fill()) {
                throw new EOFException("The server closed the connection after: " + line);
            }
            int begin = next;
            while (next < end && buffer[next] != '\n') {
                next++;
            }
            line.write(buffer, begin, next - begin);
            if (next < end) {
                next++;
                String text = line.toString(StandardCharsets.ISO_8859_1);
                return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
            }
        }
    }

    private byte[] read(int octets) throws IOException {
        byte[] bytes = new byte[octets];
        int done = 0;
        while (done < octets && (next < end || fill())) {
            int some = Math.min(octets - done, end - next);
            System.arraycopy(buffer, next, bytes, done, some);
            next += some;
            done += some;
        }
        return done == octets ? bytes : Arrays.copyOf(bytes, done);
    }

    /** @return false at the end */
    private boolean fill() throws IOException {
        next = 0;
        end = Math.max(0, in.read(buffer));
        return end > 0;
    }

    /** Drops the connection with a TCP reset, as a client that crashes does. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Sends nothing more, and reads what the server still says until it closes the connection. */
    public void finish() throws IOException {
        socket.shutdownOutput();
        while (fill()) {
            // it says what it will
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
