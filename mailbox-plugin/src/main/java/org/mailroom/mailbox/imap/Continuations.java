/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.io.IOException;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.decode.ImapRequestLineReader;
import org.apache.james.imapserver.netty.AbstractNettyImapRequestLineReader;

/**
 * Asks the client for the literals that it waits to send: once for each, though James parses the command again from its
 * start for each piece that arrives. James 3.8.1 and 3.9.0 ask for the first literal of a command only; a client that
 * sends a second one would wait forever.
 *
 * <p>Neither the request nor the connection can be reached from outside of James's reader, so both are reached by
 * reflection. For one pass over one command, by the thread that decodes.
 */
final class Continuations {
    private static final String SENT = "org.mailroom.mailbox.imap.continuations";

    private final ImapSession session;
    private int literals;

    Continuations(ImapSession session) {
        this.session = session;
    }

    /** Lets the client send the next literal of the command, unless an earlier pass did. */
    void send(ImapRequestLineReader reader) throws IOException {
        literals++;
        int sent = session.getAttribute(SENT) instanceof Integer count ? count : 0;
        if (literals > sent) {
            request(reader);
            session.setAttribute(SENT, literals);
        }
    }

    /** The command has come to its end. */
    void forget() {
        if (literals > 0) {
            session.setAttribute(SENT, null);
        }
    }

    private static void request(ImapRequestLineReader reader) throws IOException {
        if (reader instanceof AbstractNettyImapRequestLineReader) {
            Field field = accessible(() -> AbstractNettyImapRequestLineReader.class.getDeclaredField("channel"));
            Channel channel = reflect(() -> (Channel) field.get(reader));
            channel.writeAndFlush(Unpooled.wrappedBuffer("+ Ok\r\n".getBytes(StandardCharsets.US_ASCII)));
        } else {
            Method method =
                    accessible(() -> ImapRequestLineReader.class.getDeclaredMethod("commandContinuationRequest"));
            reflect(() -> method.invoke(reader));
        }
    }

    private static <T extends AccessibleObject> T accessible(Callable<T> member) throws IOException {
        T found = reflect(member);
        reflect(() -> {
            found.setAccessible(true);
            return found;
        });
        return found;
    }

    private static <T> T reflect(Callable<T> call) throws IOException {
        try {
            return call.call();
        } catch (Exception e) {
            throw new IOException("this server takes literals only as {n+}", e);
        }
    }
}
