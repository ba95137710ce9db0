package dev.weft.scale.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.scale.JobReading.Phase;
import dev.weft.scale.PolicySettings.Consumer;
import dev.weft.scale.control.ScaledQueue.Order;
import dev.weft.scale.control.ScaledQueue.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Brokers and jobs that come and go, clocks that jump and scalers that restart, at random. */
class RandomOutagesTest {

    private static final int STORIES = 40;
    private static final int LOOKS = 400;

    @ParameterizedTest
    @EnumSource
    void nothingUnknownIsEverNoneAndNoWorkIsLeftAlone(Consumer consumer) {
        int slept = 0;
        int unknown = 0;
        for (int seed = 0; seed < STORIES; seed++) {
            Walk walk = new Walk(consumer, seed);
            for (int i = 0; i < LOOKS; i++) {
                walk.turn();
            }
            slept += walk.slept;
            unknown += walk.unknown;
        }
        assertThat(unknown).as("looks without an answer").isPositive();
        assertThat(slept > 0).as("slept").isEqualTo(consumer != Consumer.FLINK_OPERATOR);
    }

    private static final class Walk {

        private final Story story;
        private final Consumer consumer;
        private final Random random;
        private final String name;
        private Instant read = Instant.MIN;
        private Instant emptySince = Instant.MAX;
        private long settledBehind;
        private boolean active = true;
        int slept;
        int unknown;

        Walk(Consumer consumer, int seed) {
            this.consumer = consumer;
            this.story = new Story(Triggers.of(consumer));
            this.random = new Random(seed);
            this.name = consumer + ", seed " + seed;
        }

        void turn() {
            happen();
            Step step = story.look();
            for (Order order : step.orders()) {
                if (order instanceof Order.TriggerCheckpoint && random.nextInt(4) > 0) {
                    story.checkpointCompletes();
                }
            }
            check(step);
            Duration pause = step.look().queue();
            story.now = story.now.plus(random.nextInt(5) == 0 ? pause.multipliedBy(2) : pause);
        }

        private void happen() {
            if (random.nextInt(20) == 0) {
                story.queueAnswers = random.nextInt(3) > 0;
            }
            if (random.nextInt(20) == 0) {
                story.jobAnswers = random.nextInt(3) > 0;
            }
            if (random.nextInt(60) == 0) {
                story.written(random.nextInt(20_000));
            }
            if (story.phase == Phase.RUNNING && random.nextInt(3) > 0) {
                story.allTaken();
            }
            if (random.nextInt(10) == 0) {
                story.checkpointCompletes();
            }
            if (random.nextInt(100) == 0) {
                story.restart();
            }
            if (random.nextInt(200) == 0) {
                story.clockJumps((random.nextBoolean() ? 1 : -1) * (60L + random.nextInt(3600)));
                read = Instant.MIN;
            }
            follow();
        }

        /** The TaskManagers come and go as they were asked for, sooner or later. */
        private void follow() {
            if (random.nextInt(4) > 0) {
                return;
            }
            if (!active && story.phase == Phase.RUNNING) {
                story.sleeps();
            } else if (active && story.phase == Phase.WAITING) {
                story.runsWith(Math.max(1, story.upperBound));
            }
        }

        private void check(Step step) {
            boolean waits = story.taken < story.end;
            if (story.queueAnswers) {
                read = story.now;
            }
            emptySince = waits ? Instant.MAX : emptySince;
            if (!waits && emptySince.equals(Instant.MAX)) {
                emptySince = story.now;
                settledBehind = story.checkpoint;
            }
            if (step.answer() instanceof Answer.Unknown) {
                unknown++;
                return;
            }
            Answer.Wanted wanted = (Answer.Wanted) step.answer();
            assertThat(wanted.replicas() == 0).as("%s: %s", name, wanted).isEqualTo(!wanted.active());
            assertThat(story.queueAnswers
                            || !read.equals(Instant.MIN)
                                    && Duration.between(read, story.now).compareTo(Triggers.POLL.multipliedBy(2)) <= 0)
                    .as("%s: %s on knowledge", name, wanted)
                    .isTrue();
            if (story.queueAnswers && step.decision().isPresent()) {
                assertThat(wanted.active() || !waits)
                        .as("%s: asleep though something waits", name)
                        .isTrue();
            }
            if (active && !wanted.active()) {
                fellAsleep();
            }
            active = wanted.active();
        }

        private void fellAsleep() {
            slept++;
            assertThat(story.queueAnswers).as("%s: put to sleep blindly", name).isTrue();
            if (consumer != Consumer.GROUP) {
                assertThat(story.jobAnswers)
                        .as("%s: put to sleep without the job", name)
                        .isTrue();
                assertThat(story.checkpoint).as("%s: behind a checkpoint", name).isGreaterThan(settledBehind);
            }
        }
    }
}
