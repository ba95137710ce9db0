package dev.weft.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.event.MeshEvent;
import dev.weft.event.Reason;
import dev.weft.function.Message;
import dev.weft.job.FunctionProvider;
import dev.weft.job.Ingress;
import dev.weft.job.IngressWatch;
import dev.weft.job.JobConfig;
import dev.weft.job.trial.function.HandlerLoop;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.statefun.sdk.java.StatefulFunctionSpec;
import org.apache.flink.statefun.sdk.reqreply.generated.FromFunction.EgressMessage;
import org.apache.flink.statefun.sdk.reqreply.generated.TypedValue;
import org.apache.flink.statefun.sdk.shaded.com.google.protobuf.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of functions: each job is right, and those in Java do with their sample events what they say. */
class FunctionExamplesTest {

    private static final Path EXAMPLES = Path.of("..", "job-configs", "examples", "functions");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("jobs")
    void everyJobIsRight(Path job) {
        Typed validated = Typed.weft("validate", job.toString());

        assertThat(validated.exitCode()).as(validated.seen()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cart", "ride", "fraud"})
    void everyJobInJavaIsRightForItsJar(String example) throws Exception {
        Typed validated = Typed.weft(
                "validate",
                EXAMPLES.resolve(example).resolve("job.yaml").toString(),
                "--jar",
                jar(example).toString());

        assertThat(validated.exitCode()).as(validated.seen()).isZero();
    }

    @Test
    void theFirstDriverTakesThePassengerAndWhoGetsNobodyGivesUp() throws Exception {
        try (Town town = new Town("ride")) {
            town.receiveOneByOne("requests.jsonl");
            town.receiveOneByOne("driving.jsonl");

            assertThat(town.said())
                    .extracting(said -> said.getEgressNamespace() + "/" + said.getEgressType())
                    .containsOnly("ride/news");
            assertThat(town.said())
                    .extracting(FunctionExamplesTest::event)
                    .extracting(event -> event.path("id").asText() + " "
                            + event.path("data").path("driver").asText())
                    .containsExactly(
                            "anna-1-accepted dora", "ben-1-given-up ", "anna-1-started dora", "anna-1-ended dora");
        }
    }

    @Test
    void aDriverWhoWasTooLateDrivesSomebodyElse() throws Exception {
        Path another = Files.writeString(folder.resolve("another.jsonl"), """
                {"specversion": "1.0", "id": "9", "source": "/app", "type": "ride.requested", "subject": "ben",
                 "datacontenttype": "text/plain", "data": "emil"}
                """).toAbsolutePath();
        try (Town town = new Town("ride")) {
            town.receiveOneByOne("requests.jsonl");
            town.receiveOneByOne(another.toString());

            assertThat(town.said())
                    .extracting(said -> event(said).path("id").asText())
                    .containsExactly("anna-1-accepted", "ben-1-given-up", "ben-2-accepted");
        }
    }

    @Test
    void anAccountRaisesOneAlertForTheScoresOfAllItsCards() throws Exception {
        try (Town town = new Town("fraud")) {
            town.receiveAtOnce("payments.jsonl");

            assertThat(town.said())
                    .extracting(FunctionExamplesTest::event)
                    .extracting(event -> event.path("id").asText() + " "
                            + event.path("data").path("score").asInt())
                    .containsExactly("a-1-1 6");
        }
    }

    @Test
    void paymentsThatAreLongAgoDoNotScore() throws Exception {
        try (Town town = new Town("fraud")) {
            town.receiveOneByOne("payments.jsonl");

            assertThat(town.said()).isEmpty();
        }
    }

    static Stream<Path> jobs() throws IOException {
        try (Stream<Path> examples = Files.list(EXAMPLES)) {
            return examples.map(example -> example.resolve("job.yaml")).sorted().toList().stream();
        }
    }

    private Path jar(String example) throws Exception {
        try (Stream<Path> files = Files.list(EXAMPLES.resolve(example))) {
            Path[] sources =
                    files.filter(file -> file.toString().endsWith(".java")).toArray(Path[]::new);
            return Jars.of(folder.resolve(example + ".jar"), sources);
        }
    }

    private static JsonNode event(EgressMessage said) {
        try {
            return Json.MAPPER.readTree(said.getArgument().getValue().toByteArray());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The functions of an example, in memory; events become messages as the ingresses of its job say. */
    private final class Town implements AutoCloseable {

        private final Path home;
        private final JobConfig config;
        private final IngressWatch ingress;
        private final URLClassLoader classes;
        private final HandlerLoop functions;

        Town(String example) throws Exception {
            home = EXAMPLES.resolve(example);
            config = JobFile.read(Typed.shell(), home.resolve("job.yaml").toString())
                    .config();
            ingress = new IngressWatch(config.ingress());
            classes = new URLClassLoader(
                    new URL[] {jar(example).toUri().toURL()}, FunctionExamplesTest.class.getClassLoader());
            List<StatefulFunctionSpec> specs = new ArrayList<>();
            for (FunctionProvider provider : config.functions().providers()) {
                String name = ((FunctionProvider.OfClass) provider).className();
                specs.add((StatefulFunctionSpec)
                        classes.loadClass(name).getField("SPEC").get(null));
            }
            functions = new HandlerLoop(specs);
        }

        /** All that an event leads to is over before the next one, also what comes later. */
        void receiveOneByOne(String file) throws Exception {
            for (MeshEvent event : events(file)) {
                receive(event);
                functions.run();
            }
        }

        void receiveAtOnce(String file) throws Exception {
            events(file).forEach(this::receive);
        }

        List<EgressMessage> said() throws Exception {
            return functions.run();
        }

        private List<MeshEvent> events(String file) throws Exception {
            List<MeshEvent> events = new ArrayList<>();
            EventText.readAll(Typed.shell(), home.resolve(file).toString(), events::add);
            return events;
        }

        private void receive(MeshEvent event) {
            for (Ingress each : config.functions().ingress()) {
                ingress.lookBy(each.name(), event, 0, sending);
            }
        }

        private final IngressWatch.Taker sending = new IngressWatch.Taker() {
            @Override
            public void taken(Ingress ingress, Message message) {
                functions.send(
                        message.target().type().toString(),
                        message.target().id(),
                        TypedValue.newBuilder()
                                .setTypename(message.argument().typename())
                                .setHasValue(true)
                                .setValue(ByteString.copyFrom(message.argument().bytes()))
                                .build());
            }

            @Override
            public void lost(Ingress ingress, Reason reason, String detail) {
                throw new AssertionError(ingress.name() + " loses an event: " + detail);
            }

            @Override
            public void failed(Ingress ingress) {
                throw new AssertionError(ingress.name() + " failed");
            }
        };

        @Override
        public void close() throws IOException {
            classes.close();
        }
    }
}
