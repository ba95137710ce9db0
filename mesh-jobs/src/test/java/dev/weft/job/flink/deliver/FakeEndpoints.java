package dev.weft.job.flink.deliver;

import static java.util.Objects.requireNonNull;

import dev.weft.delivery.ParcelMessage;
import dev.weft.delivery.Target;
import dev.weft.http.CallResult;
import dev.weft.http.HttpEndpoint;
import dev.weft.http.HttpHeader;
import dev.weft.http.HttpMessage;
import dev.weft.http.HttpReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Endpoints that answer as a script says, and at once; found again by a copy that went over the wire. */
final class FakeEndpoints implements Endpoints {

    private static final Map<Integer, Script> SCRIPTS = new ConcurrentHashMap<>();
    private static final AtomicInteger NEXT = new AtomicInteger();
    private static final long serialVersionUID = 1;

    private final int number = NEXT.incrementAndGet();

    /** What was posted, and by which attempt. */
    record Posted(String target, String idempotencyKey, int attempt) {}

    private record Script(IntFunction<@Nullable CallResult> answer, List<Posted> posted) {}

    /**
     * Makes endpoints.
     *
     * @param answer to an attempt, from 1; null never answers
     */
    FakeEndpoints(IntFunction<@Nullable CallResult> answer) {
        SCRIPTS.put(number, new Script(answer, new ArrayList<>()));
    }

    static HttpReply status(int status) {
        return new HttpReply(status, List.of(), new byte[] {'n', 'o'});
    }

    List<Posted> posted() {
        return script().posted();
    }

    private Script script() {
        return requireNonNull(SCRIPTS.get(number));
    }

    @Override
    public HttpEndpoint open(Target target) {
        return new HttpEndpoint() {
            @Override
            public void post(HttpMessage message, Consumer<CallResult> result) {
                Script script = script();
                int attempt = Integer.parseInt(header(message, ParcelMessage.ATTEMPT));
                String key = header(message, ParcelMessage.IDEMPOTENCY_KEY);
                script.posted().add(new Posted(target.name(), key, attempt));
                CallResult answer = script.answer().apply(attempt);
                if (answer != null) {
                    result.accept(answer);
                }
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
    }

    private static String header(HttpMessage message, String name) {
        return message.headers().stream()
                .filter(header -> header.name().equals(name))
                .map(HttpHeader::value)
                .findFirst()
                .orElseThrow();
    }
}
