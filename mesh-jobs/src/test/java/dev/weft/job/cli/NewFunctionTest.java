package dev.weft.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.apache.flink.statefun.sdk.java.StatefulFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code weft new function} writes is used as its README says, without Maven. */
class NewFunctionTest {

    @TempDir
    private Path folder;

    private Path project;

    @BeforeEach
    void chooseAFolder() {
        project = folder.resolve("orders");
    }

    @Test
    void theProjectCompilesAndItsTestPasses() throws Exception {
        assertThat(written("order-counter", "com.shop").exitCode()).isZero();
        Path classes = Files.createDirectories(folder.resolve("classes"));

        assertThat(compiled(classes)).isZero();
        assertThat(passed(classes, "com.shop.OrderCounterFnTest")).isEqualTo(1);
    }

    @Test
    void itsJobIsRightForItsJar() throws Exception {
        written("order-counter", "com.shop");
        Path jar =
                Jars.of(folder.resolve("order-counter.jar"), sources("src/main").toArray(Path[]::new));

        Typed validated = Typed.weft("validate", project.resolve("job.yaml").toString(), "--jar", jar.toString());

        assertThat(validated.exitCode()).as(validated.seen()).isZero();
    }

    @Test
    void itSaysWhatToDoNext() throws Exception {
        Typed written = written("order-counter", "com.shop");

        assertThat(written.out().lines().map(String::strip))
                .contains("mvn package", "weft run job.yaml --jar target/order-counter.jar");
        try (Stream<Path> files = Files.walk(project)) {
            assertThat(files.filter(Files::isRegularFile).map(project::relativize))
                    .extracting(file -> file.toString().replace('\\', '/'))
                    .containsExactlyInAnyOrder(
                            "pom.xml",
                            "job.yaml",
                            "README.md",
                            ".gitignore",
                            "src/main/java/com/shop/OrderCounterFn.java",
                            "src/main/java/com/shop/CloudEvent.java",
                            "src/test/java/com/shop/OrderCounterFnTest.java");
        }
    }

    @Test
    void nothingOfATemplateIsLeftOpen() {
        assertThat(new FunctionProject("a", "b").files().values())
                .allSatisfy(text -> assertThat(text).doesNotContain("{{", "}}"));
    }

    @Test
    void itHelps() throws Exception {
        Golden.matches(
                "help-new-function", Typed.weft("new", "function", "--help").seen());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Order", "order_counter", "order--counter", "order-", "7-days", "shop/order", ""})
    void aNameThatIsNoneIsRefused(String name) {
        Typed typed = written(name, "com.shop");

        assertThat(typed.exitCode()).isEqualTo(2);
        assertThat(typed.err()).contains("NAME: found \"" + name + "\", expected lower-case letters");
        assertThat(project).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"com.class", "com..shop", "Com.Shop", "com.shop.", "java.shop", "com/shop", ""})
    void aPackageThatIsNoneIsRefused(String packageName) {
        Typed typed = written("order-counter", packageName);

        assertThat(typed.exitCode()).isEqualTo(2);
        assertThat(typed.err()).contains("--package: found \"" + packageName + "\", expected a Java package");
        assertThat(project).doesNotExist();
    }

    @Test
    void whatIsInAFolderStays() throws Exception {
        Files.createDirectories(project);
        Path mine = Files.writeString(project.resolve("pom.xml"), "mine");

        Typed typed = written("order-counter", "com.shop");

        assertThat(typed.exitCode()).isEqualTo(2);
        assertThat(typed.err()).contains("found something at " + project + " already");
        assertThat(mine).hasContent("mine");
    }

    private Typed written(String name, String packageName) {
        return Typed.weft("new", "function", name, "--package", packageName, "--dir", project.toString());
    }

    private int compiled(Path classes) throws Exception {
        String libraries = place(StatefulFunction.class) + System.getProperty("path.separator") + place(Test.class);
        List<String> options = new ArrayList<>(List.of("-nowarn", "-cp", libraries, "-d", classes.toString()));
        sources("src").forEach(source -> options.add(source.toString()));
        return ToolProvider.getSystemJavaCompiler().run(null, null, null, options.toArray(String[]::new));
    }

    private static String place(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }

    private List<Path> sources(String under) throws IOException {
        try (Stream<Path> files = Files.walk(project.resolve(under))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    /** Runs the tests of a class, one of which throws if it fails, and returns how many there were. */
    private static int passed(Path classes, String name) throws Exception {
        int count = 0;
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, NewFunctionTest.class.getClassLoader())) {
            var constructor = loader.loadClass(name).getDeclaredConstructor();
            constructor.setAccessible(true);
            for (Method method : constructor.getDeclaringClass().getDeclaredMethods()) {
                if (method.isAnnotationPresent(Test.class)) {
                    method.setAccessible(true);
                    method.invoke(constructor.newInstance());
                    count++;
                }
            }
        }
        return count;
    }
}
