package dev.weft.workflow.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.config.Problems;
import dev.weft.config.Substitution;
import dev.weft.config.YamlReader;
import dev.weft.workflow.classic.ClassicText;
import dev.weft.workflow.jq.Literals;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever stands in a document, it becomes a definition or problems, never an exception. */
class DamagedDocumentsTest {

    private static final int TIMES = 40;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<JsonNode> OTHERS = List.of(
            JSON.nullNode(),
            JSON.textNode(""),
            JSON.textNode("x"),
            JSON.textNode("${ .a }"),
            JSON.textNode("${ .a"),
            JSON.textNode("$secrets.a"),
            JSON.textNode("fn:a"),
            JSON.numberNode(-1),
            JSON.numberNode(1.5),
            JSON.booleanNode(true),
            JSON.arrayNode(),
            JSON.arrayNode().add("x"),
            JSON.objectNode(),
            JSON.objectNode().put("name", "x"));

    @ParameterizedTest
    @MethodSource("documents")
    void becomeDefinitionsOrProblems(String text) {
        JsonNode whole = Literals.json(YamlReader.read("w.yaml", text, Substitution.none(), new Problems())
                .orElseThrow());
        Random random = new Random(7);
        for (int i = 0; i < TIMES; i++) {
            String damaged = damaged(whole.deepCopy(), random).toString();
            boolean isClassic = whole.has("specVersion") || whole.has("states");
            int said = isClassic ? said(ClassicText.ofWhole(damaged)) : said(Written.ofWhole(damaged));
            assertThat(said).as(damaged).isPositive();
        }
    }

    private static int said(Written written) {
        return written.messages().size()
                + written.definition().stream().mapToInt(it -> 1).sum();
    }

    private static int said(ClassicText text) {
        return text.messages().size()
                + text.definition().stream().mapToInt(it -> 1).sum();
    }

    static List<String> documents() throws IOException {
        List<String> documents = new ArrayList<>();
        for (Mistake each : MistakesTest.mistakes()) {
            documents.add(each.yaml().startsWith("document") ? each.yaml() : Written.HEAD + "\n" + each.yaml());
        }
        for (Mistake each : Mistake.in(ClassicText.class, "classic-mistakes.txt")) {
            documents.add(each.yaml().contains("specVersion") ? each.yaml() : ClassicText.whole(each.yaml()));
        }
        return documents;
    }

    /** Removes, replaces or moves a part or two. */
    private static JsonNode damaged(JsonNode whole, Random random) {
        for (int i = random.nextInt(2); i >= 0; i--) {
            List<JsonNode> containers = new ArrayList<>();
            collect(whole, containers);
            damage(containers.get(random.nextInt(containers.size())), containers, random);
        }
        return whole;
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainerNode() && !node.isEmpty()) {
            containers.add(node);
            node.forEach(child -> collect(child, containers));
        }
    }

    private static void damage(JsonNode container, List<JsonNode> containers, Random random) {
        List<JsonNode> others = random.nextInt(4) == 0 ? containers : OTHERS;
        JsonNode other = others.get(random.nextInt(others.size())).deepCopy();
        if (container instanceof ArrayNode array) {
            int index = random.nextInt(array.size());
            if (random.nextBoolean()) {
                array.remove(index);
            } else {
                array.set(index, other);
            }
            return;
        }
        ObjectNode object = (ObjectNode) container;
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        String name = names.get(random.nextInt(names.size()));
        if (random.nextInt(3) == 0) {
            object.remove(name);
        } else {
            object.set(random.nextInt(5) == 0 ? name + "x" : name, other);
        }
    }
}
