package dev.weft.job.rules;

import java.io.Serializable;

/**
 * A part of a job stands still.
 *
 * @param author who wanted it, as the command line says it
 * @param at when that was, as ISO 8601 has it; for people, nothing is decided by it
 * @param why in the author's words; empty if none were said
 */
public record Pause(Part part, String author, String at, String why) implements Serializable {}
