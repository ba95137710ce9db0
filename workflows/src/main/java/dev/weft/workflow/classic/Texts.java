package dev.weft.workflow.classic;

import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.config.Sequence;
import dev.weft.workflow.jq.Jq;
import dev.weft.workflow.jq.Template;
import dev.weft.workflow.parts.Locals;
import dev.weft.workflow.parts.Reading;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compiles expressions of 0.8, which know names that 1.0 does not: {@code $CONST}, {@code $SECRETS}, and functions as
 * {@code fn:name}.
 */
final class Texts {

    private static final Pattern CALL = Pattern.compile("\\bfn:([A-Za-z_][A-Za-z0-9_-]*)");
    private static final String CONSTANTS = "$CONST";
    private static final int DEEPEST = 10;

    /** As many characters may come to stand in a text in place of names: functions may name many, which name many. */
    private static final int MOST = 512 << 10;

    private final Reading reading;
    private final Problems problems;
    private final String constants;
    private final Map<String, String> functions = new LinkedHashMap<>();
    private int left;

    /**
     * Begins.
     *
     * @param constants what {@code $CONST} is, as JSON
     */
    Texts(Reading reading, String constants) {
        this.reading = reading;
        this.problems = reading.problems();
        this.constants = constants;
    }

    /** Lets expressions use a function. */
    void define(String name, String expression) {
        functions.put(name, expression);
    }

    /** Returns the text of an expression as 1.0 has it; nothing, with a problem, if it is none. */
    Optional<String> text(Node at) {
        return text(at, Locals.NONE.body());
    }

    /** As {@link #text(Node)}, with the variables it may use. */
    Optional<String> text(Node at, Set<String> variables) {
        return jq(at, variables).map(Jq::text);
    }

    /** Compiles an expression. */
    Optional<Jq> jq(Node at, Set<String> variables) {
        return reading.expressions().jq(rewritten(at, true), variables);
    }

    /** Compiles a value with expressions in it. */
    Optional<Template> template(Node at) {
        return reading.expressions().template(rewritten(at, false), Locals.NONE.body());
    }

    /** Compiles the arguments of a call, which may use secrets. */
    Optional<Template> arguments(Node at) {
        return reading.expressions().template(rewritten(at, false), Locals.NONE.call());
    }

    /** Compiles an expression, or a value with expressions in it. */
    Optional<Template> transformation(Node at) {
        return reading.expressions().transformation(rewritten(at, true), Locals.NONE.body());
    }

    /** Compiles an expression of our own, in which parts may be the author's. */
    Template made(Node at, String text) {
        return made(at, text, Locals.NONE.export());
    }

    /** As {@link #made(Node, String)}, with the variables it may use. */
    Template made(Node at, String text, Set<String> variables) {
        return reading.expressions()
                .transformation(new Scalar(at.at(), at.path(), text, text), variables)
                .orElse(Template.constant(com.fasterxml.jackson.databind.node.NullNode.getInstance()));
    }

    /** Compiles a condition of our own. */
    Jq condition(Node at, String text, Set<String> variables) {
        return reading.expressions()
                .jq(new Scalar(at.at(), at.path(), text, text), variables)
                .orElseThrow();
    }

    private Node rewritten(Node at, boolean whole) {
        if (at instanceof Mapping mapping) {
            Map<String, Node> members = new LinkedHashMap<>();
            mapping.members().forEach((name, member) -> members.put(name, rewritten(member, false)));
            return new Mapping(mapping.at(), mapping.path(), members, mapping.keys());
        }
        if (at instanceof Sequence sequence) {
            return new Sequence(
                    at.at(),
                    at.path(),
                    sequence.items().stream()
                            .map(item -> rewritten(item, false))
                            .toList());
        }
        if (at instanceof Scalar scalar && scalar.value() instanceof String text && (whole || text.contains("${"))) {
            String changed = written(at, text);
            return new Scalar(at.at(), at.path(), changed, changed);
        }
        return at;
    }

    private String written(Node at, String text) {
        left = MOST;
        String inlined = inlined(at, text, 0);
        for (int i = inlined.indexOf(CONSTANTS); i >= 0; i = inlined.indexOf(CONSTANTS, i + 1)) {
            left -= Math.min(left + 1, constants.length());
        }
        if (left < 0) {
            problems.add(at, "more than " + MOST + " characters by functions and constants", "a shorter expression");
            return "null";
        }
        return inlined.replace(CONSTANTS, constants).replace("$SECRETS", "$secrets");
    }

    private String inlined(Node at, String text, int depth) {
        return CALL.matcher(text).replaceAll((MatchResult call) -> {
            String expression = functions.get(call.group(1));
            left -= expression == null ? 1 : Math.min(left + 1, expression.length());
            if (left < 0) {
                return "null";
            }
            if (expression == null) {
                problems.addUnknown(at, "function", call.group(1), functions.keySet());
            } else if (depth == DEEPEST) {
                problems.add(at, "functions that go round", "functions that do not call themselves");
            }
            return expression == null || depth == DEEPEST
                    ? "null"
                    : Matcher.quoteReplacement(Merging.block(inlined(at, expression, depth + 1)));
        });
    }
}
