package dev.weft.route.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChainParserTest {

    @Test
    void everyKindOfStepIsRead() {
        Chain chain = Walks.read("""
                - filter: { where: { type: [a] } }
                - transform: { set: { type: b } }
                - tap: one
                - tap: [two, three]
                - sample: { share: 0.25, by: [subject, data.x], missing: pass }
                - firstPerWindow: { by: data.orderId, window: 10m }
                - onlyOnChange: { by: [data.deviceId], of: [data.status, data.level], forget: 12h, missing: drop }
                """);

        assertThat(chain.steps())
                .extracting(Step::kind)
                .containsExactly("filter", "transform", "tap", "tap", "sample", "firstPerWindow", "onlyOnChange");
        assertThat(chain.taps()).containsExactly("one", "two", "three");
        assertThat(chain.remembering()).isEqualTo(2);
        assertThat(((Step.Sample) chain.steps().get(4)).share()).isEqualTo(0.25);
        assertThat(((Step.FirstPerWindow) chain.steps().get(5)).window()).isEqualTo(Duration.ofMinutes(10));
        Step.OnlyOnChange change = (Step.OnlyOnChange) chain.steps().get(6);
        assertThat(change.of()).extracting(Object::toString).containsExactly("data.status", "data.level");
        assertThat(change.missing()).isEqualTo(MissingKey.DROP);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            [{ fliter: {} }]                                           | 1:4: $[0].fliter: found unknown key "fliter", expected one of filter, transform, tap, sample, firstPerWindow, onlyOnChange. Did you mean "filter"?
            [{}]                                                       | 1:2: $[0]: found an empty mapping, expected one of filter, transform, tap, sample, firstPerWindow, onlyOnChange
            [{ tap: a, sample: { share: 1 } }]                         | 1:12: $[0].sample: found sample in the same step, expected a step of its own
            [{ sample: { share: 0 } }]                                 | 1:21: $[0].sample.share: found the number 0, expected a number above 0, at most 1, such as 0.1
            [{ sample: { share: 1.5 } }]                               | 1:21: $[0].sample.share: found the number 1.5, expected a number above 0, at most 1, such as 0.1
            [{ sample: { share: 1, missing: pass } }]                  | 1:24: $[0].sample.missing: found missing without by, expected by beside it: every event has a source and an id
            [{ firstPerWindow: { window: 1s } }]                       | 1:20: $[0].firstPerWindow.by: found nothing, expected a value of the event, such as data.orderId, or a list of them
            [{ firstPerWindow: { by: dta.x, window: 1s } }]            | 1:26: $[0].firstPerWindow.by: found "dta.x", expected an attribute (lower-case letters and digits), data, or a path such as data.items[0].sku or data['odd name']. Did you mean "data.x"?
            [{ firstPerWindow: { by: type, window: 0s } }]             | 1:40: $[0].firstPerWindow.window: found "0s", expected from 1ms to 366d
            [{ onlyOnChange: { by: [type, type], of: id } }]           | 1:31: $[0].onlyOnChange.by[1]: found "type" a second time, expected each once
            [{ onlyOnChange: { by: type, of: [] } }]                   | 1:34: $[0].onlyOnChange.of: found an empty list, expected a value of the event, such as data.orderId, or a list of them
            [{ onlyOnChange: { by: type, of: id, missing: past } }]    | 1:47: $[0].onlyOnChange.missing: found "past", expected one of fail, pass, drop. Did you mean "pass"?
            [{ tap: [a, a] }]                                          | 1:13: $[0].tap[1]: found "a" a second time, expected each once
            [{ tap: [] }]                                              | 1:9: $[0].tap: found an empty list, expected the name of a channel, or a list of them
            [{ filter: {} }]                                           | 1:12: $[0].filter.where: found nothing, expected a filter
            [7]                                                        | 1:2: $[0]: found the number 7, expected a mapping
            """)
    void aMistakeIsSaidOnce(String steps, String problem) {
        assertThat(Walks.mistakes(steps)).containsExactly("c.yaml:" + problem);
    }

    @Test
    void aRouteCanRememberFourTimes() {
        String step = "- firstPerWindow: { by: type, window: 1s }\n";

        assertThat(Walks.mistakes(step.repeat(4))).isEmpty();
        assertThat(Walks.mistakes(step.repeat(6)))
                .containsExactly("c.yaml:5:3: $[4]: found a fifth step that remembers, expected at most 4 in one route:"
                        + " a second route can go on from a channel");
    }
}
