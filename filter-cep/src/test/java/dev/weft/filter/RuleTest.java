package dev.weft.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.event.MeshEvent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleTest {

    @ParameterizedTest(name = "{0} is written {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{type: [b, a]}                         | {\"type\":[\"a\",\"b\"]}",
                "{type: [x], source: [y]}               | {\"source\":[\"y\"],\"type\":[\"x\"]}",
                "{data: {b: [1.0, 100], a.c: [null]}}   | {\"data\":{\"a\":{\"c\":[null]},\"b\":[1,1E+2]}}",
                "{data: {'a\\.b': [x]}}                 | {\"data\":{\"a\\\\.b\":[\"x\"]}}",
                "{data: {$or: [{b: [1]}, {a: [1]}]}}    "
                        + "| {\"$or\":[{\"data\":{\"a\":[1]}},{\"data\":{\"b\":[1]}}]}",
                "{$or: [{id: [x]}, {id: [x]}]}          | {\"id\":[\"x\"]}",
                "{id: [{anything-but: x}]}              | {\"id\":[{\"anything-but\":[\"x\"]}]}",
                "{id: [{anything-but: {suffix: x}}]}    | {\"id\":[{\"anything-but\":{\"suffix\":[\"x\"]}}]}",
                "{id: [{numeric: [<, 5, '>=', 1.50]}]}  | {\"id\":[{\"numeric\":[\">=\",1.5,\"<\",5]}]}"
            })
    void hasOneCanonicalText(String written, String canonical) {
        assertThat(Written.rule(written)).hasToString(canonical);
        assertThat(Written.rule(canonical)).isEqualTo(Written.rule(written));
    }

    @Test
    void equalsWhateverTheOrder() {
        Rule one = Written.rule("{type: [a, b], data: {x: [1], y: [{prefix: p}, 2]}}");
        Rule other = Written.rule("{data: {y: [2.0, {prefix: p}], x: [1]}, type: [b, a]}");
        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
        assertThat(one).isNotEqualTo(Written.rule("{type: [a, b]}"));
    }

    @ParameterizedTest(name = "{0} reads {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{type: [x]}                          | {}",
                "{data: {a: [1]}}                     | {'a':{'b':1,'c':2,'d':3}}",
                "{data: {a: {b: [1], c: [2]}}}        | {'a':{'b':1,'c':2}}",
                "{data: {$or: [{a.b: [1]}, {e: [2]}]}} | {'a':{'b':1},'e':[{'f':5}]}",
                "{data: [1]}                          | {'a':{'b':1,'c':2,'d':3},'e':[{'f':5}]}"
            })
    void wantsNoMoreOfThePayloadThanItAsksFor(String rule, String read) {
        MeshEvent event = Events.withPayload("{'a':{'b':1,'c':2,'d':3},'e':[{'f':5}]}".replace('\'', '"'));
        assertThat(event.read(Written.rule(rule).wanted()).root()).hasToString(read.replace('\'', '"'));
    }

    @Test
    void everythingWantsEventsThatCannotBeRead() {
        assertThat(Answers.of(Rule.everything(), Events.withPayload("{"))).isEqualTo(Outcome.MATCHED);
        assertThat(Rule.everything().asksPayload()).isFalse();
    }

    @Test
    void nothingWantsNoEvent() {
        assertThat(Answers.of(Rule.nothing(), Events.withPayload("{}"))).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void answersTheSameReadFromItsOwnTextAndAfterSerialization() throws Exception {
        RandomPatterns patterns = new RandomPatterns(new Random(11));
        for (int i = 0; i < 2_000; i++) {
            Rule rule = Written.rule("{data: " + patterns.pattern() + "}");
            MeshEvent event = Events.withPayload(patterns.payload().toString());
            Rule readBack = Written.rule(rule.toString());
            assertThat(readBack).isEqualTo(rule);
            assertThat(Answers.of(readBack, event)).as("%s", rule).isEqualTo(Answers.of(rule, event));
            assertThat(Answers.of(serialized(rule), event)).isEqualTo(Answers.of(rule, event));
        }
    }

    private static Rule serialized(Rule rule) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(rule);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (Rule) in.readObject();
        }
    }
}
