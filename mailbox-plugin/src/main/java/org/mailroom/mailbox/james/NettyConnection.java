/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.james;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.util.AttributeKey;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.james.imap.decode.ImapRequestLineReader;
import org.apache.james.imapserver.netty.AbstractNettyImapRequestLineReader;
import org.apache.james.imapserver.netty.ImapRequestFrameDecoder;
import org.apache.james.imapserver.netty.NettyConstants;
import org.apache.james.imapserver.netty.NettyImapRequestLineReader;
import org.apache.james.imapserver.netty.NettyImapRequestLineReader.NotEnoughDataException;

/**
 * Reaches the connection under James's reader, to correct what James 3.8.1 and 3.9.0 get wrong about commands that
 * arrive in pieces, each in its own way. Only reflection reaches it from outside of the reader. For the thread that
 * decodes.
 */
public final class NettyConnection {
    private static final String HOLD = "mailroomHold";
    /** Where James 3.9 has the commands of a connection that wait. */
    private static final String COMMANDS =
            "org.apache.james.imapserver.netty.ImapChannelUpstreamHandler$ImapLinerarizer";

    /**
     * James 3.9 copies the pieces of a command to a list and parses that; 3.8 parses the connection's own buffer, and goes
     * back in it.
     */
    private static final boolean COPIES_PIECES = Stream.of(ImapRequestFrameDecoder.class.getDeclaredFields())
            .anyMatch(field -> field.getName().equals("pending"));

    private final Channel channel;

    private NettyConnection(Channel channel) {
        this.channel = channel;
    }

    /** The connection under {@code reader}; empty for readers that are on none, or where reflection is forbidden. */
    private static Optional<NettyConnection> under(ImapRequestLineReader reader) {
        if (!(reader instanceof AbstractNettyImapRequestLineReader)) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new NettyConnection((Channel) value(AbstractNettyImapRequestLineReader.class, "channel", reader)));
        } catch (ReflectiveOperationException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Object value(Class<?> type, String name, Object of) throws ReflectiveOperationException {
        return field(type, name).get(of);
    }

    private static Field field(Class<?> type, String name) throws ReflectiveOperationException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }

    private static Method continuationRequest() throws ReflectiveOperationException {
        Method request = ImapRequestLineReader.class.getDeclaredMethod("commandContinuationRequest");
        request.setAccessible(true);
        return request;
    }

    /** Why this class cannot do its work with the James that it runs in; nothing where it can. */
    static Optional<Exception> obstacle() {
        try {
            field(AbstractNettyImapRequestLineReader.class, "channel");
            continuationRequest();
            if (COPIES_PIECES) {
                field(AbstractNettyImapRequestLineReader.class, "retry");
                field(NettyImapRequestLineReader.class, "buffer");
                Class<?> commands = Class.forName(COMMANDS, false, NettyConstants.class.getClassLoader());
                field(commands, "isExecutingRequest");
                field(commands, "throttled");
            }
            return Optional.empty();
        } catch (ReflectiveOperationException | RuntimeException e) {
            return Optional.of(e);
        }
    }

    /**
     * Sends a command continuation request on the connection under {@code reader}. James's readers on a connection send
     * one for the first literal of a command only.
     */
    public static void requestContinuation(ImapRequestLineReader reader) throws IOException {
        Optional<NettyConnection> connection = under(reader);
        if (connection.isPresent()) {
            connection
                    .get()
                    .channel
                    .writeAndFlush(Unpooled.wrappedBuffer("+ Ok\r\n".getBytes(StandardCharsets.US_ASCII)));
            return;
        }
        try {
            continuationRequest().invoke(reader);
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new IOException("this server takes literals only as {n+}", e);
        }
    }

    /**
     * What to throw so that James parses the command again when more of it has come.
     *
     * <p>James 3.8 is not told how much more: where it knows, it may go back to commands that were run already. James 3.9
     * has to be told: where it does not know, it loses count of what it has copied. One octet is less than what any
     * command has by now, so it tries with whatever comes.
     */
    public static NotEnoughDataException moreOf(ImapRequestLineReader reader) {
        under(reader).ifPresent(NettyConnection::holdBack);
        return COPIES_PIECES ? new NotEnoughDataException(1) : new NotEnoughDataException();
    }

    /**
     * James takes the decoder that cuts lines out of the pipeline when it learns that octets are missing; what that has
     * in store goes to James's command decoder at once, in the midst of its work and before it has gone back to the start
     * of the command, and would be read as another command. So it is held back until the work is done.
     */
    private void holdBack() {
        ChannelPipeline pipeline = channel.pipeline();
        if (pipeline.get(NettyConstants.FRAMER) != null && pipeline.get(HOLD) == null) {
            pipeline.addBefore(NettyConstants.REQUEST_DECODER, HOLD, new Hold());
        }
    }

    /**
     * To be called where the last octet of a command has been read. James 3.9 throws the pieces of a command away when it
     * is complete, with what the client sent behind it: that is put back where it came from, before what comes next.
     */
    public static void commandEnded(ImapRequestLineReader reader) throws IOException {
        if (!COPIES_PIECES || !(reader instanceof NettyImapRequestLineReader)) {
            return;
        }
        try {
            boolean again = (boolean) value(AbstractNettyImapRequestLineReader.class, "retry", reader);
            ByteBuf pieces = (ByteBuf) value(NettyImapRequestLineReader.class, "buffer", reader);
            Optional<NettyConnection> connection = under(reader);
            if (again && pieces.isReadable() && connection.isPresent()) {
                ByteBuf rest = Unpooled.copiedBuffer(pieces);
                // its name does not matter: nobody looks for it
                connection.get().channel.pipeline().addBefore(NettyConstants.FRAMER, null, new Hold(rest));
            }
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new IOException("what follows the command is lost", e);
        }
    }

    /**
     * Whether James 3.9 runs a command or has others waiting. It is not when the next one is about to run, but then it is
     * as soon as the thread that decodes has done what waits for it.
     */
    private static boolean running(Channel channel) {
        Object commands = channel.attr(AttributeKey.valueOf("linearizer")).get();
        if (commands == null) {
            return false;
        }
        try {
            return ((AtomicBoolean) value(commands.getClass(), "isExecutingRequest", commands)).get()
                    || !((Queue<?>) value(commands.getClass(), "throttled", commands)).isEmpty();
        } catch (ReflectiveOperationException | RuntimeException e) {
            return false;
        }
    }

    /**
     * Holds octets back until the thread that decodes has nothing else to do; with James 3.9 also until the commands before
     * have run, because a command that comes in the moment in which another ends overtakes those that wait there.
     */
    private static final class Hold extends ChannelInboundHandlerAdapter {
        private static final int MAX_WAITING = 1 << 16;
        private static final int MILLISECONDS = 2;

        private final List<ByteBuf> held = new ArrayList<>();

        Hold(ByteBuf... first) {
            held.addAll(List.of(first));
        }

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            context.channel().eventLoop().execute(() -> release(context, false));
        }

        private void release(ChannelHandlerContext context, boolean wasIdle) {
            EventLoop thread = context.channel().eventLoop();
            if (context.isRemoved()) {
                return;
            }
            int octets = held.stream().mapToInt(ByteBuf::readableBytes).sum();
            if (!COPIES_PIECES || octets > MAX_WAITING) {
                context.pipeline().remove(this);
            } else if (running(context.channel())) {
                thread.schedule(() -> release(context, false), MILLISECONDS, TimeUnit.MILLISECONDS);
            } else if (wasIdle) {
                context.pipeline().remove(this);
            } else {
                thread.execute(() -> release(context, true));
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            held.add((ByteBuf) message);
        }

        /** In one piece: the first of several could end a command, and the others overtake what stood behind that in it. */
        @Override
        public void handlerRemoved(ChannelHandlerContext context) {
            if (!held.isEmpty()) {
                context.fireChannelRead(Unpooled.wrappedBuffer(held.toArray(ByteBuf[]::new)));
                context.fireChannelReadComplete();
            }
        }
    }
}
