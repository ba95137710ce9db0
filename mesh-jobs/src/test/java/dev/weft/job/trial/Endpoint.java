package dev.weft.job.trial;

import dev.weft.testkit.http.Answer;
import dev.weft.testkit.http.ReceivedRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An endpoint that fails in every way there is, by the number of the event and the attempt, and remembers what it saw.
 * Safe for use by several threads.
 */
final class Endpoint {

    /** What an event meets, by its number. */
    enum Trouble {
        NONE(0),
        ERROR(2),
        BROKEN(1),
        SILENT(1),
        BUSY(1),
        BUSY_UNTIL(1),
        GARBAGE(1),
        SLOW(0),
        REFUSED(1),
        HOPELESS(Integer.MAX_VALUE);

        /** How many attempts fail. */
        final int failing;

        Trouble(int failing) {
            this.failing = failing;
        }
    }

    private static final int SPREAD = 40;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** One attempt, as the endpoint saw it. */
    record Attempt(int number, long millis, String idempotencyKey) {}

    private final Map<Integer, List<Attempt>> attempts = new TreeMap<>();
    private final Map<String, List<Integer>> taken = new TreeMap<>();

    /** Nine of ten events meet no trouble. */
    static Trouble of(int number) {
        int spot = number % SPREAD;
        Trouble[] all = Trouble.values();
        return spot % 4 == 0 && spot / 4 < all.length ? all[spot / 4] : Trouble.NONE;
    }

    /** Answers, and remembers. */
    synchronized Answer answer(ReceivedRequest request) {
        int number = Integer.parseInt(request.header("ce-id").orElseThrow());
        int attempt = Integer.parseInt(request.header("weft-attempt").orElseThrow());
        attempts.computeIfAbsent(number, unused -> new ArrayList<>())
                .add(new Attempt(
                        attempt,
                        request.epochMillis(),
                        request.header("idempotency-key").orElseThrow()));
        Trouble trouble = of(number);
        if (attempt > trouble.failing) {
            take(request.header("ce-subject").orElse(""), number);
            return trouble == Trouble.SLOW
                    ? Answer.text(200, "slowly").dripping(2, Duration.ofMillis(50))
                    : Answer.status(202);
        }
        return switch (trouble) {
            case ERROR, HOPELESS -> Answer.text(503, "not now");
            case BROKEN -> Answer.resetAmid(Answer.text(200, "half of this is all that comes"));
            case SILENT -> Answer.never();
            case BUSY -> Answer.status(429).with("Retry-After", Long.toString(PAUSE.toSeconds()));
            case BUSY_UNTIL -> Answer.status(503).with("Retry-After", httpDate(request.epochMillis()));
            case GARBAGE -> Answer.garbage("this is no HTTP\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            case REFUSED -> Answer.text(400, "I do not want this");
            case NONE, SLOW -> throw new IllegalStateException("no attempt of these fails");
        };
    }

    private static String httpDate(long now) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.ofEpochMilli(now).plus(PAUSE).atOffset(ZoneOffset.UTC));
    }

    /** A broken answer was a success to the endpoint: it is not counted as taken, as the mesh cannot know of it. */
    private void take(String key, int number) {
        taken.computeIfAbsent(key, unused -> new ArrayList<>()).add(number);
    }

    /** Returns every attempt at an event, in the order they came. */
    synchronized List<Attempt> attempts(int number) {
        return List.copyOf(attempts.getOrDefault(number, List.of()));
    }

    /** Returns the events that were taken, each once. */
    synchronized TreeSet<Integer> taken() {
        TreeSet<Integer> all = new TreeSet<>();
        taken.values().forEach(all::addAll);
        return all;
    }

    /** Returns the events of each key in the order in which each was first taken. */
    synchronized Map<String, List<Integer>> takenInOrder() {
        Map<String, List<Integer>> first = new TreeMap<>();
        taken.forEach(
                (key, numbers) -> first.put(key, numbers.stream().distinct().toList()));
        return first;
    }

    synchronized int calls() {
        return attempts.values().stream().mapToInt(List::size).sum();
    }
}
