package dev.weft.workflow.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Mistakes that can be made in a definition, in {@code mistakes.txt}, and what is said of them. */
class MistakesTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void saysWhatIsWrongAndWhatWouldBeRight(Mistake each) {
        Written written = Written.of(each.yaml());
        assertThat(written.messages()).isEqualTo(each.messages());
        assertThat(written.warnings()).isEqualTo(each.warnings());
        assertThat(each.messages().size() + each.warnings().size()).isPositive();
    }

    static List<Mistake> mistakes() throws IOException {
        return Mistake.in(MistakesTest.class, "mistakes.txt");
    }

    /** Writes the messages anew, to be read: into the file named. */
    public static void main(String[] args) throws IOException {
        StringBuilder all = new StringBuilder();
        for (Mistake each : mistakes()) {
            Written written = Written.of(each.yaml());
            all.append(each.written(written.messages(), written.warnings()));
        }
        Files.writeString(Path.of(args[0]), all);
    }
}
