package dev.weft.benchmarks.workflow;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.weft.benchmarks.process.Jvm;
import dev.weft.benchmarks.process.Options;
import dev.weft.local.BrokerMain;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How long it takes from an event, as it is given to Kafka's client, through the instance that waits for it to the HTTP
 * call that it makes, as it gets to the server; calls are made at once ({@code mode: fast}). The first quarter is not
 * counted.
 *
 * <p>{@code LatencyCost [--events 20000] [--rate 500] [--work-dir DIR]}; the rate is in events per second.
 */
public final class LatencyCost {

    private static final ObjectMapper JSON = new ObjectMapper();

    private LatencyCost() {}

    public static void main(String[] args) throws Exception {
        Map<String, String> options = Options.of(args);
        int events = Integer.parseInt(options.getOrDefault("--events", "20000"));
        int rate = Integer.parseInt(options.getOrDefault("--rate", "500"));
        Path folder = Files.createDirectories(
                Path.of(options.getOrDefault("--work-dir", ".weft/benchmark"), "workflows-" + System.nanoTime())
                        .toAbsolutePath());
        long[] millis = new long[events];
        AtomicInteger seen = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        ExecutorService answering = Executors.newFixedThreadPool(4);
        server.setExecutor(answering);
        server.createContext("/", exchange -> {
            long sent = JSON.readTree(exchange.getRequestBody()).path("sent").asLong();
            int number = seen.getAndIncrement();
            if (number < events) {
                millis[number] = System.currentTimeMillis() - sent;
            }
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        Jvm broker = Jvm.startBroker(folder);
        try {
            String kafka = broker.awaitLine(BrokerMain.READY);
            Orders orders = Orders.on(kafka);
            orders.place(0, events);
            String document = Workflows.read("notice.yaml")
                    .replace("PORT", Integer.toString(server.getAddress().getPort()));
            Jvm job = Jvm.start(
                    folder.resolve("job.log"),
                    "-Xmx1g",
                    WorkflowJob.class,
                    kafka,
                    "latency",
                    folder.resolve("flink").toString(),
                    "10s",
                    WorkflowJob.MEMORY,
                    document);
            orders.awaitRead("latency", events, job);
            orders.payEvenly(events, rate);
            job.await("all calls were made", () -> seen.get() >= events);
            job.kill();
        } finally {
            broker.stop();
            server.stop(0);
            answering.shutdown();
        }
        long[] counted = Arrays.copyOfRange(millis, events / 4, events);
        Arrays.sort(counted);
        System.out.printf(
                Locale.ROOT,
                "%d events a second: %d ms median, %d ms for 99 of 100, %d ms at most%n",
                rate,
                counted[counted.length / 2],
                counted[counted.length * 99 / 100],
                counted[counted.length - 1]);
    }
}
