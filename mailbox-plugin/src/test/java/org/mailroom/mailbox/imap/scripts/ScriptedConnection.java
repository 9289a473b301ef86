/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.scripts;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.james.mpt.api.Continuation;
import org.apache.james.mpt.api.Session;

/** A script's connection to the IMAP server. A line of the server that begins with {@code +} lets the script go on. */
final class ScriptedConnection implements Session {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final String GREETING_OF_SCRIPTS = "* OK IMAP4rev1 Server ready";
    private static final String CRLF = "\r\n";
    private static final Pattern LITERAL = Pattern.compile("\\{(\\d+)\\+?}\r\n$");

    private final int port;
    private final Continuation continuation;
    private Socket socket;
    private InputStream in;
    private boolean greeted;
    private int literalLeft;

    ScriptedConnection(int port, Continuation continuation) {
        this.port = port;
        this.continuation = continuation;
    }

    @Override
    public void start() throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** Another connection in place of this one, which the script takes as greeted. */
    @Override
    public void restart() throws IOException {
        stop();
        start();
        line();
        greeted = true;
    }

    /** The server's next line without its CRLF; empty where the server has closed the connection. */
    @Override
    public String readLine() throws IOException {
        String line = line();
        if (!greeted) {
            greeted = true;
            return GREETING_OF_SCRIPTS;
        }
        if (line.startsWith("+")) {
            continuation.doContinue();
        }
        return line;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int last = 0;
        int next = in.read();
        while (next >= 0 && !(last == '\r' && next == '\n')) {
            line.write(next);
            last = next;
            next = in.read();
        }
        String text = line.toString(StandardCharsets.US_ASCII);
        return next < 0 ? text : text.substring(0, text.length() - 1);
    }

    /**
     * Sends a line. Several scripts announce a literal so long that the CR of its last line belongs to it, and leave but
     * an LF to end the command; James's own host takes that, since its input ends there. A server waits for the CRLF.
     */
    @Override
    public void writeLine(String line) throws IOException {
        String text = line + CRLF;
        int ofLiteral = Math.min(literalLeft, text.length());
        literalLeft -= ofLiteral;
        String command = text.substring(ofLiteral);
        if (command.equals("\n")) {
            command = CRLF;
        }
        Matcher literal = LITERAL.matcher(command);
        if (literal.find()) {
            literalLeft = Integer.parseInt(literal.group(1));
        }
        socket.getOutputStream().write((text.substring(0, ofLiteral) + command).getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void stop() throws IOException {
        socket.close();
    }

    /** Scripts wait here for an index to be up to date. Mailroom's searches need no such wait. */
    @Override
    public void await() {}
}
