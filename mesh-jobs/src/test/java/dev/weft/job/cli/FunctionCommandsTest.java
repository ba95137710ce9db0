package dev.weft.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.function.FunctionType;
import dev.weft.job.FunctionJars;
import dev.weft.job.FunctionTypes;
import dev.weft.job.JarFunctions;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What those who type see of functions, without a mesh that runs. */
class FunctionCommandsTest {

    private static final Path EXAMPLE = Path.of("..", "job-configs", "examples", "functions", "cart");

    private static final String MODULE = """
            kind: io.statefun.endpoints.v2/http
            spec: { functions: shop/*, urlPathTemplate: "http://functions:8000/statefun" }
            ---
            kind: io.statefun.kafka.v1/ingress
            spec:
              id: shop/orders
              address: kafka:9092
              consumerGroupId: shop
              startupPosition: { type: earliest }
              topics:
                - { topic: orders, valueType: shop/order, targets: [%s] }
            ---
            kind: io.statefun.kafka.v1/egress
            spec: { id: shop/receipts, address: "kafka:9092", properties: [{ "linger.ms": "5" }] }
            """;

    @TempDir
    private static Path folder;

    private static Path jar;

    @BeforeAll
    static void makeAJar() throws Exception {
        jar = Jars.of(folder.resolve("cart.jar"), EXAMPLE.resolve("Cart.java"));
    }

    @Test
    void aConfigIsCheckedAgainstTheJarsItComesWith() throws Exception {
        String job = EXAMPLE.resolve("job.yaml").toString();
        Path wrong = Files.writeString(
                folder.resolve("wrong.yaml"),
                Files.readString(EXAMPLE.resolve("job.yaml"))
                        .replaceFirst("to: \\[shop/cart]", "to: [shop/card]")
                        .replace("schema=../../../", ""));

        assertThat(Typed.weft("validate", job).out()).endsWith(": ok: 3 channels, 0 routes, 1 provider of functions\n");
        assertThat(Typed.weft("validate", job, "--jar", jar.toString()).exitCode())
                .isZero();
        assertThat(Typed.weft("validate", wrong.toString()).exitCode()).isZero();
        assertThat(Typed.weft("validate", wrong.toString(), "--jar", jar.toString())
                        .err())
                .contains("found the function \"shop/card\", which nothing provides, expected one of shop/cart."
                        + " Did you mean \"shop/cart\"?");
    }

    @Test
    void aClassThatIsInNoJarIsTold() throws Exception {
        Path wrong = Files.writeString(
                folder.resolve("class.yaml"),
                Files.readString(EXAMPLE.resolve("job.yaml")).replace("com.shop.Cart", "com.shop.Card"));

        Typed validated = Typed.weft("validate", wrong.toString(), "--jar", jar.toString());

        assertThat(validated.err())
                .contains(
                        "$.spec.functions[0].class: found \"com.shop.Card\", which stands for no class com.shop.Card");
    }

    @Test
    void aJarThatIsNotThereIsTold() {
        Typed validated = Typed.weft("validate", EXAMPLE.resolve("job.yaml").toString(), "--jar", "none.jar");

        assertThat(validated.err()).contains("--jar: found no file none.jar, expected a jar with functions");
    }

    @Test
    void theJarOfACombinedJarIsOpenedWhereTheJobRuns() throws Exception {
        Path job = folder.resolve("job.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(job))) {
            out.putNextEntry(new JarEntry("job.txt"));
        }
        try (CombinedJar combined = CombinedJar.of(job, List.of(jar));
                URLClassLoader cluster =
                        new URLClassLoader(new URL[] {combined.path().toUri().toURL()})) {
            List<URL> urls = new FunctionJars.Nested(List.of("cart.jar")).urls(cluster);

            assertThat(urls).hasSize(1);
            Path copy = folder.resolve("copy.jar");
            Files.copy(urls.get(0).openStream(), copy);
            assertThat(Files.mismatch(copy, jar)).isEqualTo(-1);
        }
        try (JarFunctions functions = JarFunctions.in(new FunctionJars.Files(List.of(jar.toString())))) {
            FunctionTypes.Found found = functions.ofClass("com.shop.Cart");
            assertThat(found).isNotNull();
            assertThat(found.types()).containsExactly(FunctionType.parse("shop/cart"));
        }
    }

    @Test
    void explainTellsWhichFunctionGetsAnEvent() throws Exception {
        Path event = Files.writeString(
                folder.resolve("event.json"),
                "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"shop.checkout\",\"subject\":\"c7\"}");

        Typed explained = Typed.weft("explain", EXAMPLE.resolve("job.yaml").toString(), "--event", event.toString());

        assertThat(explained.out())
                .contains("ingress added: ")
                .contains("ingress checkout: ")
                .contains("  becomes a message for shop/cart/c7");
    }

    @Test
    void aPictureShowsFunctions() {
        Typed graph = Typed.weft("graph", EXAMPLE.resolve("job.yaml").toString());

        assertThat(graph.out()).contains("com.shop.Cart").contains("shop/cart by subject");
    }

    @Test
    void aModuleAloneIsAJob() throws Exception {
        Path module = Files.createDirectories(folder.resolve("My Shop")).resolve("module.yaml");
        Files.writeString(module, MODULE.formatted("shop/cart"));

        JobFile job = JobFile.read(Typed.shell(), module.toString());

        assertThat(job.config().name()).isEqualTo("my-shop");
        assertThat(job.config().kafka().groupId()).isEqualTo("shop");
        assertThat(job.config().kafka().bootstrapServers()).containsExactly("kafka:9092");
        assertThat(job.config().kafka().properties()).containsKey("linger.ms");
        assertThat(job.config().channel("dead").topic()).isEqualTo("my-shop.dead");
        assertThat(job.config().read()).extracting(channel -> channel.topic()).containsExactly("orders");
        assertThat(job.config().functions().rawEgress()).containsExactly(FunctionType.parse("shop/receipts"));
        assertThat(job.rules().read().orElseThrow()).as("where it travels").isEqualTo(job.config());
    }

    @Test
    void aModulesMistakesAreToldByItsOwnLines() throws Exception {
        Path module = Files.writeString(folder.resolve("shop.yaml"), MODULE.formatted("other/cart"));

        Typed validated = Typed.weft("validate", module.toString());

        assertThat(validated.exitCode()).isNotZero();
        assertThat(validated.err())
                .contains(module + ":11:")
                .contains("found the function \"other/cart\", which nothing provides, expected one of shop/*");
    }
}
