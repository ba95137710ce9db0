package dev.weft.scale.lag;

import dev.weft.scale.lag.QueueReader.Probed;
import java.time.Duration;
import java.util.Random;

/** Something that happens to a queue or to who consumes it: growth below 200 per second, and any trouble. */
final class RandomTurn {

    private RandomTurn() {}

    static void take(Random random, QueueStory story, boolean isJob) {
        long end = story.end();
        switch (random.nextInt(isJob ? 16 : 10)) {
            case 0, 1, 2, 3 -> story.log(story.logStart(), end + random.nextInt(2000));
            case 4 -> story.log(story.logStart(), end).openTransactionUpTo(end + random.nextInt(20));
            case 5 -> story.committed(random.nextLong(end + 100));
            case 6 -> story.log(Math.min(end, story.logStart() + random.nextInt(3000)), end);
            case 7 -> trouble(random, story);
            case 8 -> story.probeFinds(probed(random, random.nextLong(end + 100)));
            case 9 -> story.clockJumps(Duration.ofSeconds(random.nextInt(100_000) - 50_000));
            case 10, 11, 12 -> story.jobTakes(random.nextInt(300)).jobIsAt(random.nextLong(end + 100));
            case 13 -> story.jobRestarts();
            case 14 -> story.jobCannotBeAsked();
            default -> story.jobWaits();
        }
    }

    private static void trouble(Random random, QueueStory story) {
        switch (random.nextInt(4)) {
            case 0 -> story.commitIsGone();
            case 1 -> story.log(0, random.nextInt(100));
            case 2 -> story.topicIsMadeAgain(String.valueOf(random.nextInt()));
            default -> story.scalerRestarts();
        }
    }

    private static Probed probed(Random random, long from) {
        long to = from + random.nextInt(1000);
        return random.nextBoolean() ? new Probed.Nothing(from, to) : new Probed.Found(from, to, QueueStory.BEGIN);
    }
}
