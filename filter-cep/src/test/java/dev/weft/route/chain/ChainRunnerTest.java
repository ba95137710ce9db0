package dev.weft.route.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.filter.Events;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChainRunnerTest {

    private static final String BIG = "{ filter: { where: { data: { amount: [{ numeric: ['>=', 100] }] } } } }";
    private static final String DOUBLED = "{ transform: { data: { amount: 200 } } }";
    private static final String RENAMED = "{ transform: { set: { type: renamed } } }";

    @ParameterizedTest(name = "{0} {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            filter, transform | [BIG, RENAMED]             | {"amount":150} | passed 0, passed 1, arrived renamed {"amount":150}
            filter refuses    | [BIG, RENAMED]             | {"amount":50}  | dropped 0
            transform, filter | [DOUBLED, BIG]             | {"amount":50}  | passed 0, passed 1, arrived test {"amount":200}
            filter, transform | [BIG, DOUBLED]             | {"amount":50}  | dropped 0
            tap before        | [{ tap: a }, RENAMED]       | {}             | tapped test {} to a, passed 0, passed 1, arrived renamed {}
            tap behind        | [RENAMED, { tap: [a, b] }]  | {}             | passed 0, tapped renamed {} to a, b, passed 1, arrived renamed {}
            tap, then refused | [{ tap: a }, BIG]       | {"amount":1}   | tapped test {"amount":1} to a, passed 0, dropped 1
            refused, then tap | [BIG, { tap: a }]       | {"amount":1}   | dropped 0
            """)
    void stepsRunInOrderUntilOneRefuses(String name, String steps, String payload, String said) {
        String written = steps.replace("BIG", BIG).replace("DOUBLED", DOUBLED).replace("RENAMED", RENAMED);

        assertThat(String.join(", ", Walks.of(written, payload))).isEqualTo(said);
    }

    @Test
    void aFilterSeesWhatATransformMade() {
        String strict = "[{ transform: { set: { type: '${data.kind}' } } }, { filter: { where: { type: [a] } } }]";

        assertThat(Walks.of(strict, "{\"kind\":\"a\"}")).endsWith("arrived a {\"kind\":\"a\"}");
        assertThat(Walks.of(strict, "{\"kind\":\"b\"}")).endsWith("dropped 1");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            filter         | BIG                                                    | unreadable-payload: the payload is not the JSON it says it is
            firstPerWindow | { firstPerWindow: { by: data.a, window: 1s } }          | unreadable-payload: the payload is not the JSON it says it is
            onlyOnChange   | { onlyOnChange: { by: type, of: data.a } }              | unreadable-payload: the payload is not the JSON it says it is
            sample         | { sample: { share: 1, by: data.a } }                    | unreadable-payload: the payload is not the JSON it says it is
            transform      | { transform: { data: "${data.a}" } }                    | transform-failed: ${data.a} cannot be read
            """)
    void aDamagedPayloadFailsTheStepThatAsksForIt(String name, String step, String failure) {
        String written = "[{ tap: a }, " + step.replace("BIG", BIG) + ", { tap: b }]";

        assertThat(Walks.of(written, "{"))
                .hasSize(3)
                .startsWith("tapped test  to a", "passed 0")
                .last()
                .asString()
                .startsWith("failed 1 " + failure);
    }

    @ParameterizedTest(name = "{0} of {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            fail | {}         | failed 0 missing-key: the event has no data.id, by which it goes
            fail | {"id":null}| failed 0 missing-key: the event has no data.id, by which it goes
            fail | {"id":""}  | passed 0, arrived test {"id":""}
            pass | {}         | passed 0, arrived test {}
            drop | {}         | dropped 0
            """)
    void whatBecomesOfAnEventWithoutAKeyIsSaid(String missing, String payload, String said) {
        String steps = "[{ firstPerWindow: { by: [type, data.id], window: 1s, missing: %s } }]".formatted(missing);

        assertThat(String.join(", ", Walks.of(steps, payload))).isEqualTo(said);
    }

    @Test
    void anEventWithoutAKeyFailsUnlessTheStepSaysOtherwise() {
        assertThat(Walks.of("[{ onlyOnChange: { by: data.id, of: data.x } }]", "{\"x\":1}"))
                .containsExactly("failed 0 missing-key: the event has no data.id, by which it goes");
    }

    @Test
    void theFirstOfEachKeyAndWindowPasses() {
        Walks chain = new Walks("[{ firstPerWindow: { by: data.id, window: 10s } }]");

        assertThat(chain.passes("{\"id\":1}", 1_000)).isTrue();
        assertThat(chain.passes("{\"id\":1}", 9_999)).isFalse();
        assertThat(chain.passes("{\"id\":2}", 9_999)).isTrue();
        assertThat(chain.passes("{\"id\":1}", 10_000)).isTrue();
        assertThat(chain.passes("{\"id\":1}", 1_500))
                .as("late, in a window that had its event")
                .isFalse();
        assertThat(chain.passes("{\"id\":1}", -1)).as("before 1970").isTrue();
    }

    @Test
    void aWindowIsRememberedUntilAnotherHasPassed() {
        Walks chain = new Walks("[{ firstPerWindow: { by: data.id, window: 10s } }]");

        chain.walk("{\"id\":1}", 12_000);

        assertThat(chain.memories.values()).containsExactly(new Memory("", 30_000));
    }

    @Test
    void onlyAChangeOfTheObservedValuesPasses() {
        Walks chain = new Walks("[{ onlyOnChange: { by: data.id, of: [data.a, data.b] } }]");

        assertThat(chain.passes("{\"id\":1,\"a\":1,\"b\":2}", 1)).isTrue();
        assertThat(chain.passes("{\"id\":1,\"a\":1.0,\"b\":2,\"c\":9}", 2))
                .as("the same values")
                .isFalse();
        assertThat(chain.passes("{\"id\":2,\"a\":1,\"b\":2}", 3))
                .as("another key")
                .isTrue();
        assertThat(chain.passes("{\"id\":1,\"a\":2,\"b\":2}", 4)).isTrue();
        assertThat(chain.passes("{\"id\":1,\"a\":2}", 5))
                .as("a value that went away")
                .isTrue();
        assertThat(chain.passes("{\"id\":1,\"a\":2,\"b\":null}", 6))
                .as("null where nothing was")
                .isTrue();
        assertThat(chain.passes("{\"id\":1,\"a\":1,\"b\":2}", 7))
                .as("back to the first")
                .isTrue();
    }

    @Test
    void whatWasObservedIsForgottenAfterSilence() {
        Walks chain = new Walks("[{ onlyOnChange: { by: data.id, of: data.a, forget: 10s } }]");

        assertThat(chain.passes("{\"id\":1,\"a\":1}", 0)).isTrue();
        assertThat(chain.passes("{\"id\":1,\"a\":1}", 9_000)).isFalse();
        assertThat(chain.passes("{\"id\":1,\"a\":1}", 18_000))
                .as("9 s after the last")
                .isFalse();
        assertThat(chain.passes("{\"id\":1,\"a\":1}", 28_000))
                .as("10 s after the last")
                .isTrue();
    }

    @Test
    void stepsThatAskTheSameDoNotShareTheirMemory() {
        Walks chain = new Walks("[{ firstPerWindow: { by: data.id, window: 10s } }, { tap: a },"
                + " { firstPerWindow: { by: data.id, window: 10s } }]");

        assertThat(chain.walk("{\"id\":1}", 0)).last().asString().startsWith("arrived");
    }

    @Test
    void aStepKeepsItsMemoryWhenItMovesOrItsLimitsChange() {
        Walks before = new Walks("[{ onlyOnChange: { by: data.id, of: data.a, forget: 1h } }]");
        Walks after = new Walks("[{ tap: x }, { onlyOnChange: { by: data.id, of: data.a, missing: drop } }]");

        before.walk("{\"id\":1,\"a\":1}", 0);
        after.walk("{\"id\":1,\"a\":1}", 0);

        assertThat(after.memories.keySet()).isEqualTo(before.memories.keySet());
    }

    @Test
    void aSampleIsTheSameForTheSameEventAndAsLargeAsItsShare() {
        Walks tenth = new Walks("[{ sample: { share: 0.1 } }]");
        Walks fifth = new Walks("[{ sample: { share: 0.2 } }]");
        int passed = 0;
        for (int i = 0; i < 10_000; i++) {
            var event = Events.withAttributes(Map.of("id", "event-" + i));
            boolean passes = tenth.walk(event, 0).size() > 1;
            assertThat(tenth.walk(event, 5).size() > 1).isEqualTo(passes);
            assertThat(!passes || fifth.walk(event, 0).size() > 1)
                    .as("a larger share holds the smaller")
                    .isTrue();
            passed += passes ? 1 : 0;
        }
        assertThat(passed).isBetween(900, 1_100);
    }

    @Test
    void aSampleByAValueKeepsTogetherWhatAgreesInIt() {
        Walks half = new Walks("[{ sample: { share: 0.5, by: data.user } }]");
        int passed = 0;
        for (int user = 0; user < 100; user++) {
            boolean first = half.passes("{\"user\":%d,\"n\":1}".formatted(user), 0);
            assertThat(half.passes("{\"user\":%d,\"n\":2}".formatted(user), 0)).isEqualTo(first);
            passed += first ? 1 : 0;
        }
        assertThat(passed).isBetween(30, 70);
    }

    @Test
    void aSampleOfAllIsAll() {
        Walks all = new Walks("[{ sample: { share: 1 } }]");

        assertThat(all.passes("{}", 0)).isTrue();
    }

    /** What is chosen is the same after an update of Weft: these answers never change. */
    @Test
    void aSampleIsTheSameInEveryVersionOfWeft() {
        Walks half = new Walks("[{ sample: { share: 0.5 } }]");
        StringBuilder chosen = new StringBuilder();
        for (int i = 0; i < 32; i++) {
            chosen.append(
                    half.walk(Events.withAttributes(Map.of("id", "e" + i)), 0).size() > 1 ? '1' : '0');
        }

        assertThat(chosen).hasToString("10110001100100110101011110110101");
    }
}
