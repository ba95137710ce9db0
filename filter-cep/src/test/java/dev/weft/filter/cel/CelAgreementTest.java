package dev.weft.filter.cel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.NullValue;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.weft.event.MeshEvent;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The library's own evaluator is the oracle: on any expression it and ours say the same, or both fail. */
class CelAgreementTest {

    private static final long SEED = Long.getLong("weft.cel.seed", 20261121);
    private static final int EXPRESSIONS = Integer.getInteger("weft.cel.expressions", 2_000);

    private static final CelCompiler COMPILER = CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(Functions.OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addVar("data", SimpleType.DYN)
            .addVar("event", MapType.create(SimpleType.STRING, SimpleType.STRING))
            .addVar("type", SimpleType.STRING)
            .addVar("region", SimpleType.STRING)
            .addVar("time", SimpleType.TIMESTAMP)
            .build();

    private static final CelRuntime RUNTIME = CelRuntimeFactory.plannerRuntimeBuilder()
            .setOptions(Functions.OPTIONS)
            .build();

    @Test
    void saysWhatTheLibrarysEvaluatorSays() throws Exception {
        RandomExpressions expressions = new RandomExpressions(new Random(SEED));
        MeshEvent event = Cel.order();
        Map<String, Object> variables = variables(event);
        int checked = 0;
        int withValue = 0;
        for (int i = 0; i < EXPRESSIONS; i++) {
            String text = expressions.next();
            CelValidationResult result = COMPILER.compile(text);
            if (result.hasError()) {
                continue;
            }
            Object expected = library(result.getAst(), variables);
            Object actual = ours(text, event);
            assertThat(actual).as("%s (seed %d)", text, SEED).isEqualTo(expected);
            checked++;
            withValue += expected.equals("failed") ? 0 : 1;
        }
        assertThat(checked).as("expressions that compile").isGreaterThan(EXPRESSIONS / 8);
        assertThat(withValue).as("expressions that have a value").isGreaterThan(checked / 10);
    }

    private static Object library(CelAbstractSyntaxTree tree, Map<String, Object> variables) {
        try {
            Object value = RUNTIME.createProgram(tree).eval(variables);
            return value instanceof Boolean ? value : "failed";
        } catch (CelEvaluationException e) {
            return "failed";
        }
    }

    private static Object ours(String text, MeshEvent event) {
        CelAnswer answer = Cel.ask(Cel.condition(text), event);
        return answer.failure() == null ? (Object) answer.isYes() : "failed";
    }

    private static Map<String, Object> variables(MeshEvent event) {
        Map<String, Object> variables = new LinkedHashMap<>();
        Map<String, Object> attributes = new LinkedHashMap<>();
        event.attributeNames().forEach(name -> attributes.put(name, event.attribute(name)));
        variables.put("data", plain(event.data()));
        variables.put("event", attributes);
        variables.put("type", attributes.get("type"));
        variables.put("region", attributes.get("region"));
        variables.put(
                "time",
                OffsetDateTime.parse(String.valueOf(attributes.get("time"))).toInstant());
        return variables;
    }

    /** The payload as the library takes it: copied, where ours is looked through. */
    private static Object plain(JsonNode json) {
        if (json.isObject()) {
            Map<String, Object> map = new LinkedHashMap<>();
            json.properties().forEach(field -> map.put(field.getKey(), plain(field.getValue())));
            return map;
        } else if (json.isArray()) {
            List<Object> list = new ArrayList<>();
            json.forEach(element -> list.add(plain(element)));
            return list;
        } else if (json.isTextual()) {
            return json.textValue();
        } else if (json.isBoolean()) {
            return json.booleanValue();
        } else if (json.isNull()) {
            return NullValue.NULL_VALUE;
        }
        return json.isInt() || json.isLong() ? (Object) json.longValue() : (Object) json.doubleValue();
    }
}
