package dev.weft.job.flink.pattern;

import static java.util.Objects.requireNonNull;

import dev.weft.cep.Pattern;
import dev.weft.cep.emit.UnfilledException;
import dev.weft.cep.engine.Key;
import dev.weft.cep.engine.Outcomes;
import dev.weft.cep.engine.PatternEvents;
import dev.weft.cep.live.KeyRow;
import dev.weft.cep.live.Tenure;
import dev.weft.event.DeadLetter;
import dev.weft.event.MeshEvent;
import dev.weft.event.Reason;
import dev.weft.job.flink.connect.Outbound;
import java.io.Serializable;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Makes events of what patterns find, and counts it. A match whose event cannot be made goes to the dead letter. */
final class Finds implements KeyRow.Finds {

    private final Topics topics;
    private final PatternMetrics metrics;
    private final Consumer<Outbound> out;
    private final LongSupplier clock;
    private final Map<Long, OfTenure> tenures = new HashMap<>();
    private @Nullable OfTenure last;

    /** Where events go: the topics of channels by their names, the dead letter's, and the name of the job. */
    record Topics(Map<String, String> ofChannels, String deadLetter, String job) implements Serializable {
        Topics {
            ofChannels = Map.copyOf(ofChannels);
        }
    }

    /** @param clock the time, milliseconds since 1970, by which latencies are told */
    Finds(Topics topics, PatternMetrics metrics, Consumer<Outbound> out, LongSupplier clock) {
        this.topics = topics;
        this.metrics = metrics;
        this.out = out;
        this.clock = clock;
    }

    @Override
    public Outcomes of(Tenure tenure, Key key) {
        OfTenure found = last;
        if (found == null || found.handle != tenure.handle()) {
            found = tenures.computeIfAbsent(tenure.handle(), handle -> new OfTenure(tenure));
            last = found;
        }
        found.key = key;
        return found;
    }

    /** What is found for one tenure. */
    private final class OfTenure implements Outcomes {

        private final long handle;
        private final Pattern pattern;
        private final PatternEvents events;
        private final PatternMetrics.OfPattern counts;
        private final Map<String, String> to = new LinkedHashMap<>();
        private @Nullable Key key;

        OfTenure(Tenure tenure) {
            handle = tenure.handle();
            pattern = tenure.pattern();
            events = PatternEvents.of(pattern);
            counts = metrics.of(pattern);
            for (String channel : pattern.to()) {
                to.put(channel, requireNonNull(topics.ofChannels().get(channel)));
            }
        }

        @Override
        public void matched(Match match) {
            counts.matched.inc();
            Key of = requireNonNull(key);
            try {
                emit(events.of(match, of), match.time());
            } catch (UnfilledException e) {
                bury(events.unfilled(match, of), e);
            }
        }

        @Override
        public void timedOut(Timeout timeout) {
            counts.timedOut.inc();
            counts.step(timeout.waitingFor()).timedOut().inc();
            Key of = requireNonNull(key);
            try {
                emit(events.of(timeout, of), timeout.deadline());
            } catch (UnfilledException e) {
                bury(events.unfilled(timeout, of), e);
            }
        }

        private void emit(Optional<MeshEvent> made, long time) {
            if (made.isEmpty()) {
                return;
            }
            counts.emitted.inc();
            counts.latency.update(Math.max(0, clock.getAsLong() - time));
            to.forEach((channel, topic) -> {
                metrics.delivered(channel);
                out.accept(new Outbound(topic, made.get().wire()));
            });
        }

        private void bury(MeshEvent event, UnfilledException why) {
            counts.deadLettered.inc();
            metrics.deadLetters.count(Reason.EMIT_FAILED);
            String detail = "pattern " + pattern.id() + ": " + why.getMessage();
            out.accept(new Outbound(
                    topics.deadLetter(), DeadLetter.of(event, Reason.EMIT_FAILED, detail, topics.job(), Map.of())));
        }

        @Override
        public void noted(Note note, String step) {
            counts.count(note, step);
        }
    }
}
