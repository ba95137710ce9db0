package dev.weft.filter;

import dev.weft.event.Projection;
import java.util.List;

/**
 * A compiled index: what {@link IndexBuilder} made of the rules and a {@link Walk} goes through. Immutable and shared.
 *
 * @param tests by their numbers
 * @param attributes the attributes that rules ask about; fields with larger numbers are the payload's
 * @param conjunctions by their numbers; looked at only where arrays make the tests of single fields too weak
 */
record Plan(
        Branch root,
        Program program,
        List<FieldTest> tests,
        List<Conjunction> conjunctions,
        List<String> attributes,
        Residuals residuals,
        PayloadFields payloadFields,
        Projection wanted,
        int fieldCount,
        int branchCount,
        int gateCount,
        int ruleCount) {}
