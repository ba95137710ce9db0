package dev.weft.benchmarks.pattern;

import dev.weft.job.flink.connect.Outbound;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.cep.functions.PatternProcessFunction;
import org.apache.flink.cep.nfa.compiler.NFACompiler;
import org.apache.flink.cep.operator.CepOperator;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** A {@link CepOperator} for each pattern, in Flink's operator harness. */
final class FlinkCepContender implements Contender {

    private static final int KEY_GROUPS = 128;

    private final List<Operator> operators = new ArrayList<>();
    private List<StreamRecord<Reading>> prepared = List.of();

    /** @param filtered whether only events go to an operator that one of its conditions takes */
    FlinkCepContender(Question question, Backend backend, Path folder, boolean filtered) throws Exception {
        for (int i = 0; i < question.patterns(); i++) {
            Pattern<Reading, ?> pattern = FlinkPatterns.of(question, i);
            FoundOutput output = new FoundOutput();
            var harness = new KeyedOneInputStreamOperatorTestHarness<>(
                    new CepOperator<>(
                            ReadingSerializer.INSTANCE,
                            false,
                            NFACompiler.compileFactory(pattern, false),
                            null,
                            pattern.getAfterMatchSkipStrategy(),
                            new Making(i, question),
                            null),
                    Reading::getKey,
                    Types.STRING,
                    KEY_GROUPS,
                    1,
                    0);
            backend.keepStateOf(harness, folder.resolve("cep-" + i));
            harness.setOutputCreator(serializer -> output);
            harness.setup();
            harness.open();
            operators.add(new Operator(harness, output, filtered ? new HashSet<>(question.types(i)) : null));
        }
    }

    /** @param types that go to it; all if there are none */
    private record Operator(
            KeyedOneInputStreamOperatorTestHarness<String, Reading, Outbound> harness,
            FoundOutput output,
            @Nullable Set<String> types) {}

    @Override
    public void prepare(Stream stream, int from, int to) {
        prepared = new ArrayList<>(to - from);
        for (int i = from; i < to; i++) {
            prepared.add(new StreamRecord<>(Readings.of(stream, i), stream.time(i)));
        }
    }

    @Override
    public void feed() throws Exception {
        for (StreamRecord<Reading> record : prepared) {
            for (Operator operator : operators) {
                if (operator.types == null
                        || operator.types.contains(record.getValue().getType())) {
                    operator.harness.processElement(record);
                }
            }
        }
    }

    @Override
    public void watermark(long time) throws Exception {
        for (Operator operator : operators) {
            operator.harness.processWatermark(new Watermark(time));
        }
    }

    @Override
    public void checkpoint(long id) throws Exception {
        for (Operator operator : operators) {
            operator.harness.prepareSnapshotPreBarrier(id);
            operator.harness.snapshot(id, id).discardState();
        }
    }

    @Override
    public Found found() {
        Found all = new Found();
        operators.forEach(operator -> all.add(operator.output.found()));
        return all;
    }

    @Override
    public void close() throws Exception {
        for (Operator operator : operators) {
            operator.harness.close();
        }
    }

    /** Makes an event of each match. */
    private static final class Making extends PatternProcessFunction<Reading, Outbound> {

        private static final long serialVersionUID = 1;

        private final int pattern;
        private final Question question;
        private transient @Nullable MatchEvents events;

        Making(int pattern, Question question) {
            this.pattern = pattern;
            this.question = question;
        }

        @Override
        public void processMatch(Map<String, List<Reading>> match, Context context, Collector<Outbound> out) {
            if (events == null) {
                events = new MatchEvents(pattern);
            }
            out.collect(events.of(match, question.timeOf(match)));
        }
    }
}
