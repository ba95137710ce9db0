package dev.weft.scale;

import static dev.weft.scale.Words.amount;
import static dev.weft.scale.Words.percent;
import static dev.weft.scale.Words.say;

import dev.weft.scale.Decision.Alarm;
import dev.weft.scale.Decision.Alarm.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a person should look at, because no size mends it. */
final class Alarms {

    private Alarms() {}

    static List<Alarm> of(Situation now, Choice choice) {
        var alarms = new ArrayList<Alarm>();
        if (!now.load().stuck().isEmpty()) {
            alarms.add(new Alarm(
                    Kind.STUCK_PARTITION,
                    say(
                            "%s stand still with %s records while others move; they are not reckoned with",
                            names(now.load().stuck()),
                            amount(now.load().stuck().stream()
                                    .mapToDouble(PartitionLag::records)
                                    .sum()))));
        }
        hot(now).ifPresent(alarms::add);
        if (now.isTargetLimited()) {
            alarms.add(new Alarm(
                    Kind.TARGET_LIMITED,
                    say(
                            "the job waits for its target %s of the time",
                            percent(now.seen()
                                    .job()
                                    .map(JobReading::backPressured)
                                    .orElse(0.0)))));
        }
        if (now.hasFailingCheckpoints()) {
            alarms.add(new Alarm(
                    Kind.FAILING_CHECKPOINTS,
                    say(
                            "%d checkpoints in a row have failed",
                            now.seen().job().map(JobReading::failedCheckpoints).orElse(0))));
        }
        if (now.isEstimated()) {
            alarms.add(new Alarm(
                    Kind.ESTIMATED, "positions are reckoned from the last commit: the job does not say where it is"));
        }
        if (isTooLargeForMaximum(now, choice)) {
            alarms.add(new Alarm(
                    Kind.AT_MAXIMUM,
                    say(
                            "even the largest size, %s, lets records wait too long",
                            now.sizes().largest())));
        }
        now.memory()
                .trial()
                .filter(each -> each.failed().isPresent())
                .ifPresent(each -> alarms.add(new Alarm(
                        Kind.INEFFECTIVE, say("%d subtasks drained no more than %d", each.to(), each.from()))));
        return alarms;
    }

    private static Optional<Alarm> hot(Situation now) {
        double most =
                now.perSubtask(Math.max(1, now.running())) * now.settings().utilisation();
        List<PartitionLag> hot = most <= 0
                ? List.of()
                : now.load().counted().stream()
                        .filter(each -> each.arrivalsPerSecond() > most)
                        .toList();
        return hot.isEmpty()
                ? Optional.empty()
                : Optional.of(new Alarm(
                        Kind.HOT_PARTITION,
                        say(
                                "%s alone get more than the %s/s a subtask should be given; more subtasks would not help",
                                names(hot), amount(most))));
    }

    private static boolean isTooLargeForMaximum(Situation now, Choice choice) {
        return now.running() > 0
                && now.knowsCapacity()
                && choice.size().equals(now.sizes().largest())
                && !now.isTargetLimited()
                && Growth.of(now).secondsOverIfKept() > 0;
    }

    private static String names(List<PartitionLag> partitions) {
        return partitions.stream()
                .map(each -> each.topic() + "-" + each.partition())
                .collect(Collectors.joining(", "));
    }
}
