package dev.weft.http;

import dev.weft.http.CallFailure.Kind;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts answers together: one after the other on a connection of HTTP/1.1, one on a stream of HTTP/2. */
final class AnswerReader extends ChannelInboundHandlerAdapter {

    private static final byte[] NOTHING = {};

    private final String host;
    private final int maxBytes;
    private final Carrier carrier;
    private @Nullable Exchange exchange;
    private @Nullable HttpResponse head;
    private @Nullable ByteArrayOutputStream body;

    /** What the exchange ran over, told when it is free again. */
    interface Carrier {

        /** The answer is complete. */
        void answered(HttpResponse head);

        /** There is nothing more to come. */
        void ended();
    }

    AnswerReader(String host, int maxBytes, Carrier carrier) {
        this.host = host;
        this.maxBytes = maxBytes;
        this.carrier = carrier;
    }

    void expect(Exchange next) {
        exchange = next;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (message instanceof HttpObject part) {
                read(context, part);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void read(ChannelHandlerContext context, HttpObject part) {
        if (part.decoderResult().isFailure()) {
            fail(context, unreadable(part.decoderResult().cause()));
            return;
        }
        if (exchange == null) {
            context.close(); // an answer that nobody asked for
            return;
        }
        if (part instanceof HttpResponse response) {
            head = response;
            body = null;
            if (HttpUtil.getContentLength(response, 0L) > maxBytes) {
                fail(context, tooLarge());
                return;
            }
        }
        HttpResponse current = head;
        if (part instanceof HttpContent content && current != null) {
            readBody(context, content, current);
        }
    }

    private void readBody(ChannelHandlerContext context, HttpContent content, HttpResponse current) {
        ByteBuf bytes = content.content();
        if (bytes.isReadable() && !append(bytes)) {
            fail(context, tooLarge());
        } else if (content instanceof LastHttpContent) {
            head = null;
            if (current.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
                finish(current);
            }
        }
    }

    /** Returns whether there was room. */
    private boolean append(ByteBuf bytes) {
        ByteArrayOutputStream soFar = body;
        if (soFar == null) {
            soFar = new ByteArrayOutputStream(bytes.readableBytes());
            body = soFar;
        }
        if (soFar.size() + bytes.readableBytes() > maxBytes) {
            return false;
        }
        byte[] piece = new byte[bytes.readableBytes()];
        bytes.readBytes(piece);
        soFar.write(piece, 0, piece.length);
        return true;
    }

    private void finish(HttpResponse answer) {
        Exchange finished = exchange;
        ByteArrayOutputStream bytes = body;
        exchange = null;
        body = null;
        carrier.answered(answer);
        if (finished != null) {
            List<HttpHeader> headers = new ArrayList<>(answer.headers().size());
            for (Map.Entry<String, String> header : answer.headers()) {
                headers.add(new HttpHeader(header.getKey(), header.getValue()));
            }
            finished.finish(
                    new HttpReply(answer.status().code(), headers, bytes == null ? NOTHING : bytes.toByteArray()));
        }
    }

    private CallFailure tooLarge() {
        return new CallFailure(Kind.TOO_LARGE, host + " answers with more than " + maxBytes + " bytes");
    }

    private CallFailure unreadable(Throwable cause) {
        boolean tooLong = cause instanceof TooLongHttpHeaderException || cause instanceof TooLongHttpLineException;
        return tooLong
                ? new CallFailure(Kind.TOO_LARGE, "the head of " + host + "'s answer is too long")
                : WireFailures.of(cause, host);
    }

    private void fail(ChannelHandlerContext context, CallFailure failure) {
        Exchange failed = exchange;
        exchange = null;
        context.close();
        if (failed != null) {
            failed.finish(failure);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        fail(context, new CallFailure(Kind.BROKEN, host + " ended the connection before its answer was complete"));
        carrier.ended();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(context, WireFailures.of(cause, host));
    }
}
