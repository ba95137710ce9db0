package dev.weft.function.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.Fields;
import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Sequence;
import dev.weft.config.Substitution;
import dev.weft.config.YamlReader;
import dev.weft.function.Effects;
import dev.weft.function.FunctionType;
import dev.weft.function.TypedValue;
import dev.weft.http.AddressPolicy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The example of a function in Node does what its README says. */
class NodeExampleTest {

    private static final Path EXAMPLE = Path.of("..", "job-configs", "examples", "functions", "remote-node");
    private static final String EVENT = "io.cloudevents/event";

    @Test
    void saysWhichOrdersAreSuspicious() throws Exception {
        try (NodeServer node = NodeServer.start(EXAMPLE);
                RemoteFunctions functions = new RemoteFunctions(endpoint(node), AddressPolicy.open(), Map.of())) {
            Instance anna = new Instance(functions, "shop.remote/fraud", "anna");

            assertThat(anna.effects(order(1, "12:00", 1200)).egresses())
                    .containsExactly(alert(1, "12:00", "[\"large\"]"));
            assertThat(anna.effects(order(2, "12:10", 10), order(3, "12:20", 10))
                            .egresses())
                    .isEmpty();
            assertThat(anna.effects(order(4, "12:30", 10)).egresses()).containsExactly(alert(4, "12:30", "[\"many\"]"));
            assertThat(anna.effects(order(5, "14:00", 10)).egresses()).isEmpty();
        }
    }

    private static TypedValue order(int number, String time, int total) {
        return event("""
                {"specversion":"1.0","id":"%d","source":"/shop","type":"shop.order.placed","time":"2026-11-21T%s:00Z",\
                "data":{"order":"o-%d","customer":"anna","total":%d}}""".formatted(number, time, number, total));
    }

    private static Effects.Egress alert(int number, String time, String reasons) {
        return new Effects.Egress(
                new FunctionType("weft.channels", "alerts"), event("""
                {"specversion":"1.0","id":"fraud-%d","source":"/shop/fraud","type":"shop.order.suspicious",\
                "time":"2026-11-21T%s:00Z","data":{"customer":"anna","order":"o-%d","reasons":%s}}""".formatted(number, time, number, reasons)));
    }

    private static TypedValue event(String json) {
        return new TypedValue(EVENT, json.getBytes(StandardCharsets.UTF_8));
    }

    private static RemoteEndpoint endpoint(NodeServer node) throws Exception {
        Problems problems = new Problems();
        Substitution url = Substitution.from(Map.of("FUNCTIONS", node.uri().toString()));
        Node job = YamlReader.read("job.yaml", Files.readString(EXAMPLE.resolve("job.yaml")), url, problems)
                .orElseThrow();
        Node provider =
                ((Sequence) member(member(job, "spec"), "functions")).items().get(0);
        return RemoteEndpointReader.read(Fields.of(member(provider, "endpoint"), problems), problems)
                .orElseThrow(() -> new AssertionError(problems.inReadingOrder()));
    }

    private static Node member(Node node, String name) {
        return Objects.requireNonNull(((Mapping) node).get(name), name);
    }
}
