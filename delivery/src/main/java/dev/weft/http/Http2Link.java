package dev.weft.http;

import dev.weft.http.CallFailure.Kind;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2SettingsFrame;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A connection of HTTP/2: as many exchanges at a time as the server allows. */
final class Http2Link extends Link {

    /** Where the server does not say how many it allows. */
    private static final int MOST_STREAMS = 1_000;

    private static final int LONGEST_HEAD = 32_768;
    private static final int WINDOW = 1 << 20;

    private final Channel channel;
    private final ConnectionPool pool;
    private final Consumer<Link> whenReady;
    private final Consumer<CallFailure> whenBroken;
    private final Set<Exchange> underWay = new LinkedHashSet<>();
    private int streams;
    private int mostStreams;
    private boolean leaving;

    private Http2Link(
            Channel channel, ConnectionPool pool, Consumer<Link> whenReady, Consumer<CallFailure> whenBroken) {
        this.channel = channel;
        this.pool = pool;
        this.whenReady = whenReady;
        this.whenBroken = whenBroken;
    }

    /**
     * Begins to speak HTTP/2, and says so when the server has said how many exchanges it allows at a time, or when the
     * connection has broken.
     */
    static void begin(
            Channel channel, ConnectionPool pool, Consumer<Link> whenReady, Consumer<CallFailure> whenBroken) {
        Http2Link link = new Http2Link(channel, pool, whenReady, whenBroken);
        Http2Settings settings = Http2Settings.defaultSettings()
                .pushEnabled(false)
                .initialWindowSize(WINDOW)
                .maxHeaderListSize(LONGEST_HEAD);
        channel.pipeline()
                .addLast(
                        Http2FrameCodecBuilder.forClient()
                                .initialSettings(settings)
                                .encoderEnforceMaxConcurrentStreams(true)
                                .build(),
                        new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()),
                        link.new Control());
    }

    @Override
    boolean hasRoom() {
        return !leaving && streams < mostStreams && channel.isActive();
    }

    @Override
    boolean isIdle() {
        return streams == 0;
    }

    @Override
    long idleNanos() {
        return TimeUnit.SECONDS.toNanos(IDLE_SECONDS);
    }

    @Override
    void send(Exchange exchange) {
        streams++;
        underWay.add(exchange);
        Stream stream = new Stream(exchange);
        AnswerReader reader = new AnswerReader(pool.host(), pool.maxResponseBytes(), stream);
        reader.expect(exchange);
        new Http2StreamChannelBootstrap(channel)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel opened) {
                        opened.pipeline().addLast(new Http2StreamFrameToHttpObjectCodec(false), reader);
                    }
                })
                .open()
                .addListener((Future<Http2StreamChannel> opened) -> opened(opened, stream));
    }

    private static void opened(Future<Http2StreamChannel> opened, Stream stream) {
        if (!opened.isSuccess()) {
            stream.ended();
            stream.exchange.finish(new CallFailure(Kind.BROKEN, "no stream could be opened"));
            return;
        }
        Http2StreamChannel carrier = opened.getNow();
        if (stream.exchange.isDone()) {
            carrier.close();
            return;
        }
        stream.exchange.runsOver(carrier);
        carrier.writeAndFlush(stream.exchange.request()).addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
    }

    @Override
    void close() {
        channel.close();
    }

    /** The place of one exchange. */
    private final class Stream implements AnswerReader.Carrier {
        private final Exchange exchange;
        private boolean counted = true;

        Stream(Exchange exchange) {
            this.exchange = exchange;
        }

        @Override
        public void answered(HttpResponse head) {
            ended();
        }

        @Override
        public void ended() {
            if (!counted) {
                return;
            }
            counted = false;
            streams--;
            underWay.remove(exchange);
            if (leaving && streams == 0) {
                channel.close();
            } else {
                pool.free(Http2Link.this);
            }
        }
    }

    /** What concerns the connection, not one stream. */
    private final class Control extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof Http2SettingsFrame frame) {
                allow(frame.settings().maxConcurrentStreams());
            } else if (message instanceof Http2GoAwayFrame) {
                leaving = true;
                if (streams == 0) {
                    context.close();
                }
            }
            ReferenceCountUtil.release(message);
        }

        private void allow(@Nullable Long most) {
            boolean first = mostStreams == 0;
            if (most != null || first) {
                mostStreams = most == null ? MOST_STREAMS : (int) Math.max(1, Math.min(most, MOST_STREAMS));
            }
            if (first) {
                whenReady.accept(Http2Link.this);
            } else {
                pool.free(Http2Link.this);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            leaving = true;
            pool.gone(Http2Link.this);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            leaving = true;
            CallFailure failure = WireFailures.of(cause, pool.host());
            whenBroken.accept(failure);
            List.copyOf(underWay).forEach(exchange -> exchange.finish(failure));
            context.close();
        }
    }
}
