package dev.weft.filter;

import dev.weft.filter.AffixTable.Place;
import dev.weft.filter.NumberCondition.NumberIn;
import dev.weft.filter.NumberCondition.NumberIs;
import dev.weft.filter.NumberCondition.NumberRange;
import dev.weft.filter.NumberCondition.NumberRange.Bound;
import dev.weft.filter.TextCondition.Cidr;
import dev.weft.filter.TextCondition.EqualsIgnoringCase;
import dev.weft.filter.TextCondition.Prefix;
import dev.weft.filter.TextCondition.PrefixIgnoringCase;
import dev.weft.filter.TextCondition.Regex;
import dev.weft.filter.TextCondition.Suffix;
import dev.weft.filter.TextCondition.SuffixIgnoringCase;
import dev.weft.filter.TextCondition.TextIn;
import dev.weft.filter.TextCondition.Topic;
import dev.weft.filter.TextCondition.Wildcard;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/**
 * Fills the dictionary of one field. A condition that no table can find exactly stands in one under something that each
 * of its values has, such as the literal start of a wildcard; one that has nothing of the kind is asked of every event.
 */
final class DictionaryBuilder {

    private static final int V6_BITS = 128;

    private final int field;
    private final Map<String, Gate.Draft> texts = new LinkedHashMap<>();
    private final Map<String, Gate.Draft> foldedTexts = new LinkedHashMap<>();
    private final AffixTable.Draft starts = new AffixTable.Draft(Place.START);
    private final AffixTable.Draft ends = new AffixTable.Draft(Place.END);
    private final WildcardTable wildcards = new WildcardTable();
    private final AffixTable.Draft insides = new AffixTable.Draft(Place.ANYWHERE);
    private final AffixTable.Draft foldedStarts = new AffixTable.Draft(Place.START);
    private final AffixTable.Draft foldedEnds = new AffixTable.Draft(Place.END);
    private final BlockTable.Draft blocks = new BlockTable.Draft();
    private final TopicTrie.Draft topics = new TopicTrie.Draft();
    private final List<NumberTree.Range> ranges = new ArrayList<>();
    private final List<Branch> others = new ArrayList<>();
    private final List<Branch> all = new ArrayList<>();

    DictionaryBuilder(int field) {
        this.field = field;
    }

    /** Adds the branch whose test asks for these alternatives. */
    void add(Branch branch, Alternatives asked) {
        all.add(branch);
        if (asked.anyOf().stream().allMatch(DictionaryBuilder::isFindable)) {
            asked.anyOf().forEach(condition -> add(condition, branch, true));
        } else {
            others.add(branch);
        }
    }

    /** Returns whether every value that matches has something by which a table finds the condition. */
    static boolean isFindable(Condition condition) {
        if (condition instanceof Condition.All all) {
            return all.every().stream().anyMatch(DictionaryBuilder::isFindable);
        }
        if (condition instanceof ContainsAll all) {
            return all.every().stream().anyMatch(DictionaryBuilder::isFindable);
        }
        if (condition instanceof Regex regex) {
            return !regex.expression().start().isEmpty();
        }
        if (condition instanceof Prefix prefix) {
            return !prefix.prefix().isEmpty();
        }
        if (condition instanceof Suffix suffix) {
            return !suffix.suffix().isEmpty();
        }
        if (condition instanceof PrefixIgnoringCase prefix) {
            return !prefix.prefix().folded().isEmpty();
        }
        if (condition instanceof SuffixIgnoringCase suffix) {
            return !suffix.suffix().folded().isEmpty();
        }
        if (condition instanceof Topic topic) {
            return !topic.filter().isOnlyWildcards();
        }
        if (condition instanceof Wildcard wildcard) {
            return wildcard.glob().isLiteral()
                    || !longestLiteral(wildcard.glob()).isEmpty();
        }
        return condition instanceof TextCondition || condition instanceof NumberCondition;
    }

    private static String longestLiteral(Glob glob) {
        return Stream.of(glob.start(), glob.end(), glob.longestInside())
                .reduce("", (one, other) -> other.length() > one.length() ? other : one);
    }

    /** @param isSure whether the branch's test holds wherever the condition does */
    private void add(Condition condition, Branch branch, boolean isSure) {
        if (condition instanceof Condition.All all) {
            addOne(all.every(), branch, isSure);
        } else if (condition instanceof ContainsAll all) {
            addOne(all.every(), branch, isSure);
        } else if (condition instanceof TextCondition text) {
            addText(text, branch, isSure);
        } else if (condition instanceof NumberIn literals) {
            literals.numbers().forEach(number -> addPoint(number, branch, isSure));
        } else if (condition instanceof NumberIs literal) {
            addPoint(literal.wanted(), branch, isSure);
        } else if (condition instanceof NumberRange range) {
            ranges.add(new NumberTree.Range(range.lower(), range.upper(), branch, isSure));
        } else {
            throw new IllegalArgumentException("no table holds " + condition);
        }
    }

    /** All of these hold wherever the test does: one of them finds the branch. */
    private void addOne(List<Condition> every, Branch branch, boolean isSure) {
        every.stream()
                .filter(DictionaryBuilder::isFindable)
                .findFirst()
                .ifPresent(member -> add(member, branch, isSure && every.size() == 1));
    }

    private void addPoint(BigDecimal number, Branch branch, boolean isSure) {
        Bound bound = new Bound(number, true);
        ranges.add(new NumberTree.Range(bound, bound, branch, isSure));
    }

    private void addText(TextCondition condition, Branch branch, boolean isSure) {
        if (condition instanceof TextIn literals) {
            literals.texts().forEach(text -> add(texts, text, branch, isSure));
            literals.addresses().forEach(address -> blocks.add(address, V6_BITS, branch, isSure));
        } else if (condition instanceof Prefix prefix) {
            starts.add(prefix.prefix(), branch, isSure);
        } else if (condition instanceof Suffix suffix) {
            ends.add(suffix.suffix(), branch, isSure);
        } else if (condition instanceof EqualsIgnoringCase equal) {
            add(foldedTexts, equal.wanted().folded(), branch, isSure);
        } else if (condition instanceof PrefixIgnoringCase prefix) {
            // Only likely: a character that folds to several must be matched wholly.
            foldedStarts.add(prefix.prefix().folded(), branch, false);
        } else if (condition instanceof SuffixIgnoringCase suffix) {
            foldedEnds.add(suffix.suffix().folded(), branch, false);
        } else if (condition instanceof Cidr cidr) {
            blocks.add(cidr.block().network(), cidr.block().length(), branch, isSure);
        } else if (condition instanceof Topic topic) {
            topics.add(topic.filter(), branch, isSure);
        } else if (condition instanceof Regex regex) {
            starts.add(regex.expression().start(), branch, false);
        } else if (condition instanceof Wildcard wildcard && wildcard.glob().isLiteral()) {
            add(texts, wildcard.glob().start(), branch, isSure);
        } else if (condition instanceof Wildcard wildcard) {
            wildcards.add(wildcard.glob(), branch);
        }
    }

    private static void add(Map<String, Gate.Draft> gates, String text, Branch branch, boolean isSure) {
        gates.computeIfAbsent(text, any -> new Gate.Draft()).add(branch, isSure);
    }

    Dictionary finish(IntSupplier gateNumbers) {
        wildcards.fill(starts, ends, insides);
        return new Dictionary(
                field,
                finish(texts, gateNumbers),
                finish(foldedTexts, gateNumbers),
                Stream.of(starts, ends, insides)
                        .flatMap(draft -> draft.finish(gateNumbers).stream())
                        .toList(),
                Stream.of(foldedStarts, foldedEnds)
                        .flatMap(draft -> draft.finish(gateNumbers).stream())
                        .toList(),
                blocks.finish(gateNumbers),
                topics.finish(gateNumbers),
                NumberTree.of(ranges),
                List.copyOf(others),
                List.copyOf(all));
    }

    private static Map<String, Gate> finish(Map<String, Gate.Draft> drafts, IntSupplier gateNumbers) {
        Map<String, Gate> gates = new HashMap<>(drafts.size() * 2);
        drafts.forEach((text, draft) -> gates.put(text, draft.finish(gateNumbers.getAsInt())));
        return gates;
    }
}
