package dev.weft.filter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Grows the tree of branches. Among the conjunctions of a branch, each goes under that of its tests that is likely to
 * hold least often; those without a test that cuts, or with company too small for a dictionary, stay to be tried one by
 * one. Below the branches of attributes lie those of the payload.
 */
final class Planter {

    /** So few conjunctions are tried sooner than told apart. */
    private static final int FEW = 16;

    /** Looking up values in a dictionary costs about as much as trying so many conjunctions. */
    private static final int WORTH_A_DICTIONARY = 4;

    /** A test that holds for a larger share of events does not cut. */
    private static final double OFTEN = 0.6;

    private static final int DEEPEST = 6;
    private static final int NO_TEST = -1;

    private final Program.Draft program = new Program.Draft();
    private int branches;
    private int gates;

    /** Returns the branch that holds all of these. */
    Branch root(List<Candidate> candidates) {
        return branch(candidates, new Place(List.of(), false));
    }

    Program program() {
        return program.finish();
    }

    int branches() {
        return branches;
    }

    int gates() {
        return gates;
    }

    /** Where in the tree a branch is: the tests known to hold there, the nearest last, and whether the payload is. */
    private record Place(List<FieldTest> known, boolean behindPayload) {

        Place below(FieldTest test) {
            List<FieldTest> longer = new ArrayList<>(known);
            longer.add(test);
            return new Place(longer, behindPayload);
        }

        int test() {
            return known.isEmpty() ? NO_TEST : known.get(known.size() - 1).number();
        }
    }

    private Branch branch(List<Candidate> candidates, Place place) {
        int number = branches++;
        Split split = candidates.size() <= FEW || place.known().size() >= DEEPEST
                ? Split.none(candidates)
                : split(candidates, place);
        List<Candidate> rest = split.rest();
        List<Candidate> later = new ArrayList<>();
        if (!place.behindPayload() && rest.size() > FEW) {
            later.addAll(rest);
            later.removeIf(candidate -> candidate.payload().isEmpty());
            rest = later.size() > FEW
                    ? rest.stream().filter(each -> each.payload().isEmpty()).toList()
                    : rest;
        }
        int from = program.length();
        rest.forEach(candidate -> write(candidate, place));
        int to = program.length();
        List<Dictionary> dictionaries = new ArrayList<>();
        split.byField().forEach((field, byTest) -> dictionaries.add(dictionary(field, byTest, place)));
        Branch behindPayload = later.size() > FEW ? branch(later, new Place(place.known(), true)) : null;
        return new Branch(number, place.test(), from, to, dictionaries.toArray(Dictionary[]::new), behindPayload);
    }

    private void write(Candidate candidate, Place place) {
        program.add(
                candidate.rule(),
                candidate.number(),
                candidate.payload().size(),
                numbers(candidate.attributes(), place),
                numbers(candidate.payload(), place));
    }

    /** What is known to hold need not be asked again. */
    private static int[] numbers(List<FieldTest> tests, Place place) {
        int[] numbers = new int[tests.size()];
        int count = 0;
        for (FieldTest test : tests) {
            if (!place.known().contains(test)) {
                numbers[count++] = test.number();
            }
        }
        return Arrays.copyOf(numbers, count);
    }

    private Dictionary dictionary(int field, Map<FieldTest, List<Candidate>> byTest, Place place) {
        DictionaryBuilder dictionary = new DictionaryBuilder(field);
        byTest.forEach((test, candidates) -> dictionary.add(branch(candidates, place.below(test)), test.asked()));
        return dictionary.finish(() -> gates++);
    }

    /** How the conjunctions of a branch are told apart: by field, and by what is asked of it. */
    private record Split(Map<Integer, Map<FieldTest, List<Candidate>>> byField, List<Candidate> rest) {

        static Split none(List<Candidate> all) {
            return new Split(Map.of(), all);
        }
    }

    private static Split split(List<Candidate> candidates, Place place) {
        List<FieldTest> tests = candidates.stream()
                .flatMap(candidate -> candidate.tests(place.behindPayload()).stream())
                .filter(test -> !place.known().contains(test))
                .distinct()
                .toList();
        Selectivity selectivity = Selectivity.of(tests);
        Map<Integer, Map<FieldTest, List<Candidate>>> byField = new LinkedHashMap<>();
        List<Candidate> rest = new ArrayList<>();
        for (Candidate candidate : candidates) {
            FieldTest rarest = rarest(candidate.tests(place.behindPayload()), place, selectivity);
            if (rarest == null) {
                rest.add(candidate);
            } else {
                byField.computeIfAbsent(rarest.field(), field -> new LinkedHashMap<>())
                        .computeIfAbsent(rarest, test -> new ArrayList<>())
                        .add(candidate);
            }
        }
        byField.values().removeIf(byTest -> {
            List<Candidate> members =
                    byTest.values().stream().flatMap(List::stream).toList();
            return members.size() < WORTH_A_DICTIONARY && rest.addAll(members);
        });
        return new Split(byField, rest);
    }

    private static @Nullable FieldTest rarest(List<FieldTest> tests, Place place, Selectivity selectivity) {
        FieldTest rarest = null;
        double least = OFTEN;
        for (FieldTest test : tests) {
            double share = place.known().contains(test) ? 1 : selectivity.shareThatHolds(test);
            if (share < least) {
                rarest = test;
                least = share;
            }
        }
        return rarest;
    }
}
