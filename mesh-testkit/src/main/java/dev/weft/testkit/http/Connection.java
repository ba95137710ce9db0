package dev.weft.testkit.http;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;

/** One connection. Answers one request after the other. Used by the server's thread only. */
final class Connection {

    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

    private final ServerLoop loop;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final int number;
    private final RequestReader reader = new RequestReader();
    private final Queue<ByteBuffer> toWrite = new ArrayDeque<>();
    private boolean answering;
    private boolean continued;
    private Runnable whenWritten = () -> {};

    Connection(ServerLoop loop, SocketChannel channel, SelectionKey key, int number) {
        this.loop = loop;
        this.channel = channel;
        this.key = key;
        this.number = number;
    }

    void ready(ByteBuffer buffer) {
        try {
            if (key.isValid() && key.isReadable()) {
                read(buffer);
            }
            if (key.isValid() && key.isWritable()) {
                write();
            }
        } catch (IOException | RuntimeException e) {
            // The client went away, or speaks no HTTP: both end the connection, as they do at any server.
            end(false);
        }
    }

    private void read(ByteBuffer buffer) throws IOException {
        buffer.clear();
        if (channel.read(buffer) < 0) {
            end(false);
            return;
        }
        reader.add(buffer.flip());
        proceed();
    }

    private void proceed() throws IOException {
        if (answering) {
            return;
        }
        ReceivedRequest request = reader.next(number);
        if (request != null) {
            answering = true;
            continued = false;
            answer(loop.answerTo(request));
        } else if (!continued && reader.wantsToContinue()) {
            continued = true;
            send(ByteBuffer.wrap(CONTINUE), () -> {});
        }
    }

    private void answer(Answer answer) throws IOException {
        if (answer instanceof Answer.Reply reply) {
            send(whole(reply), this::answered);
        } else if (answer instanceof Answer.Delayed delayed) {
            later(delayed.delay(), () -> answer(delayed.then()));
        } else if (answer instanceof Answer.Drip drip) {
            ByteBuffer body = ByteBuffer.wrap(drip.reply().body());
            send(head(drip.reply()), () -> later(drip.every(), () -> drip(drip, body)));
        } else if (answer instanceof Answer.Reset reset) {
            ByteBuffer whole = whole(reset.reply());
            int body = reset.reply().body().length;
            send(whole.limit(whole.limit() - (body + 1) / 2), () -> end(true));
        } else if (answer instanceof Answer.Garbage garbage) {
            send(ByteBuffer.wrap(garbage.bytes()), () -> end(false));
        }
    }

    private void drip(Answer.Drip drip, ByteBuffer body) throws IOException {
        if (!body.hasRemaining()) {
            answered();
            return;
        }
        ByteBuffer piece = body.slice(body.position(), Math.min(drip.bytesAtATime(), body.remaining()));
        body.position(body.position() + piece.remaining());
        send(piece, () -> later(drip.every(), () -> drip(drip, body)));
    }

    private void answered() {
        answering = false;
        loop.soon(() -> guarded(this::proceed));
    }

    private void later(Duration delay, Action action) {
        loop.after(delay, () -> guarded(action));
    }

    private void guarded(Action action) {
        if (!channel.isOpen()) {
            return;
        }
        try {
            action.run();
        } catch (IOException | RuntimeException e) {
            end(false); // as in ready
        }
    }

    private interface Action {
        void run() throws IOException;
    }

    private void send(ByteBuffer bytes, Runnable then) throws IOException {
        toWrite.add(bytes);
        whenWritten = then;
        write();
    }

    private void write() throws IOException {
        for (ByteBuffer next = toWrite.peek(); next != null; next = toWrite.peek()) {
            channel.write(next);
            if (next.hasRemaining()) {
                key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
                return;
            }
            toWrite.remove();
        }
        key.interestOps(SelectionKey.OP_READ);
        Runnable then = whenWritten;
        whenWritten = () -> {};
        then.run();
    }

    void end(boolean reset) {
        try {
            if (reset) {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
            channel.close();
        } catch (IOException e) {
            throw new IllegalStateException("a connection cannot be closed", e);
        } finally {
            loop.ended(this);
        }
    }

    private static ByteBuffer whole(Answer.Reply reply) {
        byte[] head = headBytes(reply);
        ByteBuffer whole = ByteBuffer.allocate(head.length + reply.body().length);
        return whole.put(head).put(reply.body()).flip();
    }

    private static ByteBuffer head(Answer.Reply reply) {
        return ByteBuffer.wrap(headBytes(reply));
    }

    private static byte[] headBytes(Answer.Reply reply) {
        StringBuilder head = new StringBuilder(128);
        head.append("HTTP/1.1 ").append(reply.status()).append(" Scripted\r\n");
        for (Map.Entry<String, String> header : reply.headers().entrySet()) {
            head.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
        }
        if (reply.status() != 204) {
            head.append("content-length: ").append(reply.body().length).append("\r\n");
        }
        return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
