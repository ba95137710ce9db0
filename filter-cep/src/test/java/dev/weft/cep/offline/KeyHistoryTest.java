package dev.weft.cep.offline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cep.Pattern;
import dev.weft.cep.WrittenPatterns;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class KeyHistoryTest {

    private static final String A_THEN_B = "sequence: [{ step: a, where: { type: [A] } }, "
            + "{ step: b, where: { type: [B] }, when: data.n > a.data.n }]";
    private static final String A_WITHOUT_B =
            "sequence: [{ step: a, where: { type: [A] } }, " + "{ step: none, where: { type: [B] }, absent: true }]";
    private static final String THREE =
            "sequence: [{ step: a, where: { type: [A], data: { n: [{ numeric: [\">\", 0] }] } }, " + "times: 3 }]";

    @Test
    void namesTheValuesOfAConditionThatIsNotMet() {
        assertThat(story(A_THEN_B, "A:k:3@0", "B:k:2@1"))
                .containsExactly(
                        "0 A1: taken as a", "1 B2: b not met: data.n > a.data.n, with data.n = 2, a.data.n = [3]");
    }

    @Test
    void saysHowAConditionFails() {
        assertThat(story(A_THEN_B, "A:k:3@0", "B:k@1").get(1))
                .startsWith("1 B2: b not met: data.n > a.data.n fails: ")
                .endsWith(", with data.n = nothing, a.data.n = [3]");
    }

    @Test
    void saysWhatTheStepThatIsWaitedForRefuses() {
        assertThat(story(A_THEN_B, "A:k:3@0", "C:k:2@1").get(1))
                .startsWith("1 C2: b refuses it: ")
                .contains("\"C\"");
        assertThat(story(THREE, "A:k:0@0").get(0))
                .startsWith("0 A1: a refuses it: ")
                .contains("data.n")
                .endsWith("0");
    }

    @Test
    void saysThatNothingWaitsForTheEvent() {
        assertThat(story(A_THEN_B, "B:k:1@0").get(0)).endsWith("nothing that has begun waits for b");
    }

    @Test
    void tellsWhenTimeIsOverBeforeTheNextEvent() {
        assertThat(story(A_THEN_B, "A:k:1@0", "B:k:2@10"))
                .startsWith("0 A1: taken as a", "10 no event: time over, waiting for b: a [A1]")
                .hasSize(3);
    }

    @Test
    void tellsEachDeadlineAtItsTime() {
        assertThat(story(A_WITHOUT_B, "A:k@0", "A:k@2", "C:k@40"))
                .containsSubsequence("10 no event: match: a [A1]", "12 no event: match: a [A2]");
    }

    @Test
    void tellsWhatEndsAMatchThatHadBegun() {
        assertThat(story(A_WITHOUT_B, "A:k@0", "B:k@1"))
                .containsExactly("0 A1: taken as a", "1 B2: none came, and ends what had begun");
        assertThat(story(A_WITHOUT_B + "\nuntil: { where: { type: [U] } }", "A:k@0", "A:k@1", "U:k@2"))
                .contains("2 U3: until ends what had begun (2 partial matches)");
        assertThat(story(THREE + "\nlimits: { partialsPerKey: 1, overflow: dropNew }", "A:k:1@0", "A:k:1@1"))
                .contains("1 A2: taken as a; one too many for limits.partialsPerKey 1");
    }

    @Test
    void tellsWhatHavingRefuses() {
        assertThat(story(A_THEN_B + "\nhaving: b.data.n > 5", "A:k:1@0", "B:k:2@1")
                        .get(1))
                .isEqualTo("1 B2: taken as b; having refuses the match: b.data.n > 5, with b.data.n = [2]");
    }

    @Test
    void tellsWhatKeepsAMatchFromBeginning() {
        String leading = "sequence: [{ step: none, where: { type: [B] }, absent: true, within: 5ms }, "
                + "{ step: a, where: { type: [A] } }]";
        assertThat(story(leading, "B:k@0", "A:k@4", "A:k@5"))
                .containsSubsequence(
                        "4 A2: begins nothing: none came less than 5ms before", "5 A3: taken as a; match: a [A3]");
    }

    @Test
    void tellsWhichEventsThePatternDoesNotLookAt() {
        assertThat(story(A_THEN_B + "\nevents: { where: { source: [/other] } }", "A:k:1@0")
                        .get(0))
                .startsWith("0 A1: none of the pattern's events: ")
                .contains("/other");
    }

    @Test
    void tellsWhatComesBetweenEventsThatMustBeNextToEachOther() {
        String next = "events: { where: { type: [A, B, C] } }\nsequence: [{ step: a, where: { type: [A] } }, "
                + "{ step: b, contiguity: next, where: { type: [B] } }]";
        assertThat(story(next, "A:k@0", "C:k@1"))
                .containsExactly(
                        "0 A1: taken as a", "1 C2: it comes between what must be next, and ends what had begun");
        assertThat(story(next, "A:k@0", "B:k@1").get(1)).isEqualTo("1 B2: taken as b; match: a [A1], b [B2]");
    }

    @Test
    void tellsOfEveryWayToMatch() {
        String any = "afterMatch: noSkip\nsequence: [{ step: a, where: { type: [A] } }, "
                + "{ step: b, contiguity: followedByAny, where: { type: [B] } }]";
        assertThat(story(any, "A:k@0", "B:k@1", "B:k@2", "C:k@10"))
                .containsSubsequence(
                        "1 B2: taken as b; match: a [A1], b [B2]", "2 B3: taken as b; match: a [A1], b [B3]");
    }

    @Test
    void leavesOpenWhatIsNotDecided() {
        KeyedEvents events = KeyedEvents.of(pattern(A_WITHOUT_B), Happened.events("A:k@0", "B:k@3", "A:k@4"));
        KeyHistory history = events.history(events.keys().get(0), 5);
        assertThat(history.open())
                .extracting(OpenMatch::text)
                .containsExactly(
                        "a [A3]: a match at 1970-01-01T00:00:00.014Z unless an event comes that must be absent");
    }

    @Test
    void aMatchThatWaitsForOneThatBeganEarlierIsOpen() {
        String leftmost = "emission: leftmost\nsequence: [{ step: a, where: { type: [A] } }, "
                + "{ step: b, where: { type: [B] }, when: data.n == a.data.n }]";
        KeyedEvents events = KeyedEvents.of(pattern(leftmost), Happened.events("A:k:1@0", "A:k:2@1", "B:k:2@2"));
        assertThat(events.history(events.keys().get(0), 3).open())
                .extracting(OpenMatch::text)
                .containsExactlyInAnyOrder(
                        "a [A1]: waits for b until 1970-01-01T00:00:00.010Z",
                        "a [A2], b [B3]: complete, and told when no match can come that began earlier");
    }

    @Test
    void countsDownToTheEventsThatAreMissing() {
        KeyedEvents events = KeyedEvents.of(pattern(THREE), Happened.events("A:k:1@0", "A:k:1@3"));
        assertThat(events.history(events.keys().get(0), 5).open())
                .extracting(OpenMatch::text)
                .containsExactly(
                        "a [A1, A2]: waits for a until 1970-01-01T00:00:00.010Z",
                        "a [A2]: waits for a until 1970-01-01T00:00:00.013Z");
    }

    @Test
    void knowsTheEventsWithoutAKey() {
        KeyedEvents events = KeyedEvents.of(pattern(A_THEN_B), Happened.events("A:k@0", "A@1", "B:l@2"));
        assertThat(events.withoutKey()).extracting(TimedEvent::number).containsExactly(2);
        assertThat(events.keys()).extracting(key -> key.text()).containsExactly("k", "l");
    }

    private static Pattern pattern(String keys) {
        return WrittenPatterns.one("id: p\npartitionBy: subject\nwithin: 10ms\nemit: { type: found }\n" + keys);
    }

    /** Returns a line for each moment, up to the time of the last event. */
    private static List<String> story(String keys, String... written) {
        List<TimedEvent> happened = Happened.events(written);
        KeyedEvents events = KeyedEvents.of(pattern(keys), happened);
        long last = happened.get(happened.size() - 1).time();
        return events.history(events.keys().get(0), last).moments().stream()
                .map(KeyHistoryTest::line)
                .toList();
    }

    private static String line(Moment moment) {
        TimedEvent event = moment.event();
        return moment.time() + " " + (event == null ? "no event" : event.event().getId()) + ": "
                + moment.happenings().stream().map(Happening::text).collect(Collectors.joining("; "));
    }
}
