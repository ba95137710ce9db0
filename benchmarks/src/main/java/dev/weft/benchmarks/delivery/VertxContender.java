package dev.weft.benchmarks.delivery;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.header.Header;

/**
 * A dispatcher on Vert.x, in the manner of Knative's broker for Kafka: a consumer's records are handed to an event
 * loop, whose client calls in no order over a pool of connections, and the offset is committed before which all are
 * delivered. It retries nothing: with the first failure the process ends.
 */
public final class VertxContender {

    private static final Duration POLL = Duration.ofMillis(100);

    /** So many records may be handed over and not delivered: one poll's worth on top of what is under way. */
    private static final int HANDED_OVER = 1000;

    private final HttpClient client;
    private final RequestOptions options;
    private final Progress progress = new Progress(System.nanoTime());
    private final Semaphore room = new Semaphore(HANDED_OVER);

    private VertxContender(HttpClient client, RequestOptions options) {
        this.client = client;
        this.options = options;
    }

    /** Delivers until the process is killed: {@code <bootstrap> <run> <folder> <url>}. */
    public static void main(String[] args) throws InterruptedException {
        Vertx vertx = Vertx.vertx();
        HttpClient client = vertx.createHttpClient(
                new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(DeliveryCost.CONCURRENCY));
        RequestOptions options = new RequestOptions().setMethod(HttpMethod.POST).setAbsoluteURI(args[3]);
        new VertxContender(client, options).deliver(args[0], args[1], vertx.getOrCreateContext());
    }

    private void deliver(String bootstrap, String run, Context loop) throws InterruptedException {
        try (var consumer = Feed.consumer(bootstrap, run)) {
            while (!Thread.interrupted()) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                if (!records.isEmpty()) {
                    room.acquire(records.count());
                    loop.runOnContext(unused -> records.forEach(this::post));
                }
                progress.commit(consumer, System.nanoTime());
            }
        }
    }

    private void post(ConsumerRecord<byte[], byte[]> record) {
        client.request(options)
                .compose(request -> send(request, record))
                .compose(response -> response.statusCode() / 100 == 2
                        ? response.end()
                        : Future.failedFuture("answered " + response.statusCode()))
                .onComplete(
                        unused -> {
                            progress.delivered(record.offset());
                            room.release();
                        },
                        failure -> {
                            failure.printStackTrace(System.err);
                            Runtime.getRuntime().halt(1);
                        });
    }

    private static Future<HttpClientResponse> send(HttpClientRequest request, ConsumerRecord<byte[], byte[]> record) {
        for (Header header : record.headers()) {
            request.putHeader(Feed.name(header.key()), new String(header.value(), StandardCharsets.UTF_8));
        }
        return request.send(Buffer.buffer(record.value()));
    }
}
