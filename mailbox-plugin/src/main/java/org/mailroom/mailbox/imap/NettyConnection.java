/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.james.imap.decode.ImapRequestLineReader;
import org.apache.james.imapserver.netty.AbstractNettyImapRequestLineReader;
import org.apache.james.imapserver.netty.NettyConstants;

/**
 * The connection under James's reader, for what James 3.8.1 and 3.9.0 get wrong about literals. It cannot be reached from
 * outside of the reader but by reflection. For the thread that decodes.
 */
final class NettyConnection {
    private static final String HOLD = "mailroomHold";

    private final Channel channel;

    private NettyConnection(Channel channel) {
        this.channel = channel;
    }

    /** The connection under {@code reader}; empty for readers that are on none, or where reflection is forbidden. */
    static Optional<NettyConnection> under(ImapRequestLineReader reader) {
        if (!(reader instanceof AbstractNettyImapRequestLineReader)) {
            return Optional.empty();
        }
        try {
            Field field = AbstractNettyImapRequestLineReader.class.getDeclaredField("channel");
            field.setAccessible(true);
            return Optional.of(new NettyConnection((Channel) field.get(reader)));
        } catch (ReflectiveOperationException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /**
     * Sends a command continuation request on the connection under {@code reader}. James's readers on a connection send
     * one for the first literal of a command only.
     */
    static void requestContinuation(ImapRequestLineReader reader) throws IOException {
        Optional<NettyConnection> connection = under(reader);
        if (connection.isPresent()) {
            connection
                    .get()
                    .channel
                    .writeAndFlush(Unpooled.wrappedBuffer("+ Ok\r\n".getBytes(StandardCharsets.US_ASCII)));
            return;
        }
        try {
            Method request = ImapRequestLineReader.class.getDeclaredMethod("commandContinuationRequest");
            request.setAccessible(true);
            request.invoke(reader);
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new IOException("this server takes literals only as {n+}", e);
        }
    }

    /**
     * To be called before James is told that octets of a command are missing. James then takes the decoder that cuts
     * lines out of the pipeline; what that has in store goes to James's command decoder at once, in the midst of its work
     * and before it has gone back to the start of the command, and would be read as another command. So it is held back
     * until the work is done.
     */
    void holdBack() {
        ChannelPipeline pipeline = channel.pipeline();
        if (pipeline.get(NettyConstants.FRAMER) != null && pipeline.get(HOLD) == null) {
            pipeline.addBefore(NettyConstants.REQUEST_DECODER, HOLD, new Hold());
        }
    }

    private static final class Hold extends ChannelInboundHandlerAdapter {
        private final List<Object> held = new ArrayList<>();

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            context.channel().eventLoop().execute(() -> {
                if (!context.isRemoved()) {
                    context.pipeline().remove(this);
                }
            });
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            held.add(message);
        }

        @Override
        public void handlerRemoved(ChannelHandlerContext context) {
            held.forEach(context::fireChannelRead);
            if (!held.isEmpty()) {
                context.fireChannelReadComplete();
            }
        }
    }
}
