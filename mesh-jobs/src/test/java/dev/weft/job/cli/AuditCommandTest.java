package dev.weft.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.job.audit.Book;
import dev.weft.job.audit.Cut;
import dev.weft.job.audit.Item;
import dev.weft.job.audit.Leg;
import dev.weft.job.audit.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuditCommandTest {

    private static final Leg ALL = new Leg("everything", "all");
    private static final Leg BILLING = new Leg("big-orders", "billing");

    private FakeJobManager cluster;

    @BeforeEach
    void start() throws Exception {
        cluster = FakeJobManager.start();
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void aJobThatLosesNothingIsBalanced() throws Exception {
        shows(0);

        Golden.matches("audit-balanced", audit().seen());
    }

    @Test
    void aJobThatLosesNothingIsBalancedInJson() throws Exception {
        shows(0);

        Golden.matches("audit-balanced-json", audit("--output", "json").seen());
    }

    @Test
    void aLossIsSaidWithItsPlace() throws Exception {
        shows(1);

        Typed typed = audit();

        assertThat(typed.exitCode()).isEqualTo(ExitCodes.FAILURE);
        Golden.matches("audit-loss", typed.seen());
    }

    @Test
    void atLeastOnceMoreMayComeOutThanWentIn() throws Exception {
        cluster.says("/jobs/6a6f62/checkpoints/config", "{\"mode\":\"at_least_once\"}");
        shows(-2);

        assertThat(audit().exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(audit("--output", "json").out()).contains("\"exactlyOnce\" : false");
    }

    @Test
    void moreThanWentInIsAMistakeExactlyOnce() throws Exception {
        shows(-2);

        assertThat(audit().exitCode()).isEqualTo(ExitCodes.FAILURE);
        assertThat(audit().err())
                .contains("big-orders to billing: 2 events are too many between the route and the delivery");
    }

    @Test
    void itLooksAgainUntilAllSubtasksShowOneCheckpoint() throws Exception {
        cluster.shows(0, List.of(routing(41), routing(42)));
        cluster.shows(1, List.of(delivering(41, 0), delivering(41, 0), delivering(42, 0)));

        Typed typed = audit();

        assertThat(typed.exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(typed.err()).contains("checkpoint 42 is shown by 0 of 4 subtasks", "by 2 of 4 subtasks");
    }

    @Test
    void aCheckpointThatNeverComesIsSaid() throws Exception {
        cluster.shows(0, List.of(routing(41)));
        cluster.shows(1, List.of(delivering(41, 0)));

        Golden.matches("audit-waits", audit("--wait", "1ms").seen());
    }

    @Test
    void aJobThatIsNotThereIsTheUsersMistake() throws Exception {
        Typed typed = Typed.weft("audit", "shoe", "--jobmanager", cluster.address());

        assertThat(typed.exitCode()).isEqualTo(ExitCodes.INPUT);
        assertThat(typed.err()).contains("no job has the id or the name \"shoe\"");
    }

    @Test
    void statusShowsTargetsAndWhichRulesDecide() throws Exception {
        cluster.counts(targetCounts(), 3, 4);

        Golden.matches(
                "status-targets",
                Typed.weft("status", "shop", "--jobmanager", cluster.address())
                        .seen()
                        .replace(cluster.address(), "JOBMANAGER"));
        Typed json = Typed.weft("status", "shop", "--jobmanager", cluster.address(), "--output", "json");
        assertThat(Json.MAPPER
                        .readTree(json.out())
                        .at("/counts/targets/billing/parkedBytes")
                        .asLong())
                .isEqualTo(4096);
        assertThat(Json.MAPPER.readTree(json.out()).at("/counts/rules/newest").asInt())
                .isEqualTo(4);
    }

    @Test
    void statusShowsFunctions() throws Exception {
        Map<String, Long> counts = new TreeMap<>();
        counts.put("received", 1000L);
        counts.put("channel.receipts.delivered", 20L);
        for (String type : List.of("shop/cart", "shop_remote/fraud")) {
            String of = "function." + type + ".";
            counts.put(of + "invocations", 1200L);
            counts.put(of + "retried", 3L);
            counts.put(of + "failures", 2L);
            counts.put(of + "inFlight", 16L);
            counts.put(of + "backlog", 4096L);
            counts.put(of + "stateBytes", 8192L);
        }
        cluster.counts(counts, 3, 3);

        Golden.matches(
                "status-functions",
                Typed.weft("status", "shop", "--jobmanager", cluster.address())
                        .seen()
                        .replace(cluster.address(), "JOBMANAGER"));
        Typed json = Typed.weft("status", "shop", "--jobmanager", cluster.address(), "--output", "json");
        assertThat(Json.MAPPER
                        .readTree(json.out())
                        .path("counts")
                        .path("functions")
                        .path("shop/cart")
                        .path("backlog")
                        .asLong())
                .isEqualTo(4096);
    }

    private static Map<String, Long> targetCounts() {
        Map<String, Long> counts = new TreeMap<>();
        counts.put("received", 1000L);
        counts.put("delivered", 900L);
        counts.put("route.big-orders.matched", 100L);
        counts.put("channel.all.delivered", 900L);
        for (String target : List.of("billing", "mail", "search")) {
            counts.put("target." + target + ".delivered", 1500L);
            counts.put("target." + target + ".deadLettered", 1L);
        }
        counts.put("target.billing.parked", 32L);
        counts.put("target.billing.parkedBytes", 4096L);
        counts.put("target.billing.inFlight", 1L);
        counts.put("target.billing.open", 1L);
        counts.put("target.mail.paused", 2L);
        return counts;
    }

    private Typed audit(String... more) {
        List<String> args = new ArrayList<>(List.of("audit", "shop", "--jobmanager", cluster.address()));
        args.addAll(List.of(more));
        return Typed.weft(args.toArray(String[]::new));
    }

    private void shows(long lost) {
        cluster.shows(0, List.of(routing(42)));
        cluster.shows(1, List.of(delivering(42, lost)));
    }

    /** A subtask that decides about a thousand events and has nothing to deliver. */
    private static Map<String, Cut> routing(long checkpoint) {
        Book book = new Book();
        book.add("shop.orders", new Reading(1000, 1));
        book.add(ALL, Item.RECEIVED, 1000);
        book.add(ALL, Item.MATCHED, 900);
        book.add(ALL, Item.WRITTEN, 900);
        book.add(BILLING, Item.RECEIVED, 1000);
        book.add(BILLING, Item.MATCHED, 100);
        book.add(BILLING, Item.PUSHED, 100);
        return Map.of("route", new Cut(checkpoint, book.page()), "deliver", new Cut(checkpoint, new Book().page()));
    }

    /** A subtask that delivers, and loses some before. */
    private static Map<String, Cut> delivering(long checkpoint, long lost) {
        Book book = new Book();
        book.add(BILLING, Item.ACCEPTED, 100 - lost);
        book.add(BILLING, Item.DELIVERED, 60 - lost);
        book.add(BILLING, Item.PARKED, 25);
        book.add(BILLING, Item.RETRYING, 9);
        book.add(BILLING, Item.IN_FLIGHT, 4);
        book.add(BILLING, Item.BURIED, 2);
        return Map.of("route", new Cut(checkpoint, new Book().page()), "deliver", new Cut(checkpoint, book.page()));
    }
}
