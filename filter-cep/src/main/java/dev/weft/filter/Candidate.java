package dev.weft.filter;

import java.util.List;

/**
 * A conjunction on its way into an index.
 *
 * @param rule the number of the rule it belongs to
 * @param number its own
 * @param attributes what it asks of attributes
 * @param payload what it asks of fields of the payload
 */
record Candidate(int rule, int number, List<FieldTest> attributes, List<FieldTest> payload) {

    List<FieldTest> tests(boolean behindPayload) {
        return behindPayload ? payload : attributes;
    }
}
