package dev.weft.job.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.job.FunctionJars;
import dev.weft.job.Jobs;
import dev.weft.job.rules.RulesText;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeshTopologyTest {

    /** The names are in every savepoint: a change loses the offsets that were read and the transactions left open. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"exactly-once", "at-least-once"})
    void operatorsKeepTheUidsThatSavepointsKnow(String guarantee) {
        assertThat(operators(guarantee))
                .extracting(StreamNode::getTransformationUID)
                .contains("read", "route", "write")
                .doesNotContainNull();
    }

    @Test
    void everyStepIsChainedSoThatNoEventIsSerializedBetweenThem() {
        assertThat(operators("exactly-once"))
                .allSatisfy(operator -> assertThat(operator.getOutEdges())
                        .allSatisfy(edge -> assertThat(edge.getPartitioner()).hasToString("FORWARD")));
    }

    @Test
    void aControlChannelLeavesEventsChained() {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(2);
        RulesText live = new RulesText("live.yaml", Jobs.text("shop", """
                channels: { in: { topic: in }, out: { topic: out }, rules: { topic: rules } }
                deadLetter: out
                control: rules
                routes: [{ name: all, from: [in], to: [out] }]
                """), Collections.emptySortedMap());
        MeshTopology.assemble(env, live.read().orElseThrow(), live, FunctionJars.NONE, Map.of());

        StreamGraph graph = env.getStreamGraph();
        assertThat(graph.getStreamNodes())
                .extracting(StreamNode::getTransformationUID)
                .contains("read", "route", "write")
                .doesNotContainNull();
        assertThat(graph.getJobGraph().getVertices()).as("tasks of a subtask").hasSize(1);
    }

    /** Events that a channel asks about travel once, all else goes straight on, and what passes is routed at once. */
    @Test
    void aChannelThatAsksForDedupAddsOnePlaceWhereEventsAreRemembered() {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(2);
        var shop = Jobs.named("shop", """
                channels: { in: { topic: in, dedup: { ttl: 1h } }, other: { topic: other }, out: { topic: out } }
                deadLetter: out
                routes: [{ name: all, from: [in, other], to: [out] }]
                """);
        MeshTopology.assemble(env, shop, Map.of());

        StreamGraph graph = env.getStreamGraph();
        assertThat(graph.getStreamNodes())
                .extracting(StreamNode::getTransformationUID)
                .contains("read", "dedup-sort", "dedup", "route", "write")
                .doesNotContainNull();
        StreamNode dedup = graph.getStreamNodes().stream()
                .filter(node -> "dedup".equals(node.getTransformationUID()))
                .findFirst()
                .orElseThrow();
        assertThat(dedup.getInEdges())
                .extracting(edge -> edge.getPartitioner().toString())
                .containsExactly("HASH", "FORWARD");
        assertThat(graph.getJobGraph().getVertices()).as("tasks of a subtask").hasSize(2);
    }

    private static Collection<StreamNode> operators(String guarantee) {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(2);
        var shop = Jobs.named("shop", """
                guarantee: %s
                channels: { in: { topic: in }, out: { topic: out } }
                deadLetter: out
                routes: [{ name: all, from: [in], to: [out] }]
                """.formatted(guarantee));
        MeshTopology.assemble(env, shop, Map.of());
        return List.copyOf(env.getStreamGraph().getStreamNodes());
    }
}
