package dev.weft.filter;

import java.util.List;

/**
 * Compiled rules: what {@link IndexBuilder} made of them and a {@link SegmentWalk} goes through. Immutable and shared.
 * Fields are known by their numbers in the {@link AskedFields} it was compiled with, or that came with more.
 *
 * @param tests by their numbers
 * @param conjunctions by their numbers; looked at only where arrays make the tests of single fields too weak
 */
record Plan(
        Branch root,
        Program program,
        FieldTest[] tests,
        List<Conjunction> conjunctions,
        Residuals residuals,
        int branchCount,
        int gateCount,
        int ruleCount) {

    /** Adds what was compiled, without the rules it was compiled of. */
    void addTo(Footprint footprint) {
        footprint
                .object(32)
                .object(4)
                .ints(program.length())
                .references(tests.length)
                .list(conjunctions);
        for (FieldTest test : tests) {
            test.addTo(footprint);
        }
        root.addTo(footprint);
        residuals.addTo(footprint);
    }
}
