package dev.weft.filter.sql;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.config.Sequence;
import dev.weft.config.Substitution;
import dev.weft.config.YamlReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The conformance kit of the specification. The one case we answer otherwise is named here with its reason. */
class SqlConformanceTest {

    private static final int CASES = 275;

    private static final Map<String, String> DIFFERENCES = Map.of(
            "Not operator: Invalid int cast",
            "NOT 10 is false: 3.7 says that an engine MUST support the cast Integer -> Boolean, which \"returns false if"
                    + " the integer is 0, and true otherwise\"; the kit's own BOOL(100) is true");

    private record Case(
            String name,
            String expression,
            @Nullable Object result,
            @Nullable String error,
            Attributes event) {

        String answer() {
            try {
                SqlExpression parsed = SqlExpression.parse(expression);
                Object value = parsed.evaluate(event);
                return value instanceof Failure failure
                        ? parsed.valueOf(failure) + " with " + kitName(failure.kind())
                        : value.toString();
            } catch (SqlMistake e) {
                // The kit gives some of these no result, and others false.
                return e.isMissingFunction() ? "false with missingFunction" : "parse";
            }
        }

        String expected() {
            return "parse".equals(error) ? "parse" : result + (error == null ? "" : " with " + error);
        }

        private static String kitName(Failure.Kind kind) {
            return switch (kind) {
                case MATH -> "math";
                case CAST -> "cast";
                case MISSING_ATTRIBUTE -> "missingAttribute";
                case FUNCTION_EVALUATION -> "functionEvaluation";
            };
        }
    }

    @TestFactory
    Stream<DynamicTest> answersAsTheKitSays() throws IOException {
        return cases().stream()
                .map(each -> DynamicTest.dynamicTest(each.name() + ": " + each.expression(), () -> {
                    if (DIFFERENCES.containsKey(each.name())) {
                        assertThat(each.answer())
                                .as(DIFFERENCES.get(each.name()))
                                .isNotEqualTo(each.expected());
                    } else {
                        assertThat(each.answer()).isEqualTo(each.expected());
                    }
                }));
    }

    @Test
    void theKitIsWhole() throws IOException {
        assertThat(cases()).hasSize(CASES);
        assertThat(cases()).extracting(Case::name).containsAll(DIFFERENCES.keySet());
    }

    private static List<Case> cases() throws IOException {
        Path kit = kit();
        assumeTrue(kit != null, "skipped: no shared/conformance/cesql_tck beside a folder above this one");
        List<Case> cases = new ArrayList<>();
        try (Stream<Path> files = Files.list(kit)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".yaml"))
                    .sorted()
                    .toList()) {
                cases.addAll(cases(file));
            }
        }
        return cases;
    }

    private static List<Case> cases(Path file) throws IOException {
        Problems problems = new Problems();
        Mapping root = (Mapping)
                YamlReader.read(file.getFileName().toString(), Files.readString(file), Substitution.none(), problems)
                        .orElseThrow();
        List<Case> cases = new ArrayList<>();
        for (Node item : ((Sequence) required(root, "tests")).items()) {
            Mapping test = (Mapping) item;
            cases.add(new Case(
                    text(required(root, "name")) + ": " + text(required(test, "name")),
                    text(required(test, "expression")),
                    test.get("result") instanceof Scalar result ? value(result) : null,
                    test.get("error") instanceof Scalar error ? error.text() : null,
                    event(test)));
        }
        return cases;
    }

    private static Node required(Mapping of, String key) {
        return requireNonNull(of.get(key), key);
    }

    private static Attributes event(Mapping test) {
        Map<String, Object> attributes = new HashMap<>();
        if (test.get("event") == null) {
            attributes.putAll(Map.of("specversion", "1.0", "id", "1", "source", "/kit", "type", "kit"));
        }
        for (String key : List.of("event", "eventOverrides")) {
            if (test.get(key) instanceof Mapping given) {
                given.members().forEach((name, value) -> attributes.put(name, value((Scalar) value)));
            }
        }
        return attributes::get;
    }

    private static Object value(Scalar scalar) {
        return scalar.value() instanceof BigDecimal number
                ? number.intValueExact()
                : scalar.value() instanceof Boolean flag ? flag : scalar.text();
    }

    private static String text(Node node) {
        return ((Scalar) node).text();
    }

    private static @Nullable Path kit() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path kit = folder.resolve("shared").resolve("conformance").resolve("cesql_tck");
            if (Files.isDirectory(kit)) {
                return kit;
            }
        }
        return null;
    }
}
