package dev.weft.scale.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SimulateCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void aTraceIsPlayedAndItsResultsAreWritten() throws Exception {
        Path trace = folder.resolve("shop.csv");
        Files.writeString(trace, "t,0,1\n0,3000,3000\n60,9000,9000\n120,3000,3000\n");

        int code = run(
                "--trace",
                trace.toString(),
                "--seeds",
                "1",
                "--out",
                folder.resolve("out").toString());

        assertThat(code).as(err.toString()).isZero();
        assertThat(out.toString()).contains("keda-kafka", "keda-kafka-excl", "cpu-hpa", "weft", "optimum");
        assertThat(Files.readAllLines(folder.resolve("out/results.csv"))).hasSize(6);
        JsonNode json =
                new ObjectMapper().readTree(folder.resolve("out/results.json").toFile());
        assertThat(json).hasSize(5);
        assertThat(json.get(3).get("policy").asText()).isEqualTo("weft");
        assertThat(json.get(3).get("wake").isNull()).isTrue();
        var picture = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(folder.resolve("out/shop.svg").toFile());
        assertThat(picture.getDocumentElement().getTagName()).isEqualTo("svg");
    }

    @Test
    void scenariosAreListedWithTheirStories() {
        assertThat(run("--list")).isZero();
        assertThat(out.toString()).contains("stuck-partition", "one partition gives no record from minute 10 on");
    }

    @Test
    void anUnknownScenarioIsAnsweredWithTheNearest() {
        assertThat(run("--scenario", "brst")).isEqualTo(2);
        assertThat(err.toString())
                .contains("found unknown scenario \"brst\", expected one of --list. Did you mean \"burst\"?");
    }

    @Test
    void aTraceThatIsNotThereIsNamed() {
        assertThat(run("--trace", "nowhere.csv")).isEqualTo(2);
        assertThat(err.toString()).contains("--trace: found \"nowhere.csv\", expected a file");
    }

    @Test
    void aFileThatIsNoTextIsNamed() throws Exception {
        Path trace = Files.write(folder.resolve("shop.csv"), new byte[] {(byte) 0xff, (byte) 0xfe});

        assertThat(run("--trace", trace.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("--trace: " + trace + " is not UTF-8 text");
    }

    @Test
    void aFolderThatCannotBeMadeIsNamedBeforeAnythingIsPlayed() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThat(run("--scenario", "burst", "--out", file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("--out: found \"" + file + "\", expected a folder");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void allMistakesOfATraceAreSaidAtOnce() throws Exception {
        Path trace = folder.resolve("shop.csv");
        Files.writeString(trace, "t,0\nx,1\n5,y\n");

        assertThat(run("--trace", trace.toString())).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(2);
        assertThat(out.toString()).isEmpty();
    }

    private int run(String... arguments) {
        return new CommandLine(new SimulateCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
