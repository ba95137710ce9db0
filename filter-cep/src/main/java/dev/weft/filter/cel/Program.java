package dev.weft.filter.cel;

import java.util.List;

/**
 * A checked expression, ready to be run.
 *
 * @param slots how many variables of loops are alive at once, at most
 * @param wantedPaths the fields of the payload it looks at; none if it does not
 */
record Program(Code body, int slots, List<List<String>> wantedPaths) {

    Program {
        wantedPaths = List.copyOf(wantedPaths);
    }
}
