package dev.weft.benchmarks.function;

import com.google.protobuf.ByteString;
import dev.weft.function.protocol.FromFunction;
import dev.weft.function.protocol.ToFunction;
import dev.weft.function.protocol.TypedValueMessage;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * A server of functions that gives every call the same answer: a value is another, and something is said. Only a call
 * without the value is told that there is one.
 */
final class AnswerMain {

    static final String READY = "listening at ";

    private static final TypedValueMessage VALUE = TypedValueMessage.newBuilder()
            .setTypename("bench/number")
            .setHasValue(true)
            .setValue(ByteString.copyFrom(new byte[16]))
            .build();

    private static final byte[] ANSWER = FromFunction.newBuilder()
            .setInvocationResult(FromFunction.InvocationResponse.newBuilder()
                    .addStateMutations(FromFunction.PersistedValueMutation.newBuilder()
                            .setMutationType(FromFunction.PersistedValueMutation.MutationType.MODIFY)
                            .setStateName("count")
                            .setStateValue(VALUE))
                    .addOutgoingEgresses(FromFunction.EgressMessage.newBuilder()
                            .setEgressNamespace("bench")
                            .setEgressType("said")
                            .setArgument(VALUE)))
            .build()
            .toByteArray();

    private static final byte[] UNDECLARED = FromFunction.newBuilder()
            .setIncompleteInvocationContext(FromFunction.IncompleteInvocationContext.newBuilder()
                    .addMissingValues(FromFunction.PersistedValueSpec.newBuilder()
                            .setStateName("count")
                            .setTypeTypename("bench/number")))
            .build()
            .toByteArray();

    private AnswerMain() {}

    /** Serves until the process is killed. */
    public static void main(String[] args) throws InterruptedException {
        Channel listener = new ServerBootstrap()
                .group(new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory()))
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(new HttpServerCodec(), new HttpObjectAggregator(1 << 20), new Answering());
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .sync()
                .channel();
        System.out.println(READY + "http://127.0.0.1:" + ((InetSocketAddress) listener.localAddress()).getPort());
        listener.closeFuture().sync();
    }

    private static final class Answering extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object part) throws IOException {
            try {
                byte[] answer = answer(((FullHttpRequest) part).content());
                FullHttpResponse response = new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.wrappedBuffer(answer));
                response.headers()
                        .set(HttpHeaderNames.CONTENT_TYPE, "application/octet-stream")
                        .set(HttpHeaderNames.CONTENT_LENGTH, answer.length);
                context.writeAndFlush(response, context.voidPromise());
            } finally {
                ReferenceCountUtil.release(part);
            }
        }

        private static byte[] answer(ByteBuf body) throws IOException {
            ToFunction request = ToFunction.parseFrom(new ByteBufInputStream(body));
            return request.getInvocation().getStateCount() == 0 ? UNDECLARED : ANSWER;
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close(); // the client has ended
        }
    }
}
