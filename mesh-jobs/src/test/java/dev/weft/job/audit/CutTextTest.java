package dev.weft.job.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CutTextTest {

    /** What Flink carries as the text of one metric. */
    private static final int MOST = 65_535;

    @Test
    void zerosAreLeftOut() {
        Book book = new Book();
        book.add("shop.orders", new Reading(9, 0));
        book.add(new Leg("big", "billing"), Item.RECEIVED, 9);
        book.add(new Leg("big", "billing"), Item.IN_FLIGHT, 2);

        assertThat(CutText.part(new Cut(42, book.page()), 0))
                .isEqualTo("{\"checkpoint\":42,\"part\":0,\"parts\":1,\"read\":{\"shop.orders\":{\"events\":9}},"
                        + "\"routes\":{\"big\":{\"billing\":{\"received\":9,\"in-flight\":2}}}}");
    }

    @Test
    void manyRoutesFitIntoSeveralTexts() {
        Cut cut = new Cut(3, tenThousandRoutes().page());

        List<String> parts = parts(cut);

        assertThat(parts)
                .allSatisfy(part ->
                        assertThat(part.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(MOST));
        Cut read = CutText.parse(parts).orElseThrow();
        assertThat(Balance.of(List.of(read))).isEqualTo(Balance.of(List.of(cut)));
        assertThat(read.page().legs()).isEqualTo(10_000);
    }

    @Test
    void partsOfTwoCheckpointsAreNotPutTogether() {
        List<String> parts = parts(new Cut(3, tenThousandRoutes().page()));
        String later = CutText.part(new Cut(4, tenThousandRoutes().page()), 1);

        assertThat(CutText.parse(parts.subList(0, 5))).isEmpty();
        assertThat(CutText.parse(parts.subList(1, parts.size()))).isEmpty();
        assertThat(CutText.parse(parts.stream()
                        .map(part -> part.equals(parts.get(1)) ? later : part)
                        .toList()))
                .isEqualTo(Optional.empty());
    }

    @Test
    void aTextOfSomebodyElseIsRefused() {
        assertThatThrownBy(() -> CutText.parse(List.of("fine"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CutText.parse(List.of("{}"))).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<String> parts(Cut cut) {
        return IntStream.range(0, CutText.parts(cut))
                .mapToObj(part -> CutText.part(cut, part))
                .toList();
    }

    private static Book tenThousandRoutes() {
        Book book = new Book();
        String tail = "-".repeat(55);
        for (int i = 0; i < 10_000; i++) {
            Leg leg = new Leg("r" + i + tail, "d" + i + tail);
            for (Item item : Item.values()) {
                book.add(leg, item, Long.MAX_VALUE);
            }
        }
        book.add("t".repeat(249), new Reading(1, 1));
        return book;
    }
}
