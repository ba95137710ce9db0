package dev.weft.scale;

import static dev.weft.scale.Words.amount;
import static dev.weft.scale.Words.percent;
import static dev.weft.scale.Words.say;
import static dev.weft.scale.Words.seconds;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The numbers behind a decision, in words. */
record Arithmetic(Situation now) {

    static Arithmetic of(Situation now) {
        return new Arithmetic(now);
    }

    List<String> sentences() {
        var sentences = new ArrayList<String>();
        sentences.add(say(
                "%s records wait in %d partitions, the oldest for %s; %s/s come",
                amount(now.load().lag()),
                now.load().counted().size(),
                seconds(now.load().oldest()),
                amount(now.load().arrivals())));
        if (now.isEstimated()) {
            sentences.add("what waits is reckoned from commits, so only what comes is counted");
        }
        sentences.add(
                now.knowsCapacity()
                        ? say(
                                "%d subtasks run, each drains %s/s; %s",
                                now.running(), amount(now.perSubtask(Math.max(1, now.running()))), loss())
                        : "how fast a subtask drains is not known yet");
        sentences.add(say(
                "a change takes %s, of which %s are a restart; a start takes %s",
                seconds(now.memory().restarts().reactionSeconds(now.checkpointInterval())),
                seconds(now.memory().restarts().restartSeconds()),
                seconds(now.memory().restarts().startSeconds())));
        sentences.add("sizes worth having: "
                + now.sizes().ascending().stream().map(Size::toString).collect(Collectors.joining(", ")));
        return sentences;
    }

    private String loss() {
        double share = 1 - Math.pow(2, -now.memory().capacity().loss());
        return share < 0.01 ? "more of them drain as much each" : percent(share) + " less each with twice as many";
    }
}
