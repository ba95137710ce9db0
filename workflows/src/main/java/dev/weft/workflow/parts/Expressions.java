package dev.weft.workflow.parts;

import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Scalar;
import dev.weft.config.Sequence;
import dev.weft.workflow.Definition.Mode;
import dev.weft.workflow.jq.Jq;
import dev.weft.workflow.jq.Template;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Compiles the expressions of a document where they stand; a mistake in one is a problem of the file. */
public final class Expressions {

    private static final Pattern SECRET =
            Pattern.compile("\\$secrets\\s*(?:\\.\\s*([A-Za-z_][A-Za-z0-9_]*)|\\.?\\[\\s*\"([^\"\\\\]*)\"\\s*])");

    private static final Pattern AUTHORIZATION = Pattern.compile("\\$authorization\\b");

    private static final Pattern SECRETS = Pattern.compile("\\$secrets\\b");

    private final Template.Mode mode;
    private final Reading reading;
    private final Set<String> secrets = new LinkedHashSet<>();

    Expressions(Mode mode, Reading reading) {
        this.mode = mode == Mode.LOOSE ? Template.Mode.LOOSE : Template.Mode.STRICT;
        this.reading = reading;
    }

    /** Lets expressions use a secret. */
    public void allowSecret(String name) {
        secrets.add(name);
    }

    /** Returns the names of the secrets that may be used. */
    public Set<String> secrets() {
        return secrets;
    }

    /** Returns whether the whole text is one expression in {@code ${ }}. */
    public static boolean isExpression(String text) {
        String trimmed = text.strip();
        return trimmed.startsWith("${") && trimmed.endsWith("}");
    }

    /** Compiles a text that is an expression, whether it stands in {@code ${ }} or not. */
    public Optional<Jq> jq(Node at, Set<String> variables) {
        return isAllowed(at, true, variables)
                ? Template.expression(at, variables, reading.problems())
                : Optional.empty();
    }

    /** Compiles a value in which texts may be expressions in {@code ${ }}. */
    public Optional<Template> template(Node at, Set<String> variables) {
        return isAllowed(at, false, variables)
                ? Template.compile(at, variables, mode, reading.problems())
                : Optional.empty();
    }

    /** Compiles what data becomes: as {@link #template}, but a text is an expression in any case. */
    public Optional<Template> transformation(Node at, Set<String> variables) {
        return isAllowed(at, true, variables)
                ? Template.transformation(at, variables, mode, reading.problems())
                : Optional.empty();
    }

    /** Returns what leaves data as it is, for a place. */
    public Template identity(Node at) {
        return Template.transformation(new Scalar(at.at(), at.path(), ".", "."), Set.of(), mode, reading.problems())
                .orElseThrow();
    }

    /** Refuses what no list of variables can tell of, or not well; tells all that is wrong. */
    private boolean isAllowed(Node at, boolean whole, Set<String> variables) {
        int before = reading.problems().count();
        check(at, whole, variables);
        return reading.problems().count() == before;
    }

    private void check(Node at, boolean whole, Set<String> variables) {
        if (at instanceof Mapping mapping) {
            mapping.members().values().forEach(member -> check(member, false, variables));
        } else if (at instanceof Sequence sequence) {
            sequence.items().forEach(item -> check(item, false, variables));
        } else if (at instanceof Scalar scalar
                && scalar.value() instanceof String text
                && (whole || text.contains("${"))) {
            if (AUTHORIZATION.matcher(text).find()) {
                refuse(
                        at,
                        "$authorization",
                        "an expression without it: what it holds is known only where a call is made");
            }
            if (SECRETS.matcher(text).find()) {
                checkSecrets(at, text, variables);
            }
        }
    }

    private void checkSecrets(Node at, String text, Set<String> variables) {
        if (!variables.contains("secrets")) {
            refuse(
                    at,
                    "$secrets",
                    "secrets in the arguments of calls only: elsewhere they would be kept for all to see");
            return;
        }
        SECRET.matcher(text)
                .results()
                .map((MatchResult use) -> use.group(1) == null ? use.group(2) : use.group(1))
                .filter(name -> !secrets.contains(name))
                .forEach(name -> refuseSecret(at, name));
    }

    private void refuse(Node at, String found, String expected) {
        reading.problems().add(at, found, expected);
    }

    /** Records that a secret is used that the document does not declare. */
    public void refuseSecret(Node at, String name) {
        if (secrets.isEmpty()) {
            reading.problems()
                    .add(at, "the secret \"" + name + "\"", "one that the document names under secrets: it names none");
        } else {
            reading.problems().addUnknown(at, "secret", name, secrets);
        }
    }
}
