package dev.weft.workflow.call;

import dev.weft.http.AddressPolicy;
import dev.weft.http.CallFailure;
import dev.weft.http.CallFailure.Kind;
import dev.weft.http.CallResult;
import dev.weft.http.HttpHeader;
import dev.weft.http.HttpMessage;
import java.net.URI;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** All whom a caller calls. Safe for use by several threads. */
final class Origins {

    /** Hosts may come out of data, so there may be any number of them. */
    private static final int MOST = 256;

    private final CallTerms terms;
    private final AddressPolicy policy;
    private final LongSupplier millis;
    private final Map<URI, Origin> origins = new LinkedHashMap<>(16, 0.75f, true);
    private boolean closed;

    Origins(CallTerms terms, AddressPolicy policy, LongSupplier millis) {
        this.terms = terms;
        this.policy = policy;
        this.millis = millis;
    }

    /** Sends a request. Never throws, and gives exactly one result. */
    void send(URI url, String method, List<HttpHeader> headers, byte[] body, Consumer<CallResult> result) {
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        String target = url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
        Origin origin = origin(Origin.of(url));
        if (origin == null) {
            result.accept(new CallFailure(Kind.CLOSED, "calls have ended"));
        } else {
            origin.send(new HttpMessage(method, target, headers, body), result);
        }
    }

    private synchronized @Nullable Origin origin(URI url) {
        if (closed) {
            return null;
        }
        Origin origin = origins.computeIfAbsent(url, key -> new Origin(key, terms, policy, millis));
        if (origins.size() > MOST) {
            closeOldestIdle(origin);
        }
        return origin;
    }

    private void closeOldestIdle(Origin wanted) {
        Iterator<Origin> byUse = origins.values().iterator();
        while (byUse.hasNext()) {
            Origin origin = byUse.next();
            if (origin != wanted && origin.isIdle()) {
                byUse.remove();
                origin.close();
                return;
            }
        }
    }

    void close() {
        List<Origin> open;
        synchronized (this) {
            closed = true;
            open = new ArrayList<>(origins.values());
            origins.clear();
        }
        open.forEach(Origin::close);
    }
}
