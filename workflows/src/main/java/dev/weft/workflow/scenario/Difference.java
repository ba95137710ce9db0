package dev.weft.workflow.scenario;

import dev.weft.config.Location;

/**
 * Something that is not as a scenario expects.
 *
 * @param at where the expectation is written
 * @param what it is about, such as {@code output.total} or {@code calls[1].body}
 * @param expected for people
 * @param found for people; {@code nothing} where it is not there
 */
public record Difference(Location at, String what, String expected, String found) {}
