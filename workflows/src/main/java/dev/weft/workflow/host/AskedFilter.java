package dev.weft.workflow.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import dev.weft.workflow.EventFilter;
import dev.weft.workflow.EventFilter.Test;
import dev.weft.workflow.jq.CanonicalJson;
import dev.weft.workflow.jq.Jq;
import dev.weft.workflow.jq.JqBudget;
import dev.weft.workflow.jq.JqFailure;
import dev.weft.workflow.jq.Variables;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A filter as far as it can be asked of an event where it comes in, with no instance at hand: tests that need none, and
 * the correlations that expect something. Filters that ask the same, of whatever definitions, have the same key.
 *
 * <p>An expression that fails at an event does not hold.
 */
final class AskedFilter {

    /** Asked of an event. */
    private interface Question {
        boolean holds(IncomingEvent event, JqBudget budget);
    }

    private final String key;
    private final List<String> channels;
    private final @Nullable String type;
    private final List<Question> questions;
    private final List<Jq> values;

    private AskedFilter(
            String key, List<String> channels, @Nullable String type, List<Question> questions, List<Jq> values) {
        this.key = key;
        this.channels = channels;
        this.type = type;
        this.questions = questions;
        this.values = values;
    }

    /** Makes one that is asked of all events. */
    static AskedFilter of(EventFilter filter) {
        return of(filter, List.of());
    }

    /**
     * Makes one.
     *
     * @param channels of which events it is asked; none for all
     */
    static AskedFilter of(EventFilter filter, List<String> channels) {
        List<String> said = new ArrayList<>();
        List<Question> questions = new ArrayList<>();
        List<Jq> values = new ArrayList<>();
        String type = null;
        for (Test test : filter.tests()) {
            if (test instanceof Test.Equal equal) {
                said.add("equal " + equal.attribute() + " " + equal.text());
                if (equal.attribute().equals("type")) {
                    type = equal.text();
                }
                questions.add((event, budget) -> equal.text().equals(event.text(equal.attribute())));
            } else if (test instanceof Test.Matches matches) {
                said.add("matches " + matches.attribute() + " " + matches.regex());
                Pattern pattern = Pattern.compile(matches.regex());
                questions.add((event, budget) -> matches(event.text(matches.attribute()), pattern));
            } else if (test instanceof Test.CameBy by) {
                said.add("topic " + by.topic());
                questions.add((event, budget) -> by.topic().equals(event.topic()));
            } else if (test instanceof Test.Is is) {
                said.add("is " + is.attribute() + " " + CanonicalJson.of(List.of(is.value())));
                questions.add((event, budget) -> CanonicalJson.areEqual(event.value(is.attribute()), is.value()));
            } else if (test instanceof Test.Holds holds && !holds.needsInstance()) {
                said.add("holds " + holds.attribute() + " " + holds.jq().text());
                questions.add((event, budget) -> holds(event.value(holds.attribute()), holds.jq(), budget));
            }
        }
        said.sort(null);
        for (EventFilter.Correlation correlation : filter.correlations()) {
            if (correlation.expect() != null) {
                said.add("from " + correlation.from().text());
                values.add(correlation.from());
            }
        }
        channels.forEach(channel -> said.add("channel " + channel));
        return new AskedFilter(
                StableHash.id(said.toArray(String[]::new)),
                List.copyOf(channels),
                type,
                List.copyOf(questions),
                List.copyOf(values));
    }

    private static boolean matches(@Nullable String text, Pattern pattern) {
        return text != null && pattern.matches(text);
    }

    private static boolean holds(JsonNode value, Jq jq, JqBudget budget) {
        try {
            JsonNode result = jq.eval(value, Variables.NONE, budget);
            return result.isBoolean()
                    ? result.booleanValue()
                    : !result.isNull() && CanonicalJson.areEqual(result, value);
        } catch (JqFailure e) {
            return false;
        }
    }

    String key() {
        return key;
    }

    /** Whether it is asked of what is read from one of these channels. */
    boolean isOf(Collection<String> read) {
        return channels.isEmpty() || !Collections.disjoint(channels, read);
    }

    /** Returns the only type of events that it wants; null where it is not known that there is only one. */
    @Nullable
    String type() {
        return type;
    }

    /** Returns whether it correlates with something that is expected, so that events go to addresses by value. */
    boolean hasValues() {
        return !values.isEmpty();
    }

    boolean holds(IncomingEvent event, JqBudget budget) {
        for (Question question : questions) {
            if (!question.holds(event, budget)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns what its correlations give, in their order; null where one of them fails or gives nothing, as with
     * nothing nobody correlates.
     */
    @Nullable
    List<JsonNode> values(IncomingEvent event, JqBudget budget) {
        return values(values, event, budget);
    }

    /** As above, of other correlations. */
    static @Nullable List<JsonNode> values(List<Jq> correlations, IncomingEvent event, JqBudget budget) {
        if (correlations.isEmpty()) {
            return List.of();
        }
        List<JsonNode> given = new ArrayList<>(correlations.size());
        try {
            for (Jq from : correlations) {
                JsonNode value = from.eval(event.json(), Variables.NONE, budget);
                if (value.isNull()) {
                    return null;
                }
                given.add(value);
            }
        } catch (JqFailure e) {
            return null;
        }
        return given;
    }
}
