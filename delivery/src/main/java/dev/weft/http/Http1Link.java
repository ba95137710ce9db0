package dev.weft.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A connection of HTTP/1.1: one exchange at a time. */
final class Http1Link extends Link implements AnswerReader.Carrier {

    private static final int LONGEST_LINE = 8_192;
    private static final int LONGEST_HEAD = 32_768;
    private static final Pattern KEEP_ALIVE = Pattern.compile("timeout=(\\d{1,6})");

    private final Channel channel;
    private final ConnectionPool pool;
    private final AnswerReader reader;
    private boolean busy;
    private boolean last;
    private long idleNanos = TimeUnit.SECONDS.toNanos(IDLE_SECONDS);

    private Http1Link(Channel channel, ConnectionPool pool) {
        this.channel = channel;
        this.pool = pool;
        this.reader = new AnswerReader(pool.host(), pool.maxResponseBytes(), this);
    }

    static Http1Link over(Channel channel, ConnectionPool pool) {
        Http1Link link = new Http1Link(channel, pool);
        HttpDecoderConfig limits =
                new HttpDecoderConfig().setMaxInitialLineLength(LONGEST_LINE).setMaxHeaderSize(LONGEST_HEAD);
        channel.pipeline().addLast(new HttpClientCodec(limits, false, false), link.reader);
        return link;
    }

    @Override
    boolean hasRoom() {
        return !busy && !last && channel.isActive();
    }

    @Override
    boolean isIdle() {
        return !busy;
    }

    @Override
    long idleNanos() {
        return idleNanos;
    }

    @Override
    void send(Exchange exchange) {
        busy = true;
        reader.expect(exchange);
        exchange.runsOver(channel);
        channel.writeAndFlush(exchange.request()).addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
    }

    @Override
    public void answered(HttpResponse head) {
        busy = false;
        last = !HttpUtil.isKeepAlive(head);
        String keepAlive = head.headers().get("keep-alive");
        if (keepAlive != null) {
            shortenIdleness(keepAlive);
        }
        if (last) {
            channel.close();
        } else {
            pool.free(this);
        }
    }

    /** A second less than the server waits, so that it does not hang up on a request that is under way. */
    private void shortenIdleness(String keepAlive) {
        Matcher timeout = KEEP_ALIVE.matcher(keepAlive);
        if (timeout.find()) {
            long seconds = Math.min(IDLE_SECONDS, Long.parseLong(timeout.group(1)) - 1);
            idleNanos = TimeUnit.SECONDS.toNanos(Math.max(0, seconds));
        }
    }

    @Override
    public void ended() {
        pool.gone(this);
    }

    @Override
    void close() {
        channel.close();
    }
}
