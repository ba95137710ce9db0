package dev.weft.benchmarks.delivery;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The server that everyone delivers to: 202 and nothing else, as soon as the request is read. What is posted to a path
 * is counted under that path; a GET of the path tells the counts. One thread.
 */
public final class ServerMain {

    static final String READY = "listening at ";

    private ServerMain() {}

    /** Serves until the process is killed. */
    public static void main(String[] args) throws InterruptedException {
        Map<String, Tally> tallies = new HashMap<>(); // touched by the one thread of the server only
        Channel listener = new ServerBootstrap()
                .group(new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory()))
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new HttpServerCodec(), new Counting(tallies));
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .sync()
                .channel();
        System.out.println(READY + "http://127.0.0.1:" + ((InetSocketAddress) listener.localAddress()).getPort());
        listener.closeFuture().sync();
    }

    private static final class Counting extends ChannelInboundHandlerAdapter {

        private final Map<String, Tally> tallies;
        private Tally tally = new Tally();
        private String path = "";
        private boolean isQuestion;

        Counting(Map<String, Tally> tallies) {
            this.tallies = tallies;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object part) {
            try {
                if (part instanceof HttpRequest request) {
                    begin(request);
                }
                if (part instanceof LastHttpContent) {
                    end(context);
                }
            } finally {
                ReferenceCountUtil.release(part);
            }
        }

        private void begin(HttpRequest request) {
            if (!path.equals(request.uri())) {
                path = request.uri();
                tally = tallies.computeIfAbsent(path, unused -> new Tally());
            }
            isQuestion = request.method().equals(HttpMethod.GET);
            if (!isQuestion) {
                tally.count(request.headers().get("ce-id"));
            }
        }

        private void end(ChannelHandlerContext context) {
            ByteBuf body = isQuestion
                    ? Unpooled.copiedBuffer(tally.counts().text(), StandardCharsets.US_ASCII)
                    : Unpooled.EMPTY_BUFFER;
            FullHttpResponse response = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, isQuestion ? HttpResponseStatus.OK : HttpResponseStatus.ACCEPTED, body);
            response.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
            context.writeAndFlush(response, context.voidPromise());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close(); // a contender was killed; what it did not deliver is missed by the counts
        }
    }
}
