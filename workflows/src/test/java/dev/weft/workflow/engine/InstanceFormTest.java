package dev.weft.workflow.engine;

import static dev.weft.workflow.engine.Story.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Instances as bytes. */
class InstanceFormTest {

    private static final String PARKED = """
            do:
              - one: { set: "${ . }" }
              - two: { do: [ { wait: { listen: { to: { one: { with: { type: t }, correlate: { o: { from: .data.id, expect: "${ .id }" } } } } } } } ] }
              - three: { set: { got: "${ . }" } }
            """;

    @Test
    void anInstanceThatWaitsIsSmall() {
        String data = "{'id': 'order-4711', 'items': [" + "{'name': 'a thing', 'price': 12.5, 'count': 3},".repeat(9)
                + "null], 'customer': {'name': 'Somebody', 'city': 'Somewhere'}}";
        Story story = Story.of(PARKED).start(data);
        assertThat(json(data).toString()).hasSizeGreaterThan(450);
        assertThat(story.size()).isLessThan(600);
    }

    @Test
    void anInstanceOfAnotherDefinitionIsNotRead() {
        byte[] bytes = InstanceForm.write(Story.of(PARKED).start("{'id': 1}").instance());
        assertThatThrownBy(() -> InstanceForm.read(bytes, Story.program("do: [ { other: { wait: PT1S } } ]")))
                .isInstanceOf(InstanceUnreadable.class)
                .hasMessageStartingWith("found an instance of the definition ");
    }

    @Test
    void theDigestIsReadWithoutTheRest() throws InstanceUnreadable {
        Story story = Story.of(PARKED).start("{'id': 1}");
        assertThat(InstanceForm.digest(InstanceForm.write(story.instance())))
                .isEqualTo(story.instance().program().definition().digest());
    }

    @Test
    void whatHasEndedIsKeptWithItsEnd() throws InstanceUnreadable {
        Story story = Story.of("do: [ { one: { set: { n: 1 } } } ]").start("{}");
        Instance read = InstanceForm.read(
                InstanceForm.write(story.instance()), story.instance().program());
        assertThat(read.status()).isEqualTo(Status.COMPLETED);
        assertThat(read.output()).contains(json("{'n': 1}"));
        assertThat(read.parent()).contains(new Signal.Parent("parent", "p.1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[true, false, 0, -1, 63, 64, 2147483647, -2147483648, 9223372036854775807, -9223372036854775808]",
                "[12345678901234567890123, 0.1, 1e300, -0.0, 1.10]",
                "['', 'short', 'größer', '\\u0000\\ud83d\\ude00']",
                "{'': {}, 'ä': [], 'a': [[[{'b': null}]]]}"
            })
    void jsonIsReadAsItWasWritten(String text) throws InstanceUnreadable {
        JsonNode node = json(text);
        InstanceWriter out = new InstanceWriter(0);
        out.json(node);
        out.jsons(List.of(node, node));
        InstanceReader in = new InstanceReader(out.done());
        assertThat(in.json()).isEqualTo(node);
        assertThat(in.jsons()).containsExactly(node, node);
        in.end();
    }

    @Test
    void dataThatIsSharedIsWrittenOnce() {
        JsonNode node = json("{'a': 'some text that is long enough'}");
        InstanceWriter once = new InstanceWriter(0);
        once.json(node);
        InstanceWriter thrice = new InstanceWriter(0);
        thrice.json(node);
        thrice.json(node);
        thrice.json(node);
        assertThat(thrice.done()).hasSize(once.done().length + 4);
    }

    @Test
    void aNumberOfElementsIsNotBelievedBeforeTheyAreThere() {
        InstanceWriter out = new InstanceWriter(0);
        for (int i = 0; i < JsonSize.DEEPEST; i++) {
            out.octet(JsonTag.ARRAY);
            out.number(1_000_000);
        }
        out.raw(new byte[1_100_000]);
        assertThatThrownBy(() -> new InstanceReader(Arrays.copyOf(out.done(), 1_050_000)).json())
                .isInstanceOf(InstanceUnreadable.class);
    }

    @Test
    void damagedBytesAreReadOrRefusedAndNothingElse() {
        Story story = Story.of("""
                do:
                  - fork:
                      fork:
                        branches:
                          - one: { for: { in: "[1, 2]" }, do: [ { wait: { listen: { to: { any: [ { with: { type: t } } ], until: false } }, foreach: { do: [ { p: { wait: PT1S } } ] } } } ] }
                          - two: { try: [ { w: { wait: PT1H } } ], catch: { retry: { delay: PT1S } } }
                          - three: { run: { workflow: { namespace: test, name: child, version: 1.0.0 } } }
                """)
                .start("{'some': ['data', 1.5, {}]}")
                .event("1", "t", "{'n': 1}")
                .event("2", "t", "{'n': 2}");
        byte[] good = InstanceForm.write(story.instance());
        Program program = story.instance().program();
        Random random = new Random(7);
        int read = 0;
        for (int i = 0; i < 50_000; i++) {
            byte[] bytes = random.nextInt(4) == 0 ? Arrays.copyOf(good, random.nextInt(good.length)) : good.clone();
            for (int damages = random.nextInt(3); damages >= 0 && bytes.length > 0; damages--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            try {
                InstanceForm.read(bytes, program);
                read++;
            } catch (InstanceUnreadable e) {
                assertThat(e).hasMessageMatching("(?s).{10,}");
            }
        }
        assertThat(read).isPositive();
    }
}
