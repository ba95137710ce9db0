package dev.weft.filter;

import java.util.List;

/**
 * About how much memory a set of rules keeps, added up from what it is made of and not measured: within a third of what
 * a 64-bit HotSpot with compressed references takes ({@code MatchingCost} compares them). Working memory of threads
 * that ask is not counted; it is some ten bytes for each rule and thread.
 *
 * @param rules how many rules there are, removed ones included that are still compiled
 * @param ruleBytes what was read of the rules' texts
 * @param indexBytes what was compiled of the rules beside
 */
public record RuleMemory(int rules, long ruleBytes, long indexBytes) {

    /** Nothing at all. */
    public static final RuleMemory NONE = new RuleMemory(0, 0, 0);

    static RuleMemory of(List<Rule> rules, Footprint compiled) {
        Footprint read = new Footprint();
        rules.forEach(rule -> RuleFootprint.add(rule, read));
        return new RuleMemory(rules.size(), read.bytes(), compiled.bytes());
    }

    /** Returns the memory of both. */
    public RuleMemory plus(RuleMemory other) {
        return new RuleMemory(rules + other.rules, ruleBytes + other.ruleBytes, indexBytes + other.indexBytes);
    }

    /** Returns all bytes. */
    public long bytes() {
        return ruleBytes + indexBytes;
    }

    /** Returns the bytes of a rule on average; 0 if there is none. */
    public long bytesPerRule() {
        return rules == 0 ? 0 : bytes() / rules;
    }
}
