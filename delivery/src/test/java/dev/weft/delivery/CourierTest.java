package dev.weft.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.delivery.ParkingPolicy.OnFull;
import dev.weft.http.CallFailure;
import dev.weft.http.HttpHeader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CourierTest {

    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final BreakerPolicy BREAKER =
            new BreakerPolicy(50, 4, Duration.ofSeconds(10), Duration.ofSeconds(40));

    @ParameterizedTest(name = "{0}, base {1} ms, cap {2} ms: attempts after {3}")
    @CsvSource({
        "EXPONENTIAL, 200, 60000, 0 200 600 1400 3000",
        "EXPONENTIAL, 200, 500, 0 200 600 1100 1600",
        "LINEAR, 200, 60000, 0 200 600 1200 2000",
        "LINEAR, 200, 500, 0 200 600 1100 1600"
    })
    void triesAgainAfterTheWaitsOfTheFormula(Backoff backoff, long base, long cap, String expected) {
        World world = new World(terms(retry(5, backoff, base, cap)), 1, (id, attempt) -> instantly(500));
        world.accepts(0, "a", null);
        world.passes(DAY);
        assertThat(world.calls)
                .extracting(call -> call.time() - World.START)
                .containsExactlyElementsOf(longs(expected));
        assertThat(world.buried).containsExactly("a EXHAUSTED");
    }

    @Test
    void waitsAnyTimeUpToThatWithFullJitter() {
        RetryPolicy retry = new RetryPolicy(
                2,
                Duration.ofDays(1),
                Backoff.EXPONENTIAL,
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                true,
                Duration.ofMinutes(10),
                RetryStatuses.DEFAULT);
        World world = new World(terms(retry), 1, (id, attempt) -> instantly(500));
        IntStream.range(0, 200).forEach(i -> world.accepts(0, "e" + i, null));
        world.passes(DAY);
        List<Long> waits = world.calls.stream()
                .filter(call -> call.attempt() == 2)
                .map(call -> call.time() - World.START)
                .toList();
        assertThat(waits).hasSize(200).allMatch(wait -> wait >= 1 && wait <= 1000);
        assertThat(waits.stream().filter(wait -> wait < 250).count()).isBetween(20L, 80L);
        assertThat(waits.stream().filter(wait -> wait > 750).count()).isBetween(20L, 80L);
    }

    @ParameterizedTest(name = "Retry-After: {0} waits {1} ms")
    @CsvSource({
        "2, 2000",
        "'Mon, 05 Jan 2026 12:00:03 GMT', 3000",
        "'Mon, 05 Jan 2026 11:00:00 GMT', 200",
        "86400, 600000",
        "0, 200",
        "soon, 200"
    })
    void waitsAsLongAsTheTargetAsks(String retryAfter, long wait) {
        World world = new World(
                terms(retry(2, Backoff.EXPONENTIAL, 200, 1000)),
                1,
                (id, attempt) -> new World.Answer(
                        World.status(429, new HttpHeader("Retry-After", retryAfter))
                                .result(),
                        0));
        world.accepts(0, "a", null);
        world.passes(DAY);
        assertThat(world.calls).extracting(call -> call.time() - World.START).containsExactly(0L, wait);
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 408, 409, 429, 500, 503, 599})
    void triesAgainWhatAnotherTryMayHelp(int status) {
        World world = new World(
                terms(retry(3, Backoff.LINEAR, 1, 1)),
                1,
                (id, attempt) -> attempt < 3 ? World.status(status) : World.ok());
        world.accepts(0, "a", null);
        world.passes(DAY);
        assertThat(world.delivered).containsExactly("a");
        assertThat(world.calls).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 400, 401, 403, 413, 415, 422})
    void givesUpAtOnceWhatAnotherTryWouldNotHelp(int status) {
        World world = new World(terms(retry(3, Backoff.LINEAR, 1, 1)), 1, (id, attempt) -> World.status(status));
        world.accepts(0, "a", null);
        world.passes(DAY);
        assertThat(world.buried).containsExactly("a REFUSED");
        assertThat(world.calls).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            names = {"FORBIDDEN_ADDRESS", "TOO_LARGE"},
            mode = EnumSource.Mode.EXCLUDE)
    void triesAgainWhenNoAnswerCame(CallFailure.Kind kind) {
        World world = new World(
                terms(retry(3, Backoff.LINEAR, 1, 1)), 1, (id, attempt) -> attempt < 3 ? World.none(kind) : World.ok());
        world.accepts(0, "a", null);
        world.passes(DAY);
        assertThat(world.delivered).containsExactly("a");
    }

    @Test
    void aBacklogDoesNotMeanThatATargetIsNotWorthWaitingFor() {
        World world = new World(
                terms(1, RetryPolicy.DEFAULT, null, Double.POSITIVE_INFINITY),
                1,
                (id, attempt) -> new World.Answer(World.ok().result(), 1000));
        world.accepts(0, "a", null);
        world.accepts(0, "b", null);
        assertThat(world.courier().parkedParcels()).isEqualTo(1);
        assertThat(world.courier().isFlowing(world.now())).isTrue();
        assertThat(world.courier().isBusy()).isTrue();
        world.passes(5000);
        assertThat(world.courier().isBusy()).isFalse();
    }

    @Test
    void givesUpAnAddressThatMustNotBeCalled() {
        World world = new World(
                terms(RetryPolicy.DEFAULT), 1, (id, attempt) -> World.none(CallFailure.Kind.FORBIDDEN_ADDRESS));
        world.accepts(0, "a", null);
        world.passes(DAY);
        assertThat(world.buried).containsExactly("a REFUSED");
    }

    @Test
    void givesUpWhatWouldBeTriedTooLate() {
        RetryPolicy retry = new RetryPolicy(
                100,
                Duration.ofSeconds(10),
                Backoff.LINEAR,
                Duration.ofSeconds(4),
                Duration.ofSeconds(4),
                false,
                Duration.ZERO,
                RetryStatuses.DEFAULT);
        World world = new World(terms(retry), 1, (id, attempt) -> instantly(500));
        world.accepts(0, "a", null);
        world.passes(DAY);
        assertThat(world.calls).extracting(call -> call.time() - World.START).containsExactly(0L, 4000L, 8000L);
        assertThat(world.buried).containsExactly("a EXHAUSTED");
    }

    @Test
    void buriesAnAnswerThatIsNone() {
        World world = new World(terms(RetryPolicy.DEFAULT), 1, (id, attempt) -> World.status(299));
        world.accepts(0, "a", null);
        world.passes(DAY);
        assertThat(world.buried).containsExactly("a MALFORMED_REPLY");
        assertThat(world.calls).hasSize(1);
    }

    @Test
    void makesNoMoreCallsAtOnceThanItMay() {
        World world = new World(
                terms(3, RetryPolicy.DEFAULT, null, Double.POSITIVE_INFINITY),
                1,
                (id, attempt) -> new World.Answer(World.ok().result(), 1000));
        IntStream.range(0, 7).forEach(i -> world.accepts(i, "e" + i, null));
        assertThat(world.calls).hasSize(3);
        assertThat(world.courier().parkedParcels()).isEqualTo(4);
        world.passes(1000);
        assertThat(world.calls).hasSize(6);
        world.passes(2000);
        assertThat(world.delivered).hasSize(7);
        assertThat(world.store().size()).isZero();
    }

    @Test
    void keepsToItsRate() {
        World world = new World(terms(64, RetryPolicy.DEFAULT, null, 10), 1, (id, attempt) -> World.ok());
        IntStream.range(0, 50).forEach(i -> world.accepts(i, "e" + i, null));
        world.passes(1000);
        assertThat(world.calls).hasSizeBetween(10, 12);
        world.passes(10_000);
        assertThat(world.delivered).hasSize(50);
    }

    @Test
    void deliversEventsOfOneKeyOneAfterTheOther() {
        World world = new World(
                terms(RetryPolicy.DEFAULT),
                1,
                (id, attempt) -> new World.Answer(World.ok().result(), 100));
        IntStream.range(0, 5).forEach(i -> world.accepts(7, "e" + i, "k"));
        world.passes(DAY);
        assertThat(world.delivered).containsExactly("e0", "e1", "e2", "e3", "e4");
        assertThat(world.calls)
                .extracting(call -> call.time() - World.START)
                .containsExactly(0L, 100L, 200L, 300L, 400L);
        assertThat(world.store().heldKeys()).isZero();
    }

    @Test
    void aKeyThatFailsHoldsUpItselfAndNoOther() {
        World world = new World(
                terms(retry(100, Backoff.LINEAR, 1000, 1000)),
                1,
                (id, attempt) -> id.equals("bad0") && attempt <= 5 ? World.status(500) : World.ok());
        for (int i = 0; i < 3; i++) {
            world.accepts(7, "bad" + i, "bad");
            world.accepts(7, "good" + i, "good");
        }
        world.passes(100);
        assertThat(world.delivered).containsExactly("good0", "good1", "good2");
        world.passes(DAY);
        assertThat(world.delivered).endsWith("bad0", "bad1", "bad2").hasSize(6);
    }

    @Test
    void theNextOfAKeyGoesOnWhenOneIsGivenUp() {
        World world = new World(
                terms(retry(2, Backoff.LINEAR, 1000, 1000)),
                1,
                (id, attempt) -> id.equals("a") ? World.status(500) : World.ok());
        world.accepts(7, "a", "k");
        world.accepts(7, "b", "k");
        world.passes(DAY);
        assertThat(world.buried).containsExactly("a EXHAUSTED");
        assertThat(world.delivered).containsExactly("b");
    }

    @Test
    void leavesATargetAloneThatFails() {
        boolean[] isDead = {true};
        World world = new World(
                terms(64, retry(1000, Backoff.LINEAR, 100, 100), BREAKER, Double.POSITIVE_INFINITY),
                1,
                (id, attempt) -> isDead[0] ? World.status(503) : World.ok());
        for (int i = 0; i < 100; i++) {
            world.accepts(i, "e" + i, null);
            world.passes(2);
        }
        assertThat(world.courier().isOpen()).isTrue();
        assertThat(world.calls).hasSize(4);
        world.passes(100_000);
        assertThat(world.calls).as("one call after 10, 20, 40, 40 s").hasSizeBetween(7, 8);
        isDead[0] = false;
        world.passes(60_000);
        assertThat(world.courier().isOpen()).isFalse();
        assertThat(world.delivered).hasSize(100);
        assertThat(world.store().size()).isZero();
    }

    @Test
    void givesUpWhatWaitsTooLongForATargetThatIsGone() {
        RetryPolicy retry = new RetryPolicy(
                1000,
                Duration.ofMinutes(10),
                Backoff.LINEAR,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                false,
                Duration.ZERO,
                RetryStatuses.DEFAULT);
        World world =
                new World(terms(64, retry, BREAKER, Double.POSITIVE_INFINITY), 1, (id, attempt) -> World.status(503));
        IntStream.range(0, 50).forEach(i -> world.accepts(i % 5, "e" + i, i % 2 == 0 ? "k" + i % 10 : null));
        world.passes(Duration.ofMinutes(12).toMillis());
        assertThat(world.buried).hasSize(50).allMatch(buried -> buried.endsWith(" EXHAUSTED"));
        assertThat(world.store().size()).isZero();
        assertThat(world.store().heldKeys()).isZero();
    }

    @Test
    void sendsNothingWhilePausedAndThenWhatCameFirstFirst() {
        World world =
                new World(terms(1, RetryPolicy.DEFAULT, null, Double.POSITIVE_INFINITY), 1, (id, a) -> World.ok());
        world.courier().pause();
        IntStream.range(0, 5).forEach(i -> world.accepts(0, "e" + i, null));
        world.passes(DAY * 3);
        assertThat(world.calls).isEmpty();
        world.courier().resume(world.now());
        world.passes(1000);
        assertThat(world.delivered).containsExactly("e0", "e1", "e2", "e3", "e4");
    }

    @Test
    void ageDoesNotCountWhilePaused() {
        Duration maxAge = Duration.ofMinutes(1);
        RetryPolicy retry = new RetryPolicy(
                1_000,
                maxAge,
                Backoff.LINEAR,
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                false,
                Duration.ZERO,
                RetryStatuses.DEFAULT);
        World world = new World(terms(retry), 1, (id, attempt) -> instantly(attempt <= 3 ? 500 : 200));
        world.courier().pause();
        world.accepts(0, "a", null);
        world.passes(DAY * 3);

        world.courier().resume(world.now());
        world.passes(DAY);

        assertThat(world.delivered).containsExactly("a");
        assertThat(world.buried).isEmpty();
    }

    @Test
    void parksWithoutALimitWhilePaused() {
        Terms terms = new Terms(
                "billing",
                1,
                false,
                Double.POSITIVE_INFINITY,
                RetryPolicy.DEFAULT,
                null,
                Order.NONE,
                new ParkingPolicy(1000, OnFull.DEAD_LETTER));
        World world = new World(terms, 1, (id, attempt) -> World.ok());
        world.courier().pause();
        IntStream.range(0, 100).forEach(i -> world.accepts(0, "e" + i, null));
        assertThat(world.courier().isFull()).isFalse();

        world.courier().resume(world.now());
        world.passes(DAY);

        assertThat(world.delivered).hasSize(100);
        assertThat(world.buried).isEmpty();
    }

    @Test
    void doesNotSendWhatHasExpired() {
        World world = new World(
                terms(1, RetryPolicy.DEFAULT, null, Double.POSITIVE_INFINITY),
                1,
                (id, attempt) -> new World.Answer(World.ok().result(), 5000));
        String soon = Instant.ofEpochMilli(World.START + 1000).toString();
        world.accepts(0, "first", "k");
        world.accepts(0, World.event("late", Map.of("expirytime", soon)), "k");
        world.accepts(0, "last", "k");
        world.passes(DAY);
        assertThat(world.buried).containsExactly("late EXPIRED");
        assertThat(world.delivered).containsExactly("first", "last");
    }

    @Test
    void parksNoMoreThanItMay() {
        Terms terms = new Terms(
                "billing",
                1,
                false,
                Double.POSITIVE_INFINITY,
                RetryPolicy.DEFAULT,
                null,
                Order.NONE,
                new ParkingPolicy(1000, OnFull.DEAD_LETTER));
        World world =
                new World(terms, 1, (id, attempt) -> new World.Answer(World.ok().result(), 1000));
        IntStream.range(0, 20).forEach(i -> world.accepts(0, "e" + i, null));
        assertThat(world.courier().isFull()).isTrue();
        assertThat(world.buried).isNotEmpty().allMatch(buried -> buried.endsWith(" PARKING_FULL"));
        world.passes(DAY);
        assertThat(world.delivered.size() + world.buried.size()).isEqualTo(20);
        assertThat(world.courier().parkedBytes()).isZero();
    }

    @Test
    void goesOnAfterARestartWithTheAttemptsAndTheTimesItHad() {
        World world = new World(terms(retry(5, Backoff.EXPONENTIAL, 1000, 60_000)), 1, (id, attempt) -> instantly(500));
        world.accepts(3, "a", null);
        world.passes(3500);
        assertThat(world.calls).hasSize(3);
        world.restart(world.checkpoint());
        world.passes(DAY);
        assertThat(world.calls)
                .extracting(call -> call.time() - World.START)
                .containsExactly(0L, 1000L, 3000L, 7000L, 15_000L);
        assertThat(world.buried).containsExactly("a EXHAUSTED");
    }

    @Test
    void sendsAgainAfterARestartWhatWasOnItsWay() {
        World world = new World(
                terms(RetryPolicy.DEFAULT),
                1,
                (id, attempt) -> new World.Answer(World.ok().result(), 1000));
        world.accepts(3, "a", "k");
        world.accepts(3, "b", "k");
        world.accepts(4, "c", null);
        world.restart(world.checkpoint());
        world.passes(DAY);
        assertThat(world.delivered).containsExactlyInAnyOrder("a", "b", "c").containsSubsequence("a", "b");
    }

    @Test
    void outstandingIsWhatIsParkedAndUnderWay() {
        World world = new World(
                terms(2, RetryPolicy.DEFAULT, null, Double.POSITIVE_INFINITY),
                1,
                (id, attempt) -> new World.Answer(World.ok().result(), 1000));
        IntStream.range(0, 5).forEach(i -> world.accepts(i, "e" + i, null));
        assertThat(world.courier().outstanding()).isEqualTo(Map.of("route", new Outstanding(3, 0, 2)));
        world.passes(DAY);
        assertThat(world.courier().outstanding()).isEmpty();
    }

    @Test
    void whatHasFailedCountsAsRetriedAndStillDoesAfterARestart() {
        World world = new World(terms(RetryPolicy.DEFAULT), 1, (id, attempt) -> instantly(attempt == 1 ? 500 : 200));
        world.accepts(0, "a", null);
        world.passes(1);
        assertThat(world.courier().outstanding()).isEqualTo(Map.of("route", new Outstanding(0, 1, 0)));

        world.restart(world.checkpoint());
        assertThat(world.courier().outstanding()).isEqualTo(Map.of("route", new Outstanding(0, 1, 0)));
        world.passes(DAY);
        assertThat(world.courier().outstanding()).isEmpty();
    }

    private static World.Answer instantly(int status) {
        return new World.Answer(World.status(status).result(), 0);
    }

    private static List<Long> longs(String text) {
        return List.of(text.split(" ")).stream().map(Long::valueOf).toList();
    }

    private static RetryPolicy retry(int maxAttempts, Backoff backoff, long base, long cap) {
        return new RetryPolicy(
                maxAttempts,
                Duration.ofDays(2),
                backoff,
                Duration.ofMillis(base),
                Duration.ofMillis(cap),
                false,
                Duration.ofMinutes(10),
                RetryStatuses.DEFAULT);
    }

    private static Terms terms(RetryPolicy retry) {
        return terms(1000, retry, null, Double.POSITIVE_INFINITY);
    }

    private static Terms terms(
            int concurrency, RetryPolicy retry, @org.jspecify.annotations.Nullable BreakerPolicy breaker, double rate) {
        return new Terms("billing", concurrency, false, rate, retry, breaker, Order.NONE, ParkingPolicy.DEFAULT);
    }
}
