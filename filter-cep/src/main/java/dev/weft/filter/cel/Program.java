package dev.weft.filter.cel;

import java.util.List;

/**
 * A checked expression, ready to be run.
 *
 * @param slots how many variables of loops are alive at once, at most
 * @param reads what of the event it looks at
 * @param tests without which it does not hold
 */
record Program(Code body, int slots, Reads reads, List<CelTest> tests) {

    Program {
        tests = List.copyOf(tests);
    }
}
