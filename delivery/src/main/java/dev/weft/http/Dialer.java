package dev.weft.http;

import dev.weft.config.SecretUnavailable;
import dev.weft.http.CallFailure.Kind;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes connections to one host and port: looks the name up, checks each address as it is connected to, and agrees on
 * TLS and on the version of HTTP. Its state belongs to one event loop.
 */
final class Dialer {

    private final String host;
    private final int port;
    private final boolean secure;
    private final HttpSettings settings;
    private final AddressPolicy policy;
    private final TlsContexts contexts;
    private final EventLoop loop;
    private final Executor blocking;

    /** Who waits for the look-up that is under way; empty where there is none. */
    private final List<ConnectionPool> asking = new ArrayList<>();

    private int turn;

    /** What a connection needs to be made. */
    private record Prepared(
            List<InetAddress> addresses, @Nullable SslContext tls) {}

    Dialer(
            URI url,
            HttpSettings settings,
            AddressPolicy policy,
            TlsContexts contexts,
            EventLoop loop,
            Executor blocking) {
        this.host = hostOf(url);
        this.secure = url.getScheme().toLowerCase(Locale.ROOT).equals("https");
        this.port = url.getPort() < 0 ? (secure ? 443 : 80) : url.getPort();
        this.settings = settings;
        this.policy = policy;
        this.contexts = contexts;
        this.loop = loop;
        this.blocking = blocking;
    }

    private static String hostOf(URI url) {
        String host = url.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    String host() {
        return host;
    }

    /** Whether HTTP/1.1 will be spoken, whatever the server says. */
    boolean isSurelySingle() {
        return settings.version() == HttpProtocol.HTTP_1_1 || settings.version() == HttpProtocol.AUTO && !secure;
    }

    /** Tells the pool, later and once, of a connection or of why there is none. */
    void dial(ConnectionPool pool) {
        asking.add(pool);
        if (asking.size() > 1) {
            return;
        }
        try {
            blocking.execute(this::prepare);
        } catch (RejectedExecutionException e) {
            loop.execute(() -> refuse(new CallFailure(Kind.CLOSED, "the endpoint is closed")));
        }
    }

    /** Runs where it may block. */
    private void prepare() {
        Runnable next;
        try {
            if (!policy.allowsHost(host)) {
                CallFailure forbidden = new CallFailure(
                        Kind.FORBIDDEN_ADDRESS, "the host " + host + " is none of spec.network.allowHosts");
                next = () -> refuse(forbidden);
            } else {
                Prepared prepared = new Prepared(addresses(), secure ? contexts.current() : null);
                next = () -> proceed(prepared);
            }
        } catch (UnknownHostException e) {
            next = () -> refuse(WireFailures.of(e, host));
        } catch (SecretUnavailable e) {
            CallFailure failure = new CallFailure(Kind.CREDENTIALS, String.valueOf(e.getMessage()));
            next = () -> refuse(failure);
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            CallFailure failure = new CallFailure(Kind.TLS, "TLS cannot be set up: " + e.getMessage());
            next = () -> refuse(failure);
        }
        try {
            loop.execute(next);
        } catch (RejectedExecutionException e) {
            // The endpoint was closed meanwhile, and who waited has been told.
            return;
        }
    }

    private List<InetAddress> addresses() throws UnknownHostException {
        List<InetAddress> addresses = new ArrayList<>(List.of(InetAddress.getAllByName(host)));
        Collections.rotate(addresses, turn++);
        return addresses;
    }

    private void refuse(CallFailure failure) {
        asked().forEach(pool -> pool.refused(failure));
    }

    private void proceed(Prepared prepared) {
        List<InetAddress> allowed =
                prepared.addresses().stream().filter(policy::allows).toList();
        if (allowed.isEmpty()) {
            refuse(new CallFailure(
                    Kind.FORBIDDEN_ADDRESS,
                    host + " is " + prepared.addresses().get(0).getHostAddress()
                            + ", an address that must not be called"));
            return;
        }
        Prepared checked = new Prepared(allowed, prepared.tls());
        asked().forEach(pool -> new Attempt(pool, checked, 0).begin());
    }

    private List<ConnectionPool> asked() {
        List<ConnectionPool> all = List.copyOf(asking);
        asking.clear();
        return all;
    }

    /** One connection to one of the addresses; the next address is tried where it fails. */
    private final class Attempt {
        private final ConnectionPool pool;
        private final Prepared prepared;
        private final int index;
        private boolean settled;
        private Runnable whenSettled = () -> {};

        Attempt(ConnectionPool pool, Prepared prepared, int index) {
            this.pool = pool;
            this.prepared = prepared;
            this.index = index;
        }

        void begin() {
            InetSocketAddress address =
                    new InetSocketAddress(prepared.addresses().get(index), port);
            ChannelFuture connecting = new Bootstrap()
                    .group(loop)
                    .channel(NioSocketChannel.class)
                    .option(ChannelOption.ALLOCATOR, Buffers.HEAP)
                    .option(ChannelOption.TCP_NODELAY, true)
                    .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0) // ours covers TLS too
                    .handler(new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            prepare(channel);
                        }
                    })
                    .connect(address);
            ScheduledFuture<?> limit = loop.schedule(
                    () -> late(connecting.channel()), settings.connectTimeout().toNanos(), TimeUnit.NANOSECONDS);
            whenSettled = () -> limit.cancel(false);
            connecting.addListener((ChannelFuture connected) -> {
                if (!connected.isSuccess()) {
                    fail(WireFailures.of(connected.cause(), host));
                } else if (prepared.tls() == null) {
                    speak(connected.channel(), settings.version() == HttpProtocol.HTTP_2);
                }
            });
        }

        private void late(Channel channel) {
            if (!settled) {
                fail(new CallFailure(
                        Kind.CONNECT,
                        host + " took no connection within "
                                + settings.connectTimeout().toMillis() + " ms"));
                channel.close();
            }
        }

        private void prepare(Channel channel) {
            SslContext tls = prepared.tls();
            if (tls == null) {
                return;
            }
            SslHandler handler = tls.newHandler(channel.alloc(), host, port);
            handler.setHandshakeTimeoutMillis(0); // ours covers it
            channel.pipeline().addLast(handler, new Negotiation());
        }

        private void speak(Channel channel, boolean two) {
            if (two) {
                channel.closeFuture().addListener(closed -> fail(ended()));
                Http2Link.begin(channel, pool, this::settle, this::fail);
            } else {
                settle(Http1Link.over(channel, pool));
            }
        }

        private CallFailure ended() {
            return new CallFailure(Kind.CONNECT, host + " ended the connection before it could be used");
        }

        private void settle(Link link) {
            if (settled) {
                link.close();
                return;
            }
            settled = true;
            whenSettled.run();
            pool.connected(link);
        }

        private void fail(CallFailure failure) {
            if (settled) {
                return;
            }
            settled = true;
            whenSettled.run();
            if (index + 1 < prepared.addresses().size()) {
                new Attempt(pool, prepared, index + 1).begin();
            } else {
                pool.refused(failure);
            }
        }

        /** Waits for TLS, and then speaks what it agreed on. */
        private final class Negotiation extends ApplicationProtocolNegotiationHandler {

            Negotiation() {
                super(ApplicationProtocolNames.HTTP_1_1);
            }

            @Override
            protected void configurePipeline(ChannelHandlerContext context, String protocol) {
                boolean two = protocol.equals(ApplicationProtocolNames.HTTP_2);
                if (settings.version() == HttpProtocol.HTTP_2 && !two) {
                    fail(new CallFailure(Kind.TLS, host + " does not speak HTTP/2"));
                    context.close();
                    return;
                }
                speak(context.channel(), two);
            }

            @Override
            protected void handshakeFailure(ChannelHandlerContext context, Throwable cause) {
                fail(WireFailures.of(cause, host));
                context.close();
            }

            @Override
            public void channelInactive(ChannelHandlerContext context) throws Exception {
                fail(ended());
                super.channelInactive(context);
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
                fail(WireFailures.of(cause, host));
                context.close();
            }
        }
    }
}
