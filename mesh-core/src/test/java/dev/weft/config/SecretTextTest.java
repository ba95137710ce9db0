package dev.weft.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretTextTest {

    private static final Map<String, String> ENVIRONMENT = Map.of("PW", "s3$cr\\et");

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "${env:PW}, s3$cr\\et",
        "user=\"a\" password=\"${env:PW}\";, user=\"a\" password=\"s3$cr\\et\";",
        "PLAINTEXT, PLAINTEXT",
        "${data.x}, ${data.x}",
    })
    void putsTheSecretWhereItsReferenceStands(String written, String resolved) {
        assertThat(new SecretText(written).resolve(ENVIRONMENT)).isEqualTo(resolved);
    }

    @ParameterizedTest(name = "a file of <{0}> is <{1}>")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"pw|pw", "`pw\n`|pw", "`pw\r\n`|pw", "`p\nw\n\n`|`p\nw\n`"})
    void takesAFilesContentWithoutItsLastLineEnd(String content, String secret, @TempDir Path folder)
            throws IOException {
        Path file = Files.writeString(folder.resolve("pw"), content);
        assertThat(new SecretText("${file:" + file + "}").resolve(Map.of())).isEqualTo(secret);
    }

    @Test
    void neverPrintsTheSecret() {
        SecretText secret = new SecretText("${env:PW}");
        secret.resolve(ENVIRONMENT);
        assertThat(secret).hasToString("${env:PW}");
    }

    @Test
    void namesTheVariableThatIsNotSet() {
        assertThatThrownBy(() -> new SecretText("${env:NONE}").resolve(ENVIRONMENT))
                .isInstanceOf(SecretUnavailable.class)
                .hasMessage("${env:NONE}: the environment variable NONE is not set");
    }

    @Test
    void namesTheFileThatCannotBeRead(@TempDir Path folder) {
        Path none = folder.resolve("none");
        assertThatThrownBy(() -> new SecretText("${file:" + none + "}").resolve(ENVIRONMENT))
                .isInstanceOf(SecretUnavailable.class)
                .hasMessage("${file:" + none + "}: cannot be read (NoSuchFileException)");
    }

    @ParameterizedTest
    @CsvSource({"${env:PW}, true", "a${file:/b}c, true", "abc, false", "${NAME}, false"})
    void knowsWhetherItRefersToASecret(String written, boolean refers) {
        assertThat(new SecretText(written).hasReference()).isEqualTo(refers);
    }
}
