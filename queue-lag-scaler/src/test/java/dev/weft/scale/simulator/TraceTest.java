package dev.weft.scale.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.Checked;
import dev.weft.config.Problem;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceTest {

    @Test
    void recordsAreSpreadEvenlyUpToTheNextLine() {
        Scenario scenario = Trace.parse(
                        "shop.csv", "shop", List.of("t,0,1", "# a comment", "100,5,10", "104,0,3", "106,2,0"))
                .orElseThrow()
                .scenario();

        int[][] arrivals = scenario.arrivals().generate(scenario.seconds(), 2, new Random(1));

        assertThat(scenario.seconds()).isEqualTo(8);
        assertThat(scenario.cluster().partitions()).isEqualTo(2);
        assertThat(column(arrivals, 0)).containsExactly(1, 1, 1, 2, 0, 0, 1, 1);
        assertThat(column(arrivals, 1)).containsExactly(2, 3, 2, 3, 1, 2, 0, 0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            s,0;1,2;2,3     | shop.csv:1:1: t: found "s,0", expected a first line "t" and a name for each partition
            t,0;1,2;1,3     | shop.csv:3:1: t: found second 1 after second 1, expected a later one
            t,0;1,2;x,3     | shop.csv:3:1: t: found "x", expected a second from 0 to 604800
            t,0,1;1,2;2,3,4 | shop.csv:2:1: t: found 2 values, expected 3, as many as in the first line
            t,0,1;1,2,-4;2,3,4 | shop.csv:2:5: partition 1: found "-4", expected a number of records, 0 or more
            t,0;1,2         | shop.csv:2:1: $: found 1 lines of records, expected at least 2
            """)
    void aMistakeIsNamedWithItsPlace(String lines, String message) {
        Checked<Trace> read = Trace.parse("shop.csv", "shop", List.of(lines.split(";")));

        assertThat(read.problems()).extracting(Problem::message).containsExactly(message);
    }

    @Test
    void anEmptyFileSaysWhatBelongsInIt() {
        assertThat(Trace.parse("shop.csv", "shop", List.of()).problems())
                .extracting(Problem::message)
                .containsExactly(
                        "shop.csv:1:1: $: found nothing, expected a line \"t,0,1,...\" and one for each second");
    }

    private static List<Integer> column(int[][] arrivals, int partition) {
        return java.util.Arrays.stream(arrivals).map(each -> each[partition]).toList();
    }
}
