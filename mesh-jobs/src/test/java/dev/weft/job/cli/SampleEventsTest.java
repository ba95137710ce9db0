package dev.weft.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.event.EventReader;
import dev.weft.event.MeshEvent;
import dev.weft.event.Origin;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SampleEventsTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void theSameSeedGivesTheSameRecords() {
        assertThat(samples(7, 500)).isEqualTo(samples(7, 500));
        assertThat(samples(7, 500)).isNotEqualTo(samples(8, 500));
    }

    @Test
    void whatIsAnEventIsReadAsOneAndNothingElseIs() {
        EventReader reader = new EventReader(1_000_000);

        assertThat(samples(1, 2000))
                .allSatisfy(sample -> assertThat(reader.read(Origin.NONE, sample.record()) instanceof MeshEvent)
                        .isEqualTo(sample.isEvent()))
                .anySatisfy(sample -> assertThat(sample.isEvent()).isFalse());
    }

    @Test
    void bothChannelsHaveTheirShare() {
        List<SampleEvents.Sample> samples = samples(1, 2000);

        assertThat(samples)
                .filteredOn(sample -> sample.channel().equals(SampleEvents.ORDERS))
                .hasSizeGreaterThan(1000);
        assertThat(samples)
                .filteredOn(sample -> sample.channel().equals(SampleEvents.PAYMENTS))
                .hasSizeGreaterThan(400);
    }

    private static List<SampleEvents.Sample> samples(long seed, int count) {
        SampleEvents events = new SampleEvents(seed);
        return Stream.generate(() -> events.next(NOON)).limit(count).toList();
    }
}
