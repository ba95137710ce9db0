package dev.weft.scale.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.scale.simulator.KedaTrigger.Said;
import dev.weft.scale.simulator.ScaledObject.Fallback;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** KEDA's Kafka scaler as it is, with what its users stumble over. */
class KedaTest {

    private static final long THRESHOLD = 10;

    private final FakeSight sight = new FakeSight();

    @Test
    void theMarkerOfATransactionIsALagThatNeverEnds() {
        sight.committed(0, 101, 100);

        assertThat(said(trigger(false))).isEqualTo(new Said(1, true));
    }

    @Test
    void thePhantomLagKeepsOneReplicaForEver() {
        sight.committed(0, 101, 100).withReplicas(3);

        sight.live(keda(trigger(false), Optional.empty()), 3600);

        assertThat(sight.replicas()).isEqualTo(1);
    }

    @Test
    void aDivisionOfIntegersLetsOneReplicaMoreThanPartitions() {
        sight.committed(0, 13, 0).committed(1, 13, 0).committed(2, 13, 0).withReplicas(3);

        sight.live(keda(trigger(false), Optional.empty()), 60);

        assertThat(said(trigger(false)).metric()).isEqualTo(39);
        assertThat(sight.replicas()).isEqualTo(4);
    }

    @Test
    void aLagAboveTheCapIsCutToThePartitions() {
        sight.committed(0, 1000, 0).committed(1, 1000, 0);

        assertThat(said(trigger(false)).metric()).isEqualTo(2 * THRESHOLD);
    }

    @Test
    void offsetsThatStandStillBetweenCheckpointsLookLikeNoLag() {
        KafkaTrigger trigger = trigger(true);
        sight.committed(0, 15, 0);

        assertThat(said(trigger)).isEqualTo(new Said(15, true));
        assertThat(said(trigger)).isEqualTo(new Said(0, true));
        sight.committed(0, 20, 8);
        assertThat(said(trigger)).isEqualTo(new Said(12, true));
    }

    @Test
    void anErrorMakesThePersistentLagForgotten() {
        KafkaTrigger trigger = trigger(true);
        sight.committed(0, 15, 0);
        said(trigger);

        assertThat(trigger.ask(sight.answers(false)).value()).isEmpty();
        sight.answers(true);

        assertThat(said(trigger).metric()).isEqualTo(15);
    }

    @Test
    void aTopicCreatedAnewSubtractsFromTheOthers() {
        sight.committed(0, 0, 30).committed(1, 25, 0);

        assertThat(said(trigger(false))).isEqualTo(new Said(-5, false));
    }

    @Test
    void aPartitionThatWasNeverCommittedCountsTheWholeLog() {
        sight.neverCommitted(0, 500);

        assertThat(said(new KafkaTrigger(1000, false)).metric()).isEqualTo(500);
    }

    @Test
    void theLastReplicaGoesAfterTheCooldown() {
        Keda keda = keda(trigger(false), Optional.empty());
        sight.committed(0, 15, 0).withReplicas(1);
        sight.live(keda, 60);

        sight.committed(0, 15, 15);
        sight.live(keda, 290);
        assertThat(sight.replicas()).isEqualTo(1);
        sight.live(keda, 60);
        assertThat(sight.replicas()).isZero();
    }

    @Test
    void theCooldownDoesNotOutliveAnOutage() {
        Keda keda = keda(trigger(false), Optional.empty());
        sight.committed(0, 15, 0).withReplicas(2);
        sight.live(keda, 60);
        sight.answers(false);
        sight.live(keda, 600);
        assertThat(sight.replicas()).isEqualTo(2);

        sight.committed(0, 15, 15).answers(true);
        sight.live(keda, 30);

        assertThat(sight.replicas()).isZero();
    }

    @Test
    void theFirstReplicaComesFromThePollAndTheOthersFromTheHpa() {
        Keda keda = keda(trigger(false), Optional.empty());
        for (int partition = 0; partition < 4; partition++) {
            sight.committed(partition, 10, 0);
        }
        int least = 9;
        for (int second = 0; second < 60; second++) {
            sight.live(keda, 1);
            least = sight.replicas() == 0 ? least : Math.min(least, sight.replicas());
        }

        assertThat(least).isEqualTo(1);
        assertThat(sight.replicas()).isEqualTo(4);
    }

    @Test
    void theFallbackEngagesAfterFailuresInARow() {
        Keda keda = keda(trigger(false), Optional.of(new Fallback(3, 6, true)));
        sight.committed(0, 15, 0).withReplicas(2);
        sight.live(keda, 60);
        sight.answers(false);

        sight.live(keda, 300);

        assertThat(sight.replicas()).isEqualTo(6);
    }

    private Said said(KafkaTrigger trigger) {
        return trigger.ask(sight).value().orElseThrow();
    }

    private static KafkaTrigger trigger(boolean excludePersistentLag) {
        return new KafkaTrigger(THRESHOLD, excludePersistentLag);
    }

    private static Keda keda(KafkaTrigger trigger, Optional<Fallback> fallback) {
        ScaledObject object = new ScaledObject(30, 300, 12, THRESHOLD, HpaBehavior.DEFAULT, fallback);
        return new Keda(object, trigger, new Random(1));
    }
}
