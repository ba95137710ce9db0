package dev.weft.benchmarks.pattern;

import com.espertech.esper.common.client.EPCompiled;
import com.espertech.esper.common.client.EventBean;
import com.espertech.esper.common.client.configuration.Configuration;
import com.espertech.esper.compiler.client.CompilerArguments;
import com.espertech.esper.compiler.client.EPCompileException;
import com.espertech.esper.compiler.client.EPCompilerProvider;
import com.espertech.esper.runtime.client.DeploymentOptions;
import com.espertech.esper.runtime.client.EPDeployException;
import com.espertech.esper.runtime.client.EPEventService;
import com.espertech.esper.runtime.client.EPRuntime;
import com.espertech.esper.runtime.client.EPRuntimeProvider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Esper, with filters that it keeps in an index. It takes events in the order in which they come, so it need not wait
 * for watermarks; and it takes no part in checkpoints.
 */
final class EsperContender implements Contender {

    private final EPRuntime runtime;
    private final EPEventService events;
    private List<Reading> prepared = List.of();
    private final Found found = new Found();
    private long now;

    EsperContender(Question question) throws EPCompileException, EPDeployException {
        Configuration configuration = new Configuration();
        configuration.getCommon().addEventType("Reading", Reading.class);
        configuration.getRuntime().getThreading().setInternalTimerEnabled(false);
        runtime = EPRuntimeProvider.getRuntime("bench-" + System.nanoTime(), configuration);
        runtime.initialize();
        events = runtime.getEventService();
        events.advanceTime(Stream.BEGIN - 1);
        for (int i = 0; i < question.patterns(); i++) {
            EPCompiled compiled =
                    EPCompilerProvider.getCompiler().compile(epl(question, i), new CompilerArguments(configuration));
            MatchEvents made = new MatchEvents(i);
            runtime.getDeploymentService()
                    .deploy(compiled, new DeploymentOptions())
                    .getStatements()[0]
                    .addListener((fresh, old, statement, source) -> {
                        for (EventBean match : fresh) {
                            Map<String, List<Reading>> taken = taken(match, question);
                            found.take(made.of(taken, question.timeOf(taken)));
                        }
                    });
        }
    }

    private static Map<String, List<Reading>> taken(EventBean match, Question question) {
        Map<String, List<Reading>> taken = new LinkedHashMap<>();
        List<Reading> first = new ArrayList<>();
        first.add((Reading) match.get("a"));
        taken.put("a", first);
        if (question.isCount()) {
            first.addAll(Arrays.asList((Reading[]) match.get("b")));
        } else if (!question.isAbsence()) {
            taken.put("b", List.of((Reading) match.get("b")));
            taken.put("c", List.of((Reading) match.get("c")));
        }
        return taken;
    }

    static boolean knows(Question question) {
        return switch (question) {
            case SEQUENCE, COUNT, ABSENCE, COUNT_100, COLD_SEQUENCE, COLD_ABSENCE, ONE_PATTERN, HUNDRED_PATTERNS ->
                true;
            default -> false;
        };
    }

    private static String epl(Question question, int pattern) {
        String a = "a=Reading(type='" + Stream.type(pattern, 'A') + "')";
        String text = switch (question) {
            case COUNT -> "every " + a + " -> ([2] " + later(pattern, 'A', "b") + " where timer:within(%s))";
            case COUNT_100 -> "every " + a + " -> ([99] " + later(pattern, 'A', "b") + " where timer:within(%s))";
            case ABSENCE, COLD_ABSENCE ->
                "every " + a + " -> (timer:interval(%s) and not " + later(pattern, 'B', "b") + ")";
            default ->
                "every " + a + " -> ((" + later(pattern, 'B', "b") + " -> " + later(pattern, 'C', "c")
                        + ") where timer:within(%s))";
        };
        String within = question.withinMillis() + " milliseconds";
        return "@name('p" + pattern + "') select * from pattern [" + text.formatted(within) + "]";
    }

    private static String later(int pattern, char letter, String name) {
        return name + "=Reading(type='" + Stream.type(pattern, letter) + "', key=a.key)";
    }

    @Override
    public void prepare(Stream stream, int from, int to) {
        prepared = new ArrayList<>(to - from);
        for (int i = from; i < to; i++) {
            prepared.add(Readings.of(stream, i));
        }
    }

    @Override
    public void feed() {
        for (Reading reading : prepared) {
            watermark(reading.getTime());
            events.sendEventBean(reading, "Reading");
        }
    }

    @Override
    public void watermark(long time) {
        if (time > now) {
            now = time;
            events.advanceTime(time);
        }
    }

    @Override
    public void checkpoint(long id) {
        // all it has is in memory
    }

    @Override
    public Found found() {
        return found;
    }

    @Override
    public void close() {
        runtime.destroy();
    }
}
