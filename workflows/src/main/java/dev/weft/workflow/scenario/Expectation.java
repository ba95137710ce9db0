package dev.weft.workflow.scenario;

import dev.weft.config.Mapping;

/**
 * What is to be seen at some time in a scenario, as it is written, so that each difference has its line. Its form was
 * checked when it was read.
 */
public record Expectation(Mapping written) {}
