package dev.weft.benchmarks.function;

import dev.weft.http.AddressPolicy;
import dev.weft.http.CallResult;
import dev.weft.http.HttpEndpoint;
import dev.weft.http.HttpEndpoints;
import dev.weft.http.HttpHeader;
import dev.weft.http.HttpMessage;
import dev.weft.http.HttpReply;
import dev.weft.http.HttpSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/** Posts the bytes of calls, which are ready, and looks at nothing but the status of the answers. */
final class BareCaller implements RemoteCost.Caller {

    private static final List<HttpHeader> HEADERS = List.of(new HttpHeader("content-type", "application/octet-stream"));

    private final HttpEndpoint endpoint;
    private final HttpMessage message;
    private final int calls;
    private final int batch;
    private final AtomicLong answered = new AtomicLong();
    private final Semaphore ended = new Semaphore(0);
    private volatile boolean isOver;

    BareCaller(URI url, int calls, int batch) {
        this.endpoint = HttpEndpoints.open(settings(url, calls), AddressPolicy.open(), Map.of());
        this.message = new HttpMessage(HEADERS, RemoteCost.request("a", batch));
        this.calls = calls;
        this.batch = batch;
    }

    static HttpSettings settings(URI url, int calls) {
        return HttpSettings.of(url).within(Duration.ofSeconds(30), Duration.ofSeconds(5), calls, 1 << 20);
    }

    @Override
    public long call(long millis) throws InterruptedException {
        answered.set(0);
        isOver = false;
        for (int i = 0; i < calls; i++) {
            post();
        }
        Thread.sleep(millis);
        isOver = true;
        ended.acquire(calls);
        return answered.get();
    }

    private void post() {
        endpoint.post(message, this::take);
    }

    private void take(CallResult result) {
        if (!(result instanceof HttpReply reply && reply.isSuccess())) {
            throw new IllegalStateException("a call failed: " + result);
        }
        answered.addAndGet(batch);
        if (isOver) {
            ended.release();
        } else {
            post();
        }
    }

    @Override
    public void close() {
        endpoint.close();
    }
}
