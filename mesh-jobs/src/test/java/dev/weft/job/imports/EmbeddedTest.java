package dev.weft.job.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.Location;
import dev.weft.config.Mapping;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddedTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            {"t": "abcX"}                  ; 1:11
            {"t": "\\"\\u0061\\nX"}        ; 1:18
            t: 'abcX'                      ; 1:8
            t: abcX                        ; 1:7
            `t: |\n    ab\n     cX`        ; 3:7
            `t: |-\n\n  ab\n  X`           ; 4:3
            `t: >\n  ab\n  X`              ; 1:4
            `t: "ab\n  X"`                 ; 1:4
            """)
    void charactersOfATextAreFoundInItsFile(String file, String place) {
        SourceFile source = new SourceFile("f", file);
        Scalar scalar = (Scalar) source.document(new Problems())
                .map(root -> ((Mapping) root).get("t"))
                .orElseThrow();
        Embedded embedded = new Embedded(source, scalar);

        Location at = embedded.at(embedded.text().indexOf('X'));

        assertThat(at.line() + ":" + at.column()).isEqualTo(place);
    }
}
