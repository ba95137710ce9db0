package dev.weft.job.flink.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.job.flink.function.LoopItem.Round;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CensusTest {

    @Test
    void isOverAtOnceWhereThereIsOneSubtaskThatHasNothingToDo() {
        Census census = new Census(0, 0, true);
        census.begin();
        assertThat(census.pass(0, 0)).isNull();
        assertThat(census.isOver()).isTrue();
    }

    /** Subtasks with work that makes more work elsewhere; whatever can happen next, does at random. */
    @ParameterizedTest(name = "{0} subtasks")
    @ValueSource(ints = {2, 3, 7})
    void isOverEverywhereAndNotBeforeAllWorkIsDone(int subtasks) {
        for (int seed = 0; seed < 2_000; seed++) {
            Mesh mesh = new Mesh(subtasks, new Random(seed));
            while (!mesh.isOverEverywhere()) {
                mesh.step();
                if (mesh.isOverAnywhere()) {
                    assertThat(mesh.work()).as("work with seed " + seed).isZero();
                }
            }
        }
    }

    private static final class Mesh {
        private final List<Subtask> subtasks = new ArrayList<>();
        private final Random random;
        private int mayStillBeSent = 40;

        Mesh(int size, Random random) {
            this.random = random;
            for (int i = 0; i < size; i++) {
                subtasks.add(new Subtask(new Census(i, (i + 1) % size, false), 2));
            }
            subtasks.forEach(subtask -> subtask.census.begin());
        }

        void step() {
            Subtask subtask = subtasks.get(random.nextInt(subtasks.size()));
            int choice = random.nextInt(3);
            if (choice == 0 && !subtask.way.isEmpty()) {
                subtask.take(subtask.way.remove());
            } else if (choice == 1 && subtask.waiting > 0) {
                subtask.waiting--;
                while (mayStillBeSent > 0 && random.nextBoolean()) {
                    mayStillBeSent--;
                    subtask.sent++;
                    subtasks.get(random.nextInt(subtasks.size())).way.add(true);
                }
            } else if (choice == 2 && subtask.waiting == 0) {
                Round round = subtask.census.pass(subtask.sent, subtask.arrived);
                if (round != null) {
                    subtasks.get(round.key()).way.add(round);
                }
            }
        }

        boolean isOverAnywhere() {
            return subtasks.stream().anyMatch(subtask -> subtask.census.isOver());
        }

        boolean isOverEverywhere() {
            return subtasks.stream().allMatch(subtask -> subtask.census.isOver());
        }

        long work() {
            return subtasks.stream()
                    .mapToLong(subtask -> subtask.waiting
                            + subtask.way.stream()
                                    .filter(Boolean.class::isInstance)
                                    .count())
                    .sum();
        }
    }

    private static final class Subtask {
        private final Census census;
        private final Queue<Object> way = new ArrayDeque<>();
        private int waiting;
        private long sent;
        private long arrived;

        Subtask(Census census, int waiting) {
            this.census = census;
            this.waiting = waiting;
        }

        void take(Object come) {
            if (come instanceof Round round) {
                census.take(round);
            } else {
                arrived++;
                waiting++;
            }
        }
    }
}
