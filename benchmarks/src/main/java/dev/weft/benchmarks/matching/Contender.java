package dev.weft.benchmarks.matching;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.weft.event.MeshEvent;
import dev.weft.event.WireRecord;
import dev.weft.filter.Matches;
import dev.weft.filter.RuleSet;
import java.util.BitSet;
import java.util.function.Function;
import software.amazon.event.ruler.Machine;

/** Something that is asked which rules want an event. */
interface Contender {

    String name();

    /** Does the work that is measured; returns how many rules want the event. */
    int match(Mix.Sample sample) throws Exception;

    /** Returns the numbers of the rules that want the event; not measured. */
    BitSet matched(Mix.Sample sample) throws Exception;

    /** One of ours, which is given each event as it comes from Kafka. */
    record Weft(String name, RuleSet rules, Function<Mix.Sample, WireRecord> mode, Matches matches)
            implements Contender {

        @Override
        public int match(Mix.Sample sample) {
            MeshEvent event = Mix.Sample.event(mode.apply(sample));
            rules.match(event, matches);
            return matches.matchedCount();
        }

        @Override
        public BitSet matched(Mix.Sample sample) {
            BitSet matched = new BitSet();
            int count = match(sample);
            for (int i = 0; i < count; i++) {
                matched.set(matches.matched(i));
            }
            return matched;
        }
    }

    /** event-ruler, which is given the event as one JSON text. */
    record EventRuler(String name, Machine machine) implements Contender {

        @Override
        public int match(Mix.Sample sample) throws Exception {
            return machine.rulesForJSONEvent(sample.json()).size();
        }

        @Override
        public BitSet matched(Mix.Sample sample) throws Exception {
            BitSet matched = new BitSet();
            for (Object rule : machine.rulesForJSONEvent(sample.json())) {
                matched.set(Integer.parseInt(rule.toString()));
            }
            return matched;
        }
    }

    /** The CloudEvents SDK's CESQL, one expression after the other, on the event as Weft takes it. */
    record CloudEventsSql(String name, CesqlSdk sdk) implements Contender {

        @Override
        public int match(Mix.Sample sample) {
            return sdk.count(Mix.Sample.event(sample.binary()));
        }

        @Override
        public BitSet matched(Mix.Sample sample) {
            return sdk.matched(Mix.Sample.event(sample.binary()));
        }
    }

    /** What it takes to look at each token of the event's JSON once, without any rule. */
    record Scan(String name, JsonFactory json) implements Contender {

        @Override
        public int match(Mix.Sample sample) throws Exception {
            int tokens = 0;
            try (JsonParser parser = json.createParser(sample.structured().value())) {
                while (parser.nextToken() != null) {
                    tokens++;
                }
            }
            return tokens;
        }

        @Override
        public BitSet matched(Mix.Sample sample) {
            throw new UnsupportedOperationException("a scan matches nothing");
        }
    }
}
