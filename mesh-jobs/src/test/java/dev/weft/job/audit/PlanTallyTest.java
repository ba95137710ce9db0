package dev.weft.job.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.job.Jobs;
import dev.weft.job.RoutingPlan;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTallyTest {

    private static final Leg TO_ALL = new Leg("r", "all");
    private static final Leg TO_MORE = new Leg("r", "more");

    private final Book book = new Book();

    @Test
    void aRouteReceivesWhatItsChannelsRead() {
        PlanTally tally = new PlanTally(plan("from: [orders, payments], to: [all]"));
        tally.event("shop.orders");
        tally.event("shop.payments");
        tally.event("shop.elsewhere");
        tally.refused("shop.orders");
        tally.settle(book);

        assertThat(book.page().count(TO_ALL, Item.RECEIVED)).isEqualTo(2);
        Balance balance = Balance.of(List.of(new Cut(1, book.page())));
        assertThat(balance.read()).hasSize(3).containsEntry("shop.orders", new Reading(1, 1));
    }

    @Test
    void whatWasSettledIsNotSettledAgain() {
        PlanTally tally = new PlanTally(plan("from: [orders], to: [all]"));
        tally.event("shop.orders");
        tally.matched(0);
        tally.handed(0, 0);
        tally.settle(book);
        tally.event("shop.orders");
        tally.settle(book);
        tally.settle(book);

        assertThat(book.page().count(TO_ALL, Item.RECEIVED)).isEqualTo(2);
        assertThat(book.page().count(TO_ALL, Item.MATCHED)).isEqualTo(1);
        assertThat(book.page().count(TO_ALL, Item.WRITTEN)).isEqualTo(1);
    }

    @Test
    void aDestinationCountsFromWhenTheRouteHasIt() {
        PlanTally before = new PlanTally(plan("from: [orders], to: [all]"));
        before.event("shop.orders");
        before.matched(0);
        before.handed(0, 0);
        before.settle(book);
        PlanTally after = new PlanTally(plan("from: [orders], to: [more, all]"));
        after.event("shop.orders");
        after.matched(0);
        after.handed(0, 0);
        after.handed(0, 1);
        after.settle(book);

        assertThat(Row.of(TO_ALL, book.page())).isEqualTo(new Row(TO_ALL, 2, 0, 2, 0, 0, 0, 0, 0, 0, 0));
        assertThat(Row.of(TO_MORE, book.page())).isEqualTo(new Row(TO_MORE, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0));
    }

    private static RoutingPlan plan(String route) {
        return Jobs.named("shop", """
                channels:
                  orders: { topic: shop.orders }
                  payments: { topic: shop.payments }
                  all: { topic: shop.all }
                  more: { topic: shop.more }
                  dead: { topic: shop.dead }
                deadLetter: dead
                routes:
                  - { name: r, %s }
                """.formatted(route)).routing();
    }
}
