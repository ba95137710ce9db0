package dev.weft.workflow.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stories that nobody would think of: whichever way the instance is kept, the same happens. */
class RandomStoryTest {

    private static final int STORIES = 250;
    private static final int SIGNALS = 25;
    private static final Limits LIMITS = new Limits(1 << 20, 4000, 12, 50, 10_000, 600, 6, 5, 4000);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void theSameHappensHoweverTheInstanceIsKept(long seed) {
        Random random = new Random(seed);
        int ended = 0;
        for (int i = 0; i < STORIES; i++) {
            String document = RandomDocument.of(random);
            try {
                ended += told(document, random) ? 1 : 0;
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("story " + i + " of\n" + document, e);
            }
        }
        assertThat(ended).isBetween(STORIES / 3, STORIES - 1);
    }

    private static boolean told(String document, Random random) {
        Story story =
                Story.of(document).within(LIMITS).telling(LifecycleLevel.TASK).start("{'x': 1}");
        for (int i = 0; i < SIGNALS && !story.status().isLast(); i++) {
            happen(story, random);
        }
        boolean ended = story.status().isLast();
        if (!ended) {
            story.take(new Signal.Cancel("enough"));
        }
        assertNothingIsLeft(story);
        return ended;
    }

    private static void happen(Story story, Random random) {
        switch (random.nextInt(14)) {
            case 0, 1, 2, 3 ->
                story.event(
                        "e" + random.nextInt(9),
                        "abc".substring(random.nextInt(3)).substring(0, 1),
                        String.valueOf(random.nextInt(2)));
            case 4, 5, 6, 7 -> story.pass(random.nextInt(5000));
            case 8, 9 -> answer(story, random);
            case 10 -> childEnds(story, random);
            case 11 -> story.take(random.nextBoolean() ? new Signal.Suspend("") : new Signal.Resume());
            case 12 -> story.take(new Signal.Resume());
            default -> rarely(story, random);
        }
    }

    private static void answer(Story story, Random random) {
        List<Effect.Call> calls = story.calls();
        if (!calls.isEmpty()) {
            story.answerLate(calls.get(random.nextInt(calls.size())).token(), "{'answer': 1}");
        }
    }

    private static void childEnds(Story story, Random random) {
        List<Effect.StartChild> children = story.children().stream()
                .filter(child -> child.parent() != null)
                .toList();
        if (!children.isEmpty()) {
            String token = Story.tokenOf(children.get(random.nextInt(children.size())));
            story.take(new Signal.ChildEnded(token, Story.json("[1]"), null));
        }
    }

    private static void rarely(Story story, Random random) {
        switch (random.nextInt(6)) {
            case 0 -> story.take(new Signal.Compensate("a test"));
            case 1 ->
                story.instance().resetPoints().stream()
                        .findFirst()
                        .ifPresent(point -> story.take(new Signal.Reset(point)));
            case 2 -> story.take(new Signal.Migrate(story.instance().program(), Map.of()));
            default -> story.pass(20_000);
        }
    }

    /** Whatever was asked for has come to an end, the instance is ended once, and that is the last. */
    private static void assertNothingIsLeft(Story story) {
        assertThat(story.effects(Effect.Ended.class)).hasSize(1);
        assertThat(story.effects().get(story.effects().size() - 1)).isInstanceOf(Effect.Ended.class);
        assertThat(story.subscriptions()).isEmpty();
        assertDistinct(story.effects(Effect.Emit.class).stream()
                .map(emit -> emit.event().get("id").asText())
                .toList());
        assertDistinct(story.calls().stream().map(Effect.Call::token).toList());
        assertDistinct(story.calls().stream()
                .map(call -> call.request().idempotencyKey())
                .toList());
        assertDistinct(
                story.children().stream().map(Effect.StartChild::instance).toList());
        assertWhatBeganHasEnded(story.told());
    }

    /** Each task of which it is told that it was created has come to one end. */
    private static void assertWhatBeganHasEnded(List<String> told) {
        Map<String, Integer> underWay = new TreeMap<>();
        for (String event : told) {
            String[] parts = event.split(" ", 2);
            switch (parts[0]) {
                case "task.created" -> underWay.merge(parts[1], 1, Integer::sum);
                case "task.completed", "task.faulted", "task.cancelled" -> underWay.merge(parts[1], -1, Integer::sum);
                default -> {}
            }
        }
        underWay.values().removeIf(count -> count == 0);
        assertThat(underWay).isEmpty();
    }

    private static void assertDistinct(List<String> ids) {
        Set<String> distinct = ids.stream().collect(Collectors.toSet());
        assertThat(distinct).hasSameSizeAs(ids);
    }
}
