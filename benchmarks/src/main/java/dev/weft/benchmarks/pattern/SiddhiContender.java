package dev.weft.benchmarks.pattern;

import io.siddhi.core.SiddhiAppRuntime;
import io.siddhi.core.SiddhiManager;
import io.siddhi.core.event.Event;
import io.siddhi.core.stream.input.InputHandler;
import io.siddhi.core.stream.output.StreamCallback;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Siddhi, partitioned by key, in the time of the events. It takes events as they come, and here no checkpoints. */
final class SiddhiContender implements Contender {

    private final SiddhiManager manager = new SiddhiManager();
    private final SiddhiAppRuntime runtime;
    private final InputHandler input;
    private List<Event> prepared = List.of();
    private final MatchEvents made = new MatchEvents(0);
    private final Found found = new Found();

    SiddhiContender(Question question) {
        runtime = manager.createSiddhiAppRuntime("""
                @app:name('bench') @app:playback
                define stream Readings (type string, key string, reading object);
                partition with (key of Readings)
                begin
                  from %s within %d milliseconds
                  select a.reading as a, b.reading as b, c.reading as c insert into Matches;
                end;
                """.formatted(query(question), question.withinMillis()));
        runtime.addCallback("Matches", new StreamCallback() {
            @Override
            public void receive(Event[] events) {
                for (Event match : events) {
                    Map<String, List<Reading>> taken = taken(match, question);
                    found.take(made.of(taken, question.timeOf(taken)));
                }
            }
        });
        input = runtime.getInputHandler("Readings");
        runtime.start();
    }

    /** Absence is left out: Siddhi takes a millisecond for each event, and finds another number of matches. */
    static boolean knows(Question question) {
        return switch (question) {
            case SEQUENCE, COUNT, COLD_SEQUENCE -> true;
            default -> false;
        };
    }

    private static Map<String, List<Reading>> taken(Event match, Question question) {
        Map<String, List<Reading>> taken = new LinkedHashMap<>();
        List<Reading> events = new ArrayList<>();
        for (Object reading : match.getData()) {
            events.add((Reading) reading);
        }
        if (question.isCount()) {
            taken.put("a", events);
        } else {
            taken.put("a", events.subList(0, 1));
            taken.put("b", events.subList(1, 2));
            taken.put("c", events.subList(2, 3));
        }
        return taken;
    }

    private static String query(Question question) {
        return "every " + step('A', "a") + " -> " + step(question == Question.COUNT ? 'A' : 'B', "b") + " -> "
                + step(question == Question.COUNT ? 'A' : 'C', "c");
    }

    private static String step(char letter, String name) {
        return name + "=Readings[type == '" + Stream.type(0, letter) + "']";
    }

    @Override
    public void prepare(Stream stream, int from, int to) {
        prepared = new ArrayList<>(to - from);
        for (int i = from; i < to; i++) {
            Reading reading = Readings.of(stream, i);
            prepared.add(new Event(reading.getTime(), new Object[] {reading.getType(), reading.getKey(), reading}));
        }
    }

    @Override
    public void feed() throws InterruptedException {
        for (Event event : prepared) {
            input.send(event);
        }
    }

    @Override
    public void watermark(long time) {
        // it goes by the times of the events
    }

    @Override
    public void checkpoint(long id) {
        // its snapshots are not what is compared
    }

    @Override
    public Found found() {
        return found;
    }

    @Override
    public void close() {
        runtime.shutdown();
        manager.shutdown();
    }
}
