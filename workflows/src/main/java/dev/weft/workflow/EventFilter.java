package dev.weft.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.workflow.jq.Jq;
import dev.weft.workflow.jq.Template;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which events are meant. All of it must hold.
 *
 * @param index its number within the definition, from 0: by it the program, instances and whoever looks at events speak
 *     of it. {@link Await.Until.Events} and schedules have numbers of the same series
 * @param tests of attributes and data
 * @param correlations what must agree between events, or with the instance
 */
public record EventFilter(int index, List<Test> tests, List<Correlation> correlations) {

    /** Asked of an event: mostly of one of its attributes, of which {@code data} is the payload. */
    public sealed interface Test {

        /** Is that text. {@code type} nearly always is. */
        record Equal(String attribute, String text) implements Test {}

        /** Matches as a whole, by RE2. */
        record Matches(String attribute, String regex) implements Test {}

        /**
         * An expression asked of the attribute's value. Truth decides; any other result must equal the attribute.
         *
         * @param needsInstance whether it uses variables of the instance: it can then be asked there only
         */
        record Holds(String attribute, Jq jq, boolean needsInstance) implements Test {}

        /** Came by that topic of Kafka. */
        record CameBy(String topic) implements Test {}

        /** Is that JSON, for {@code data} given as a value. */
        record Is(String attribute, JsonNode value) implements Test {}
    }

    /**
     * A value taken from events.
     *
     * @param key agrees with what other filters of the same task have under that name
     * @param from asked of the event as JSON (its envelope, with {@code data})
     * @param expect rendered with the instance's variables when the wait begins; null where the first event decides
     */
    public record Correlation(String key, Jq from, @Nullable Template expect) {}
}
