package dev.weft.http;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the request that is sent. */
final class Requests {

    /** Methods that do not say how much they carry where it is nothing (RFC 9110, section 8.6). */
    private static final Set<String> WITHOUT_CONTENT = Set.of("GET", "HEAD", "DELETE", "OPTIONS", "TRACE");

    private Requests() {}

    /**
     * Throws {@link IllegalArgumentException} where a header holds what no header can.
     *
     * @param query added to that of the URL; null for none
     */
    static FullHttpRequest of(URI url, @Nullable String query, List<HttpHeader> first, HttpMessage message) {
        HttpHeaders headers = new DefaultHttpHeaders();
        headers.add(HttpHeaderNames.HOST, authority(url));
        for (HttpHeader header : first) {
            headers.add(header.name(), header.value());
        }
        for (HttpHeader header : message.headers()) {
            headers.add(header.name(), header.value());
        }
        if (message.body().length > 0 || !WITHOUT_CONTENT.contains(message.method())) {
            headers.add(HttpHeaderNames.CONTENT_LENGTH, message.body().length);
        }
        return new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1,
                HttpMethod.valueOf(message.method()),
                message.target() == null ? target(url, query) : message.target(),
                Unpooled.wrappedBuffer(message.body()),
                headers,
                EmptyHttpHeaders.INSTANCE);
    }

    private static String authority(URI url) {
        return url.getPort() < 0 ? url.getHost() : url.getHost() + ":" + url.getPort();
    }

    private static String target(URI url, @Nullable String query) {
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        String own = url.getRawQuery();
        if (query == null || query.equals(own) || own != null && own.endsWith("&" + query)) {
            return own == null ? path : path + "?" + own;
        }
        return path + "?" + (own == null ? "" : own + "&") + query;
    }
}
