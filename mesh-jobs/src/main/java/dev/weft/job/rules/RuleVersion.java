package dev.weft.job.rules;

import java.io.Serializable;

/**
 * One version of a job's rules.
 *
 * @param number from 1, and one more with each change
 * @param id of the event that proposed it; of rules that came with the job's start, a text that says so
 * @param author who proposed it, as the command line says it
 * @param rules the whole config they stand in
 */
public record RuleVersion(int number, String id, String author, RulesText rules) implements Serializable {

    /** Returns the version that is made of the config a job starts with. */
    static RuleVersion ofStart(int number, RulesText rules) {
        return new RuleVersion(number, "start-" + number, "the job's start", rules);
    }
}
