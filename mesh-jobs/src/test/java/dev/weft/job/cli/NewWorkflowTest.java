package dev.weft.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code weft new workflow} writes is used as its README says. */
class NewWorkflowTest {

    @TempDir
    private Path folder;

    private Path project;

    @BeforeEach
    void chooseAFolder() {
        project = folder.resolve("reminder");
    }

    @Test
    void itDoesWhatItsScenariosSay() {
        written("order-reminder", "shop");

        Typed tested = Typed.weft(
                "workflow",
                "test",
                project.resolve("order-reminder.scenarios.yaml").toString());

        assertThat(tested.exitCode()).as(tested.seen()).isZero();
    }

    @Test
    void itsJobIsRightAndNothingIsWarnedOf() {
        written("order-reminder", "shop");

        Typed validated = Typed.weft("validate", project.resolve("job.yaml").toString());

        assertThat(validated.exitCode()).as(validated.seen()).isZero();
        assertThat(validated.err()).isEmpty();
    }

    @Test
    void itSaysWhatToDoNext() throws Exception {
        Typed written = written("order-reminder", "shop");

        assertThat(written.exitCode()).isZero();
        assertThat(written.out().lines().map(String::strip))
                .contains("weft workflow test order-reminder.scenarios.yaml", "weft run job.yaml");
        try (Stream<Path> files = Files.list(project)) {
            assertThat(files)
                    .allSatisfy(file -> assertThat(file).content().doesNotContain("{{"))
                    .extracting(file -> file.getFileName().toString())
                    .containsExactlyInAnyOrder(
                            "order-reminder.yaml", "order-reminder.scenarios.yaml", "job.yaml", "README.md");
        }
    }

    @Test
    void itHelps() throws Exception {
        Golden.matches(
                "help-new-workflow", Typed.weft("new", "workflow", "--help").seen());
    }

    @ParameterizedTest
    @CsvSource({
        "Order, shop, NAME, Order",
        "order--late, shop, NAME, order--late",
        "order, my/shop, --namespace, my/shop"
    })
    void aNameThatIsNoneIsRefused(String name, String namespace, String which, String found) {
        Typed typed = written(name, namespace);

        assertThat(typed.exitCode()).isEqualTo(2);
        assertThat(typed.err()).contains(which + ": found \"" + found + "\", expected lower-case letters");
        assertThat(project).doesNotExist();
    }

    @Test
    void whatIsInAFolderStays() throws Exception {
        Files.createDirectories(project);
        Path mine = Files.writeString(project.resolve("job.yaml"), "mine");

        assertThat(written("order-reminder", "shop").err()).contains("found something at " + project + " already");
        assertThat(mine).hasContent("mine");
    }

    private Typed written(String name, String namespace) {
        return Typed.weft("new", "workflow", name, "--namespace", namespace, "--dir", project.toString());
    }
}
