package dev.weft.job.trial;

import dev.weft.event.EventReader;
import dev.weft.event.MeshEvent;
import dev.weft.event.Reason;
import dev.weft.event.WireRecord;
import dev.weft.event.kafka.KafkaRecords;
import dev.weft.job.ChannelConfig;
import dev.weft.job.Dispatcher;
import dev.weft.job.JobConfig;
import dev.weft.job.Pending;
import dev.weft.job.RouteSteps;
import dev.weft.route.Route;
import dev.weft.route.chain.Memory;
import dev.weft.route.chain.Question;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What a job is to write for what it reads, worked out record by record, without Flink and without Kafka. */
final class PlainMesh {

    private final SortedMap<String, List<WireRecord>> written = new TreeMap<>();
    private final SortedMap<String, Long> matched = new TreeMap<>();

    private PlainMesh(JobConfig config) {
        config.outputs().forEach(channel -> written.put(channel.topic(), new ArrayList<>()));
        written.put(config.channel(config.deadLetter()).topic(), new ArrayList<>());
        config.routes().forEach(route -> matched.put(route.name(), 0L));
    }

    /** Dispatches the records one after the other; each key's should stand in the order they were sent. */
    static PlainMesh of(JobConfig config, List<ConsumerRecord<byte[], byte[]>> input) {
        PlainMesh mesh = new PlainMesh(config);
        EventReader reader = new EventReader(config.limits().maxEventBytes());
        Dispatcher dispatcher = new Dispatcher(config.routing(), mesh.new Outlet(config));
        for (ConsumerRecord<byte[], byte[]> next : input) {
            dispatcher.dispatch(reader.read(KafkaRecords.origin(next), KafkaRecords.wire(next)));
        }
        return mesh;
    }

    /** Returns the records of every topic the job writes to, in the order of what they were made of. */
    SortedMap<String, List<WireRecord>> written() {
        return written;
    }

    /** Returns how many events each route wants, by its name. */
    SortedMap<String, Long> matched() {
        return matched;
    }

    /** Returns how many records there are in all topics together. */
    int size() {
        return written.values().stream().mapToInt(List::size).sum();
    }

    private final class Outlet implements Dispatcher.Outlet {
        private final List<Route> routes;
        private final List<ChannelConfig> channels;
        private final String deadLetterTopic;
        private final RouteSteps steps;
        private final Map<String, Memory> memories = new HashMap<>();

        Outlet(JobConfig config) {
            this.steps = new RouteSteps(config.routing(), this);
            this.routes = config.routes();
            this.channels = config.channels();
            this.deadLetterTopic = config.channel(config.deadLetter()).topic();
        }

        @Override
        public void stepPassed(int route, int step) {}

        @Override
        public void stepDropped(int route, int step) {}

        @Override
        public void ask(int route, int step, Question question, MeshEvent event, MeshEvent read) {
            String place = question.key() + " " + question.slot();
            Memory.Answer answer = Memory.answer(memories.get(place), question);
            memories.put(place, answer.next());
            String name = routes.get(route).name();
            steps.resume(new Pending("", name, step, question, event, read), answer.passes());
        }

        @Override
        public void received() {}

        @Override
        public void matched(int route) {
            matched.merge(routes.get(route).name(), 1L, Long::sum);
        }

        @Override
        public void expressionFailed(int route) {}

        @Override
        public void unmatched() {}

        @Override
        public void push(int route, String target, MeshEvent event, MeshEvent read) {
            throw new IllegalStateException("no trial has targets");
        }

        @Override
        public void deliver(int channel, WireRecord record) {
            write(channels.get(channel).topic(), record);
        }

        @Override
        public void deadLetter(Reason reason, WireRecord record) {
            write(deadLetterTopic, record);
        }

        private void write(String topic, WireRecord record) {
            written.computeIfAbsent(topic, none -> new ArrayList<>()).add(record);
        }
    }
}
