package dev.weft.scale.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionLogTest {

    private final PartitionLog log = new PartitionLog();

    @Test
    void recordsComeInTheOrderTheyWereWritten() {
        log.append(1, 3, false);
        log.append(5, 2, false);
        PartitionLog.Cursor cursor = log.cursor();

        assertThat(cursor.oldest()).isEqualTo(1);
        assertThat(cursor.take(3)).isEqualTo(3);
        assertThat(cursor.oldest()).isEqualTo(5);
        assertThat(cursor.take(9)).isEqualTo(2);
        assertThat(cursor.waiting()).isZero();
        assertThat(cursor.position()).isEqualTo(5);
    }

    @Test
    void anOpenTransactionIsWrittenButCannotBeRead() {
        log.append(1, 4, true);
        PartitionLog.Cursor cursor = log.cursor();

        assertThat(cursor.waiting()).isZero();
        assertThat(log.stableEnd()).isZero();
        assertThat(log.highWatermark()).isEqualTo(4);

        log.commit(7);

        assertThat(cursor.waiting()).isEqualTo(4);
        assertThat(cursor.oldest()).isEqualTo(7);
        assertThat(log.stableEnd()).isEqualTo(5);
    }

    @Test
    void noReaderPassesTheMarkerBehindTheLastRecord() {
        log.append(1, 4, true);
        log.commit(2);
        PartitionLog.Cursor cursor = log.cursor();
        cursor.take(4);

        assertThat(cursor.waiting()).isZero();
        assertThat(log.highWatermark() - cursor.position()).isEqualTo(1);
    }

    @Test
    void compactionTakesRecordsButNoOffsets() {
        log.append(1, 100, false);
        log.append(2, 1, false);

        log.compact(50, 0.3);
        PartitionLog.Cursor cursor = log.cursor();

        assertThat(log.highWatermark()).isEqualTo(101);
        assertThat(cursor.waiting()).isEqualTo(31);
        cursor.take(30);
        assertThat(cursor.position()).isEqualTo(97);
        cursor.seek(cursor.position());
        assertThat(cursor.waiting()).isEqualTo(1);
    }

    @Test
    void whatRetentionDeletesIsPassedOver() {
        log.append(1, 10, false);
        log.append(9, 5, false);
        PartitionLog.Cursor cursor = log.cursor();
        cursor.take(2);

        log.deleteBefore(5);
        cursor.seek(cursor.position());

        assertThat(log.logStart()).isEqualTo(10);
        assertThat(cursor.waiting()).isEqualTo(5);
    }

    @Test
    void aTopicThatIsCreatedAnewBeginsAtZero() {
        log.append(1, 10, false);

        log.recreate();

        assertThat(log.highWatermark()).isZero();
        assertThat(log.epoch()).isEqualTo(1);
        assertThat(log.cursor().waiting()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whoeverGoesBackFindsEachRecordOnceMore(long seed) {
        Random random = new Random(seed);
        PartitionLog.Cursor cursor = log.cursor();
        long written = 0;
        for (int second = 0; second < 200; second++) {
            int count = random.nextInt(20);
            written += count;
            log.append(second, count, random.nextBoolean());
            if (random.nextInt(4) == 0) {
                log.commit(second);
            }
            cursor.take(random.nextInt(15));
            if (random.nextInt(10) == 0) {
                cursor.seek(random.nextLong(cursor.position() + 1));
            }
        }
        log.commit(200);
        assertThat(cursor.passed() + cursor.waiting()).isEqualTo(written);
        long expected = written - cursor.passed();
        assertThat(cursor.take(Long.MAX_VALUE)).isEqualTo(expected);
    }
}
