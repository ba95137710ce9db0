package dev.weft.job.trial.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.statefun.sdk.egress.generated.KafkaProducerRecord;
import org.apache.flink.statefun.sdk.reqreply.generated.FromFunction.EgressMessage;
import org.apache.flink.statefun.sdk.reqreply.generated.TypedValue;
import org.apache.flink.statefun.sdk.shaded.com.google.protobuf.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On the SDK's own handler, what is done is what the model says. */
class CommandInterpreterTest {

    private static final int ADDRESSES = 30;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void doesWhatTheModelSays(long seed) throws Exception {
        CommandTrees trees = new CommandTrees(seed, ADDRESSES, 0.3, 60_000);
        CommandModel model = new CommandModel();
        HandlerLoop loop = loop();
        for (int i = 0; i < 40; i++) {
            CommandTrees.Root root = trees.next(true);
            model.take(root.target(), root.commands());
            send(loop, root);
        }
        loop.run();
        model.reports().forEach(report -> send(loop, report));

        Map<String, Standing> standings = new TreeMap<>();
        List<String> told = new ArrayList<>();
        for (EgressMessage egress : loop.run()) {
            KafkaProducerRecord record =
                    KafkaProducerRecord.parseFrom(egress.getArgument().getValue());
            String text = record.getValueBytes().toStringUtf8();
            Standing.parse(text)
                    .ifPresentOrElse(
                            standing -> standings.put(record.getKey(), standing),
                            () -> told.add(record.getKey() + " " + text));
        }
        assertThat(told).containsExactlyInAnyOrderElementsOf(model.told());
        assertThat(standings).isEqualTo(model.standings());
        assertThat(model.pending()).isEmpty();
        assertThat(model.messages()).isGreaterThan(200);
    }

    @Test
    void countsAMessageThatComesBeforeAnEarlierOne() {
        Books books = new Books();

        assertThat(books.isNext("a", 0)).isTrue();
        assertThat(books.isNext("a", 2)).isFalse();
        assertThat(books.isNext("a", 1)).isFalse();
        assertThat(Books.fromBytes(books.toBytes()).isNext("a", 2)).isTrue();
    }

    @Test
    void theSameSeedMakesTheSameCommands() {
        assertThat(new CommandTrees(7, 10, 0.5, 1).next(true)).isEqualTo(new CommandTrees(7, 10, 0.5, 1).next(true));
        CommandTrees.Root root = new CommandTrees(8, 10, 0.5, 1).next(true);
        assertThat(CommandForm.read(root.bytes()).commands()).isEqualTo(root.commands());
    }

    private static HandlerLoop loop() {
        return new HandlerLoop(List.of(InJvmInterpreter.FUNCTION, CommandInterpreter.remote()));
    }

    private static void send(HandlerLoop loop, CommandTrees.Root root) {
        loop.send(
                root.type(),
                root.id(),
                TypedValue.newBuilder()
                        .setTypename(CommandInterpreter.ORDER_TYPE)
                        .setHasValue(true)
                        .setValue(ByteString.copyFrom(root.bytes()))
                        .build());
    }
}
