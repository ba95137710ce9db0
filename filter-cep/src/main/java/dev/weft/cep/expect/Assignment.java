package dev.weft.cep.expect;

import dev.weft.cep.offline.Told;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Which event meets which expectation: of all ways to choose, one that meets the most. */
final class Assignment {

    static final int NONE = -1;

    private final int[] told;

    private Assignment(int[] told) {
        this.told = told;
    }

    /** Returns the place of what meets the expectation, or {@link #NONE}. */
    int toldOf(int expected) {
        return told[expected];
    }

    /*
     * An expectation says only a part of an event, so an event may meet several, and the first choice may be the wrong
     * one: a greater assignment is looked for along augmenting paths (Kuhn 1955), breadth first, so that long tests do
     * not need a deep stack.
     */
    static Assignment any(List<ExpectedEvent> expected, List<Told> heard) {
        List<int[]> meets = new ArrayList<>();
        for (ExpectedEvent each : expected) {
            int[] places = new int[heard.size()];
            int count = 0;
            for (int i = 0; i < places.length; i++) {
                if (each.isMetBy(heard.get(i))) {
                    places[count++] = i;
                }
            }
            meets.add(Arrays.copyOf(places, count));
        }
        int[] toldOf = filled(expected.size());
        int[] expectedOf = filled(heard.size());
        for (int i = 0; i < toldOf.length; i++) {
            augment(i, meets, toldOf, expectedOf);
        }
        return new Assignment(toldOf);
    }

    private static void augment(int start, List<int[]> meets, int[] toldOf, int[] expectedOf) {
        int[] reachedFrom = filled(expectedOf.length);
        List<Integer> waiting = new ArrayList<>(List.of(start));
        for (int next = 0; next < waiting.size(); next++) {
            int expected = waiting.get(next);
            for (int place : meets.get(expected)) {
                if (reachedFrom[place] != NONE) {
                    continue;
                }
                reachedFrom[place] = expected;
                if (expectedOf[place] == NONE) {
                    turn(place, reachedFrom, toldOf, expectedOf);
                    return;
                }
                waiting.add(expectedOf[place]);
            }
        }
    }

    private static void turn(int free, int[] reachedFrom, int[] toldOf, int[] expectedOf) {
        int place = free;
        while (place != NONE) {
            int expected = reachedFrom[place];
            int before = toldOf[expected];
            toldOf[expected] = place;
            expectedOf[place] = expected;
            place = before;
        }
    }

    /** The longest common subsequence. */
    static Assignment inOrder(List<ExpectedEvent> expected, List<Told> heard) {
        int[][] longest = new int[expected.size() + 1][heard.size() + 1];
        for (int i = expected.size() - 1; i >= 0; i--) {
            for (int j = heard.size() - 1; j >= 0; j--) {
                longest[i][j] = expected.get(i).isMetBy(heard.get(j))
                        ? longest[i + 1][j + 1] + 1
                        : Math.max(longest[i + 1][j], longest[i][j + 1]);
            }
        }
        int[] toldOf = filled(expected.size());
        int j = 0;
        for (int i = 0; i < expected.size(); i++) {
            while (j < heard.size() && longest[i][j] == longest[i][j + 1]) {
                j++;
            }
            if (j < heard.size() && longest[i][j] > longest[i + 1][j]) {
                toldOf[i] = j++;
            }
        }
        return new Assignment(toldOf);
    }

    private static int[] filled(int size) {
        int[] places = new int[size];
        Arrays.fill(places, NONE);
        return places;
    }
}
