package dev.weft.job.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowTest {

    private static final Leg LEG = new Leg("big", "billing");

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "nothing is lost,        'matched=1,pushed=1,accepted=1,delivered=1',   0, 0, 0",
        "a channel has it,       'matched=1,written=1',                         0, 0, 0",
        "it is dead at routing,  'undecided=1',                                 0, 0, 0",
        "its transform failed,   'matched=1,failed=1',                          0, 0, 0",
        "a step drops it,        'matched=1,dropped=1',                         0, 0, 0",
        "it waits,               'matched=1,pushed=1,accepted=1,parked=1',      0, 0, 0",
        "it waits after failing, 'matched=1,pushed=1,accepted=1,retrying=1',    0, 0, 0",
        "it is under way,        'matched=1,pushed=1,accepted=1,in-flight=1',   0, 0, 0",
        "it is given up,         'matched=1,pushed=1,accepted=1,buried=1',      0, 0, 0",
        "lost at a step,         'matched=1',                                   1, 0, 0",
        "lost between operators, 'matched=1,pushed=1',                          0, 1, 0",
        "lost from the parking,  'matched=2,pushed=2,accepted=2,parked=1',      0, 0, 1",
        "delivered twice,        'matched=1,pushed=1,accepted=1,delivered=2',   0, 0, -1",
        "one loss hides another, 'matched=2,written=1,pushed=2,accepted=1,delivered=1', -1, 1, 0"
    })
    void whereAnEventIsMissingIsKnown(String name, String counts, long routing, long way, long delivery) {
        Row row = row(counts);

        assertThat(List.of(row.lostInRouting(), row.lostOnTheWay(), row.lostInDelivery()))
                .containsExactly(routing, way, delivery);
        assertThat(row.difference()).isEqualTo(routing + way + delivery);
        assertThat(row.isBalanced(true)).isEqualTo(routing == 0 && way == 0 && delivery == 0);
        assertThat(row.isBalanced(false)).isEqualTo(routing <= 0 && way <= 0 && delivery <= 0);
    }

    @Test
    void everyEventReceivedIsSomewhere() {
        Row row = row("received=100,matched=40,undecided=3,dropped=5,failed=2,pushed=33,accepted=33,delivered=20,"
                + "buried=4,parked=6,retrying=1,in-flight=2");

        assertThat(row).isEqualTo(new Row(LEG, 100, 62, 20, 6, 1, 2, 9, 0, 0, 0));
        assertThat(row.difference()).isZero();
    }

    @Test
    void subtasksAreAddedUpAndLegsStandInOrder() {
        Book one = book("received=3,matched=1,written=1");
        one.add("shop.orders", new Reading(3, 1));
        one.add(new Leg("a", "all"), Item.RECEIVED, 3);
        Book other = book("received=4,matched=4,written=4");
        other.add("shop.orders", new Reading(4, 0));

        Balance balance = Balance.of(List.of(new Cut(7, one.page()), new Cut(7, other.page())));

        assertThat(balance.checkpoint()).isEqualTo(7);
        assertThat(balance.read()).containsExactly(Map.entry("shop.orders", new Reading(7, 1)));
        assertThat(balance.rows())
                .containsExactly(
                        new Row(new Leg("a", "all"), 3, 3, 0, 0, 0, 0, 0, 0, 0, 0),
                        new Row(LEG, 7, 2, 5, 0, 0, 0, 0, 0, 0, 0));
        assertThat(balance.unbalanced(true)).isEmpty();
    }

    @Test
    void cutsOfSeveralCheckpointsAreNotAddedUp() {
        List<Cut> cuts = List.of(new Cut(7, Page.EMPTY), new Cut(8, Page.EMPTY));

        assertThatThrownBy(() -> Balance.of(cuts)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Row row(String counts) {
        return Row.of(LEG, book(counts).page());
    }

    private static Book book(String counts) {
        Book book = new Book();
        for (String count : counts.split(",", -1)) {
            String[] parts = count.split("=", -1);
            Item item = Arrays.stream(Item.values())
                    .filter(each -> each.code().equals(parts[0]))
                    .findFirst()
                    .orElseThrow();
            book.add(LEG, item, Long.parseLong(parts[1]));
        }
        return book;
    }
}
