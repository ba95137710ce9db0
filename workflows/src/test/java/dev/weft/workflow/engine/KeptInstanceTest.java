package dev.weft.workflow.engine;

import static dev.weft.workflow.engine.Story.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.workflow.Definition;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Instances that were kept by an older Weft go on. */
class KeptInstanceTest {

    /** Of it the kept instances are; it must never change. */
    private static final String DOCUMENT = """
            do:
              - both:
                  fork:
                    branches:
                      - events:
                          for: { in: "[1, 2]" }
                          do:
                            - wait:
                                timeout: { after: PT1H }
                                listen: { to: { any: [ { with: { type: t }, correlate: { k: { from: .data.k } } } ], until: "length == 2" } }
                                foreach: { do: [ { pause: { wait: PT1S } } ] }
                      - retries:
                          try: [ { wrong: { raise: { error: { type: https://example.com/wrong, status: 500 } } } } ]
                          catch: { retry: { delay: PT10M, limit: { attempt: { count: 1 } } }, do: [ { gave: { set: { gave: up } } } ] }
                      - child: { run: { workflow: { namespace: test, name: child, version: 1.0.0 } } }
            """;

    @Test
    void oneOfTheFirstVersionGoesOn() throws Exception {
        Program program = program();
        Instance instance = InstanceForm.read(kept("instance-v1.hex"), program);
        assertThat(instance.tasks())
                .containsExactly(
                        "/do/0/both/fork/branches/0/events/do/0/wait/foreach/do/0/pause",
                        "/do/0/both/fork/branches/1/retries",
                        "/do/0/both/fork/branches/2/child");
        Step step = apply(program, instance, new Signal.Wake(), 1_000);
        step = apply(program, step.next(), event(instance.token(1), "2"), 2_000);
        step = apply(program, step.next(), new Signal.Wake(), 3_000);
        assertThat(step.effects()).hasAtLeastOneElementOfType(Effect.Subscribe.class);
        step = apply(program, step.next(), event(instance.token(3), "3"), 4_000);
        step = apply(program, step.next(), event(instance.token(3), "4"), 5_000);
        step = apply(program, step.next(), new Signal.Wake(), 6_000);
        step = apply(program, step.next(), new Signal.ChildEnded(instance.token(2), json("7"), null), 7_000);
        step = apply(program, step.next(), new Signal.Wake(), 600_000);
        assertThat(step.next().output()).contains(json("[[{'k': 1, 'n': 3}, {'k': 1, 'n': 4}], {'gave': 'up'}, 7]"));
    }

    /** Makes the instance that is kept; its bytes are in the file of the version. */
    private static Instance instance(Program program) {
        Step step = apply(program, null, new Signal.Start("kept", json("{'x': [1, 2.5, 'ä']}"), null, "00-a-b-01"), 0);
        return apply(program, step.next(), event(step.next().token(1), "1"), 0).next();
    }

    @Test
    void whatIsWrittenTodayIsWhatTheFileOfTheVersionHolds() throws Exception {
        assertThat(HexFormat.of().formatHex(InstanceForm.write(instance(program()))))
                .isEqualTo(HexFormat.of().formatHex(kept("instance-v1.hex")));
    }

    private static Signal event(String token, String n) {
        return new Signal.Event(token, 0, (ObjectNode)
                json("{'id': '" + n + "', 'source': 's', 'type': 't', 'data': {'k': 1, 'n': " + n + "}}"));
    }

    private static Step apply(Program program, @Nullable Instance before, Signal signal, long after) {
        Surroundings around = new Surroundings(Story.NOON + after, () -> 0, LifecycleLevel.NONE, Limits.USUAL);
        return new Engine().apply(program, before, signal, around);
    }

    private static Program program() {
        Definition read = Story.definition(DOCUMENT);
        return Program.of(new Definition(
                read.id(),
                "kept",
                read.document(),
                read.resources(),
                read.mode(),
                read.input(),
                read.output(),
                read.body(),
                read.timeout(),
                read.schedule(),
                read.functions(),
                read.secrets(),
                read.dialect(),
                read.metadata()));
    }

    private static byte[] kept(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(KeptInstanceTest.class.getResourceAsStream(name))) {
            return HexFormat.of().parseHex(new String(in.readAllBytes(), StandardCharsets.UTF_8).strip());
        }
    }
}
