package dev.weft.job.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.weft.config.NodeJson;
import dev.weft.config.Problems;
import dev.weft.config.Substitution;
import dev.weft.config.YamlReader;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTextTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> PARTS = List.of(
            "a", "NO", "1", ":", " ", "#", "-", "'", "\"", "\n", "\t", "é", "{", "$", "|", "\\", "\u2028", "0x1f");

    @ParameterizedTest
    @ValueSource(
            strings = {"no", "On", "Y", "null", "True", "1", "0o7", "1_000", "1e3", "~", "", " a", "a: b", "- a", "@a"})
    void whatSomeReaderOfYamlTakesForSomethingElseIsQuoted(String text) {
        assertThat(ManifestText.of(TextNode.valueOf(text))).startsWith("\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"weft-job", "apps/v1", "/etc/weft/job", "keda.sh/v1alpha1", "a b"})
    void whatEveryReaderTakesForTextIsNot(String text) {
        assertThat(ManifestText.of(TextNode.valueOf(text))).isEqualTo(text + "\n");
    }

    @Test
    void linesStayLines() throws Exception {
        JsonNode map = JSON.readTree("{\"data\": {\"a.yaml\": \"x:\\n  y: 1\\n\\nz: 2\\n\"}, \"list\": [[], {}, [1]]}");

        assertThat(ManifestText.of(map)).isEqualTo("""
                data:
                  a.yaml: |
                    x:
                      y: 1

                    z: 2
                list:
                - []
                - {}
                - - 1
                """);
    }

    @Test
    void anyTextIsReadBackAsItWas() {
        Random random = new Random(8);
        for (int i = 0; i < 3_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int part = random.nextInt(6); part >= 0; part--) {
                text.append(PARTS.get(random.nextInt(PARTS.size())));
            }
            JsonNode written =
                    JSON.createObjectNode().put("key", text.toString()).put(text.toString(), "value");

            JsonNode read =
                    NodeJson.of(YamlReader.read("", ManifestText.of(written), Substitution.none(), new Problems())
                            .orElseThrow());

            assertThat(read).isEqualTo(written);
        }
    }
}
