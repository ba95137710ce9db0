package dev.weft.workflow.classic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.workflow.read.Mistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Mistakes that can be made in a document of 0.8, in {@code classic-mistakes.txt}, and what is said of them. */
class ClassicMistakesTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void saysWhatIsWrongAndWhatWouldBeRight(Mistake each) {
        ClassicText text = text(each);
        assertThat(text.messages()).isEqualTo(each.messages());
        assertThat(text.warnings()).isEqualTo(each.warnings());
        assertThat(each.messages().size() + each.warnings().size()).isPositive();
    }

    static List<Mistake> mistakes() throws IOException {
        return Mistake.in(ClassicMistakesTest.class, "classic-mistakes.txt");
    }

    /** What says neither what it is nor its version is only a part of a document. */
    private static ClassicText text(Mistake each) {
        return each.yaml().contains("specVersion") ? ClassicText.ofWhole(each.yaml()) : ClassicText.of(each.yaml());
    }

    /** Writes the messages anew, to be read: into the file named. */
    public static void main(String[] args) throws IOException {
        StringBuilder all = new StringBuilder();
        for (Mistake each : mistakes()) {
            ClassicText text = text(each);
            all.append(each.written(text.messages(), text.warnings()));
        }
        Files.writeString(Path.of(args[0]), all);
    }
}
