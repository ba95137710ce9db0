package dev.weft.scale.lag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.weft.scale.lag.QueueReader.Probed;
import dev.weft.scale.lag.Tracked.LookUp;
import dev.weft.scale.lag.Tracked.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LagTrackerTest {

    @ParameterizedTest(name = "log {0}..{1}, committed {2}: {3} wait")
    @CsvSource({"0, 100, 100, 0", "0, 100, 40, 60", "50, 100, 40, 50", "0, 0, 0, 0", "100, 100, 40, 0"})
    void lagOfAGroupIsWhatItHasNotCommitted(long start, long end, long committed, double lag) {
        QueueStory story =
                QueueStory.ofGroup().log(start, end).committed(committed).look();
        assertThat(story.lag().records()).isEqualTo(lag);
        assertThat(story.lag().estimated()).isFalse();
    }

    @Test
    void aFreshPositionOfTheJobCountsMoreThanItsCommit() {
        QueueStory story =
                QueueStory.ofJob().log(0, 1000).committed(100).jobIsAt(900).look();
        assertThat(story.lag().records()).isEqualTo(100);
        assertThat(story.lag().estimated()).isFalse();
    }

    @Test
    void aPositionBehindAFreshCommitIsAnOldGauge() {
        QueueStory story =
                QueueStory.ofJob().log(0, 1000).committed(950).jobIsAt(900).look();
        assertThat(story.lag().records()).isEqualTo(50);
    }

    @Test
    void aJobRestoredFromAnOlderStateIsBehindWhatItCommittedLongAgo() {
        QueueStory story = QueueStory.ofJob()
                .log(0, 1000)
                .committed(950)
                .looks(5)
                .jobIsAt(300)
                .look();
        assertThat(story.lag().records()).isEqualTo(700);
    }

    @Test
    void aJobThatCannotBeAskedIsReckonedFromItsCommitAndTheRateItDrainedAt() {
        QueueStory story =
                QueueStory.ofJob().log(0, 10_000).committed(0).jobIsAt(0).look();
        story.jobIsAt(1000)
                .look()
                .jobIsAt(2000)
                .look()
                .jobIsAt(3000)
                .committed(3000)
                .look();

        story.jobCannotBeAsked().lookAfter(Duration.ofSeconds(21));

        assertThat(story.lag().records()).isCloseTo(10_000 - 3000 - 2100, within(1.0));
        assertThat(story.lag().estimated()).isTrue();
    }

    @Test
    void aPositionStandsForTwoRefreshesWhenTheJobCannotBeAsked() {
        QueueStory story =
                QueueStory.ofJob().log(0, 1000).committed(0).jobIsAt(900).look();
        story.jobCannotBeAsked().looks(2);
        assertThat(story.lag().records()).isEqualTo(100);
        assertThat(story.lag().estimated()).isFalse();
    }

    @Test
    void aReckoningNeverSaysThatNothingWaits() {
        QueueStory story =
                QueueStory.ofJob().log(0, 1000).committed(0).jobIsAt(0).look();
        story.jobIsAt(500).look().committed(500).look();

        story.jobCannotBeAsked().looks(40);

        assertThat(story.lag().records()).isEqualTo(1);
        assertThat(story.lag().estimated()).isTrue();
    }

    @Test
    void aJobThatHasTakenNothingYetIsWhereItsGroupCommitted() {
        QueueStory story = QueueStory.ofJob().log(0, 1000).committed(100).look();
        story.jobIsAt(600).look().jobRestarts().look();
        assertThat(story.lag().records()).isEqualTo(900);

        story.jobRuns().looks(5);
        assertThat(story.lag().records()).isEqualTo(900);
        assertThat(story.lag().estimated()).isFalse();
    }

    @Test
    void replayAfterAFailureIsNotABurst() {
        QueueStory story =
                QueueStory.ofJob().log(0, 1000).committed(0).jobIsAt(1000).look();
        for (int i = 1; i <= 12; i++) {
            story.log(0, 1000 + i * 100).jobIsAt(1000 + i * 100).look();
        }
        double before = story.lag().arrivalsPerSecond();

        story.jobRestarts().log(0, 2300).look().jobIsAt(300).log(0, 2400).look();

        assertThat(story.lag().records()).isEqualTo(2100);
        assertThat(story.lag().arrivalsPerSecond()).isCloseTo(before, within(0.01));
    }

    @Test
    void whereATransactionEndedNothingWaits() {
        QueueStory story =
                QueueStory.ofJob().log(0, 101).committed(100).jobIsAt(100).look();
        assertThat(story.probes()).isEmpty();
        story.look();
        assertThat(story.probes()).containsExactly(new Probe(QueueStory.PARTITION, 100, 101));

        story.probeFinds(new Probed.Nothing(100, 101)).look();
        assertThat(story.lag().records()).isZero();
        assertThat(story.probes()).isEmpty();

        story.looks(3);
        assertThat(story.lag().records()).isZero();
        assertThat(story.probes()).as("what was found out is not asked again").isEmpty();
    }

    @Test
    void onlyWhatCameAfterAProbeIsProbedNext() {
        QueueStory story =
                QueueStory.ofJob().log(0, 101).committed(100).jobIsAt(100).looks(2);
        story.probeFinds(new Probed.Nothing(100, 101)).look();

        story.log(0, 103).looks(2);
        assertThat(story.probes()).containsExactly(new Probe(QueueStory.PARTITION, 101, 103));

        story.probeFinds(new Probed.Nothing(101, 103)).look();
        assertThat(story.lag().records()).isZero();
        story.log(0, 104).looks(2);
        assertThat(story.probes()).containsExactly(new Probe(QueueStory.PARTITION, 103, 104));
    }

    @Test
    void anAnswerThatComesLateSaysNothingOfWhatCameMeanwhile() {
        QueueStory story =
                QueueStory.ofJob().log(0, 101).committed(100).jobIsAt(100).looks(2);
        story.log(0, 106).looks(2).probeFinds(new Probed.Nothing(100, 101)).look();
        assertThat(story.lag().records()).isEqualTo(5);
        assertThat(story.look().probes()).containsExactly(new Probe(QueueStory.PARTITION, 101, 106));
    }

    @Test
    void aRestartOfTheScalerDoesNotMakeAMarkerARecord() {
        QueueStory story =
                QueueStory.ofJob().log(0, 101).committed(100).jobWaits().look();
        story.probeFinds(new Probed.Nothing(100, 101)).look();

        story.scalerRestarts().jobWaits().look();

        assertThat(story.lag().records()).isZero();
    }

    @Test
    void aRecordThatWasFoundWaitsAndIsNotLookedForAgain() {
        QueueStory story =
                QueueStory.ofJob().log(0, 110).committed(100).jobIsAt(100).looks(2);
        story.probeFinds(new Probed.Found(100, 107, QueueStory.BEGIN.minusSeconds(5)))
                .look();

        assertThat(story.lag().records()).as("from the found record on").isEqualTo(3);
        assertThat(story.lag().oldest()).isEqualTo(Duration.between(QueueStory.BEGIN.minusSeconds(5), story.now()));
        assertThat(story.looks(2).probes()).isEmpty();
    }

    @Test
    void aTailThatCouldNotBeLookedAtCounts() {
        QueueStory story =
                QueueStory.ofJob().log(0, 101).committed(100).jobIsAt(100).looks(2);
        story.probeFinds(new Probed.Unclear("no broker")).look();
        assertThat(story.lag().records()).isEqualTo(1);
        assertThat(story.probes()).isNotEmpty();
    }

    @Test
    void aJobAtRestIsProbedAtOnce() {
        QueueStory story =
                QueueStory.ofJob().log(0, 100).committed(100).jobWaits().look();
        story.log(0, 102).look();
        assertThat(story.probes()).containsExactly(new Probe(QueueStory.PARTITION, 100, 102));
        assertThat(story.lag().records()).isEqualTo(2);
    }

    @Test
    void longTailsAreNotProbed() {
        assertThat(QueueStory.ofGroup().log(0, 1001).committed(0).looks(3).probes())
                .isEmpty();
        assertThat(QueueStory.ofGroup().log(0, 1000).committed(0).looks(3).probes())
                .hasSize(1);
    }

    @Test
    void whoReadsFromTheBeginningHasTheWholeLogBeforeIt() {
        assertThat(QueueStory.ofGroup().log(300, 1000).look().lag().records()).isEqualTo(700);
    }

    @Test
    void whoReadsFromTheEndHasBeforeItWhatCameSinceItWasSeenFirstEvenOverARestart() {
        QueueStory story = new QueueStory(new StartPolicy.Latest()).log(0, 1000).look();
        assertThat(story.lag().records()).isZero();

        story.scalerRestarts().log(0, 1005).look();

        assertThat(story.lag().records()).isEqualTo(5);
    }

    @Test
    void whoReadsFromATimeHasTheWholeLogBeforeItUntilTheOffsetIsLookedUp() {
        Instant time = QueueStory.BEGIN.minusSeconds(60);
        QueueStory story =
                new QueueStory(new StartPolicy.From(time)).log(0, 1000).look();
        assertThat(story.lag().records()).isEqualTo(1000);
        assertThat(story.lag().estimated()).isTrue();
        assertThat(story.seen().lookUps()).containsExactly(new LookUp(QueueStory.PARTITION, time));

        story.lookUpSays(800).look();
        assertThat(story.lag().records()).isEqualTo(200);
        assertThat(story.seen().lookUps()).isEmpty();
    }

    @Test
    void aCommitBehindTheHighWatermarkIsOneOfATopicThatIsGone() {
        QueueStory story = QueueStory.ofGroup().log(0, 5000).committed(5000).looks(2);

        story.log(0, 10).look();
        assertThat(story.lag().records()).isEqualTo(10);
        story.log(0, 6000).look();
        assertThat(story.lag().records())
                .as("the same commit is still not its own")
                .isEqualTo(6000);
        story.scalerRestarts().look();
        assertThat(story.lag().records()).isEqualTo(6000);
        story.committed(5500).look();
        assertThat(story.lag().records()).isEqualTo(500);
    }

    @Test
    void aTopicOfAnotherIdBeginsAnewHoweverLongItIs() {
        QueueStory story =
                QueueStory.ofJob().log(0, 500).committed(500).jobIsAt(500).looks(10);

        story.topicIsMadeAgain("second").jobWaits().log(0, 900).look();

        assertThat(story.lag().records()).isEqualTo(900);
        assertThat(story.lag().arrivalsPerSecond()).isZero();
    }

    @Test
    void anEndThatGoesBackOrAnEpochThatDoesIsThatOfATopicMadeAgain() {
        QueueStory shorter =
                QueueStory.ofJob().log(0, 101).committed(100).jobIsAt(100).looks(2);
        shorter.probeFinds(new Probed.Nothing(100, 101)).look().jobWaits().commitIsGone();
        shorter.log(0, 50).look().log(0, 101).look();
        assertThat(shorter.lag().records()).as("no offset was looked at").isEqualTo(101);

        QueueStory longer =
                QueueStory.ofGroup().log(0, 101).committed(100).leaderEpoch(5).looks(2);
        longer.probeFinds(new Probed.Nothing(100, 101)).look();
        longer.log(0, 400).committed(300).leaderEpoch(0).look();
        assertThat(longer.lag().records()).isEqualTo(100);
        assertThat(longer.lag().arrivalsPerSecond()).isZero();
    }

    @Test
    void aJobsPositionInATopicThatIsGoneDoesNotHideWhatWaits() {
        QueueStory story =
                QueueStory.ofJob().log(0, 5000).committed(5000).jobIsAt(5000).looks(3);
        story.log(0, 10).looks(2);
        assertThat(story.lag().records()).isEqualTo(10);
    }

    @Test
    void openTransactionsDoNotWaitButArrive() {
        QueueStory story = QueueStory.ofGroup().log(0, 100).committed(100).look();
        story.openTransactionUpTo(200).look();
        assertThat(story.lag().records()).isZero();
        assertThat(story.lag().arrivalsPerSecond()).isCloseTo(10, within(0.01));
    }

    @Test
    void aConsumerOfUncommittedRecordsMayBeAheadOfTheStableEnd() {
        QueueStory story = QueueStory.ofGroup()
                .log(0, 100)
                .openTransactionUpTo(200)
                .committed(150)
                .looks(2);
        assertThat(story.lag().records()).isZero();
    }

    @Test
    void retentionTakesWhatWaits() {
        QueueStory story = QueueStory.ofGroup().log(0, 1000).committed(100).look();
        assertThat(story.log(990, 1000).look().lag().records()).isEqualTo(10);
    }

    @Test
    void aCommitSetBackIsBelieved() {
        QueueStory story = QueueStory.ofGroup().log(0, 1000).committed(1000).looks(3);
        assertThat(story.committed(200).look().lag().records()).isEqualTo(800);
    }

    @Test
    void aJobAtZeroKeepsTheCheckpointedPositionItNeverCommitted() {
        QueueStory story = QueueStory.ofJob().log(0, 100).jobIsAt(100).look();
        story.jobCompletesCheckpoint().look().jobCompletesCheckpoint().look();

        story.jobWaits().look();
        assertThat(story.lag().records()).isZero();

        story.scalerRestarts().jobWaits().log(0, 103).look();
        assertThat(story.lag().records()).isEqualTo(3);
    }

    @Test
    void aPositionThatNoCheckpointCoversIsNotKept() {
        QueueStory story =
                QueueStory.ofJob().log(0, 100).committed(40).jobIsAt(100).look();
        story.jobCompletesCheckpoint().look();
        assertThat(story.jobWaits().look().lag().records()).isEqualTo(60);
    }

    @Test
    void aCommitThatExpiredWhileTheJobRestedIsStillKnown() {
        QueueStory story =
                QueueStory.ofJob().log(0, 100).committed(100).jobWaits().looks(10);
        story.commitIsGone().look();
        assertThat(story.lag().records()).isZero();
        story.scalerRestarts().jobWaits().look();
        assertThat(story.lag().records()).isZero();
    }

    @Test
    void theLargerOfAShortAndALongAverageIsTheRate() {
        QueueStory story = QueueStory.ofGroup().log(0, 0).committed(0).look();
        long end = 0;
        for (int i = 0; i < 30; i++) {
            end += 1000;
            story.log(0, end).look();
        }
        assertThat(story.lag().arrivalsPerSecond()).isCloseTo(100, within(0.1));

        story.log(0, end + 5000).look();
        assertThat(story.lag().arrivalsPerSecond()).as("seen early").isGreaterThan(280);
        story.log(0, end + 5000).looks(2);
        assertThat(story.lag().arrivalsPerSecond()).as("forgotten late").isGreaterThan(100);
        story.looks(12);
        assertThat(story.lag().arrivalsPerSecond()).isZero();
    }

    @Test
    void whoWritesInStepsIsNotFasterInTheMomentOfOne() {
        QueueStory story = QueueStory.ofGroup().log(0, 0).committed(0).look();
        long end = 0;
        double highest = 0;
        for (int i = 0; i < 20; i++) {
            end += 12_000;
            story.log(0, end).look();
            highest = i < 6 ? 0 : Math.max(highest, story.lag().arrivalsPerSecond());
            story.looks(11);
        }
        assertThat(highest).as("12,000 every 120 s are 100 per second").isBetween(80.0, 160.0);
    }

    @ParameterizedTest(name = "a clock that jumps by {0}")
    @ValueSource(strings = {"PT-1H", "PT-0.05S", "P30D"})
    void aClockThatJumpsChangesNoRateAndNoTime(Duration jump) {
        QueueStory story = QueueStory.ofGroup().log(0, 0).committed(0).look();
        long end = 0;
        for (int i = 0; i < 30; i++) {
            end += 1000;
            story.log(0, end).look();
        }

        story.clockJumps(jump).log(0, end + 1000).look();

        assertThat(story.lag().arrivalsPerSecond()).isCloseTo(100, within(1.0));
        assertThat(story.lag().unmovedSince())
                .hasValueSatisfying(since -> assertThat(Duration.between(since, story.now()))
                        .isBetween(Duration.ofSeconds(295), Duration.ofSeconds(305)));
    }

    @Test
    void theFirstRecordHasWaitedSinceTheEndPassedIt() {
        QueueStory story = QueueStory.ofGroup().log(0, 0).committed(0).look();
        for (int i = 1; i <= 60; i++) {
            story.log(0, i * 100).look();
        }
        assertThat(story.lag().oldest()).isEqualTo(Duration.ofSeconds(600));
        assertThat(story.committed(3000).look().lag().oldest())
                .isBetween(Duration.ofSeconds(305), Duration.ofSeconds(315));
        assertThat(story.committed(6000).look().lag().oldest()).isZero();
    }

    @Test
    void whatWasThereBeforeUsHasWaitedAsLongAsItTookToArrive() {
        QueueStory story = QueueStory.ofGroup().log(0, 100_000).committed(0).look();
        story.log(0, 101_000).look().log(0, 102_000).look();
        assertThat(story.lag().oldest()).isEqualTo(Duration.ofSeconds(1020));
    }

    @Test
    void aPositionThatStandsWhileRecordsWaitSaysSinceWhen() {
        QueueStory story = QueueStory.ofGroup().log(0, 100).committed(100).looks(20);
        assertThat(story.lag().unmovedSince()).isEmpty();

        Instant arrived = story.log(0, 150).look().now();
        story.looks(3);
        assertThat(story.lag().unmovedSince()).hasValue(arrived);

        assertThat(story.committed(120).look().lag().unmovedSince()).isEmpty();
    }

    @Test
    void endsThatNobodyMovesSaySinceWhen() {
        QueueStory story = QueueStory.ofGroup().log(0, 100).committed(100).looks(2);
        Instant moved = story.openTransactionUpTo(101).look().now();
        story.looks(5);
        assertThat(story.seen().observation().endsUnmovedSince()).isEqualTo(moved);
    }

    @Test
    void theRateOfDrainingIsThatOfPositions() {
        QueueStory story =
                QueueStory.ofJob().log(0, 100_000).committed(0).jobIsAt(0).look();
        for (int i = 1; i <= 10; i++) {
            story.jobIsAt(i * 2000).look();
        }
        assertThat(story.seen().observation().drainedPerSecond()).isCloseTo(200, within(0.1));
    }

    @Test
    void theRateOfDrainingOfAGroupIsThatOfItsCommitsWhileRecordsWait() {
        QueueStory story = QueueStory.ofGroup().log(0, 0).committed(0).looks(60);
        story.log(0, 100_000).look();
        for (int i = 1; i <= 10; i++) {
            story.committed(i * 2000).look();
        }
        assertThat(story.seen().observation().drainedPerSecond()).isCloseTo(200, within(1.0));
    }

    @Test
    void offsetsWithoutRecordsAreNoLag() {
        QueueStory story = QueueStory.ofJob()
                .log(0, 100_000)
                .committed(0)
                .jobTakes(50)
                .jobIsAt(0)
                .look();
        for (int i = 1; i <= 10; i++) {
            story.jobIsAt(i * 2000).look();
        }
        assertThat(story.lag().records()).isCloseTo(20_000, within(200.0));
        assertThat(story.seen().observation().drainedPerSecond()).isCloseTo(50, within(1.0));
        story.scalerRestarts().look();
        assertThat(story.lag().records()).isCloseTo(20_000, within(200.0));
    }

    @Test
    void ratesAreKnownFromTheSecondLookOn() {
        QueueStory story = QueueStory.ofGroup().log(0, 100).committed(0).look();
        assertThat(story.seen().rated()).isFalse();
        assertThat(story.look().seen().rated()).isTrue();
        assertThat(story.scalerRestarts().look().seen().rated()).isFalse();
    }

    @Test
    void whatIsRememberedDoesNotChangeWhileAConsumerMoves() {
        QueueStory story =
                QueueStory.ofJob().log(0, 100_000).committed(0).jobIsAt(0).looks(2);
        var before = story.state().toJson();
        for (int i = 1; i <= 10; i++) {
            story.jobIsAt(i * 2000)
                    .committed(i * 2000 - 500)
                    .jobCompletesCheckpoint()
                    .look();
        }
        assertThat(story.state().toJson()).isEqualTo(before);
    }

    @Test
    void whatAnotherVersionRememberedIsRefused() {
        var json = JsonNodeFactory.instance.objectNode().put("version", 7);
        assertThatThrownBy(() -> TrackerState.fromJson(json))
                .hasMessage("found version 7 of what is remembered of a queue, expected 1");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whateverHappensLagIsBetweenNothingAndTheWholeLog(long seed) {
        Random random = new Random(seed);
        QueueStory story = seed % 2 == 0 ? QueueStory.ofGroup() : QueueStory.ofJob();
        for (int i = 0; i < 3000; i++) {
            RandomTurn.take(random, story, seed % 2 != 0);
            story.look();
            assertThat(story.lag().records()).isBetween(0.0, (double) Math.max(0, story.end() - story.logStart()));
            assertThat(story.lag().arrivalsPerSecond()).isBetween(0.0, 200.0);
            assertThat(story.lag().oldest()).isBetween(Duration.ZERO, Duration.ofDays(7));
            assertThat(story.seen().observation().drainedPerSecond())
                    .isNotNegative()
                    .isFinite();
            assertThat(story.seen().observation().endsUnmovedSince()).isBeforeOrEqualTo(story.now());
        }
    }
}
