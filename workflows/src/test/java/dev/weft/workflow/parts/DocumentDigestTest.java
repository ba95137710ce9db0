package dev.weft.workflow.parts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.config.NodeJson;
import dev.weft.config.Problems;
import dev.weft.config.Substitution;
import dev.weft.config.YamlReader;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentDigestTest {

    /** Of the document and what is beside it, sorted, in one object: by sha256sum. */
    private static final String OF_DOCUMENT = "5577464eed1e041570c79f7d6b5cda29c456790e84334447b97846da2e76cd6c";

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{b: 1, a: [{d: 1.0, c: \"\u00e9\\n/\"}]} | true",
                "{a: [{c: \"\u00e9\\n/\", d: 1.0}], b: 1} | true",
                "{a: [{c: \"\u00e9\\n/\", d: 1.00}], b: 1} | false",
                "{a: [{c: \"\u00e9\\n\", d: 1.0}], b: 1} | false"
            })
    void orderMakesNoDifferenceAndWhatIsWrittenDoes(String document, boolean same) {
        Map<String, JsonNode> resources = Map.of("y", json("{q: true, p: 1E+3}"), "x", json("null"));
        assertThat(DocumentDigest.of(json(document), resources).equals(OF_DOCUMENT))
                .isEqualTo(same);
    }

    private static JsonNode json(String yaml) {
        return NodeJson.of(YamlReader.read("w.yaml", yaml, Substitution.none(), new Problems())
                .orElseThrow());
    }
}
