package dev.weft.delivery;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.event.EventFormat;
import dev.weft.event.EventReader;
import dev.weft.event.MeshEvent;
import dev.weft.event.Origin;
import dev.weft.event.Reason;
import dev.weft.event.WireHeaders;
import dev.weft.event.WireRecord;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepliesTest {

    private static final Replies REPLIES = new Replies("shop", 3, 10_000);
    private static final Origin ORDER = new Origin("orders", 3, 42, 1_767_603_600_000L);

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "'',                               '',                 correlationid, order-1",
        "'correlationid=c',                '',                 correlationid, c",
        "'correlationid=c',                'correlationid=r',  correlationid, r",
        "'causationid=x',                  'causationid=y',    causationid,   order-1",
        "'',                               '',                 wefthops,      1",
        "'wefthops=1',                     '',                 wefthops,      2",
        "'wefthops=1',                     'wefthops=0',       wefthops,      2",
        "'wefthops=many',                  '',                 wefthops,      1",
        "'wefthops=-5',                    '',                 wefthops,      1",
        "'',                               '',                 weftchain,     bills>billing",
        "'weftchain=a>b',                  'weftchain=forged', weftchain,     a>b bills>billing",
        "'traceparent=t',                  '',                 traceparent,   t",
        "'traceparent=t',                  'traceparent=own',  traceparent,   own",
        "'traceparent=t,tracestate=s',     '',                 tracestate,    s",
        "'traceparent=t,tracestate=s',     'traceparent=own',  tracestate,    ",
        "'',                               'region=eu',        region,        eu",
        "'region=eu',                      '',                 region,        ",
    })
    void aReplyTellsWhatItAnswers(String cause, String reply, String attribute, @Nullable String expected) {
        MeshEvent passed = passed(parcel(event("order-1", cause)), event("reply-1", reply));

        assertThat(passed.attribute(attribute)).isEqualTo(expected);
    }

    @Test
    void whatATransformDroppedIsNotForgotten() {
        MeshEvent read = event("order-1", "wefthops=2,weftchain=a>b c>d,correlationid=c,traceparent=t");
        Parcel parcel = Parcel.of("bills", "billing", event("bill-1", ""), read, null);

        MeshEvent passed = passed(parcel, event("reply-1", ""));

        assertThat(passed.attribute("wefthops")).isEqualTo("3");
        assertThat(passed.attribute("weftchain")).isEqualTo("a>b c>d bills>billing");
        assertThat(passed.attribute("correlationid")).isEqualTo("c");
        assertThat(passed.attribute("causationid")).isEqualTo("bill-1");
        assertThat(passed.attribute("traceparent")).isEqualTo("t");
    }

    @ParameterizedTest
    @CsvSource({"'', order-key", "'partitionkey=mine', mine"})
    void aReplyHasTheKeyOfWhatItAnswersUnlessItHasItsOwn(String reply, String key) {
        Replies.Answer answer =
                REPLIES.answer(parcel(event("order-1", "")), event("reply-1", reply), EventFormat.AS_RECEIVED);

        assertThat(((Replies.Answer.Passed) answer).record().key()).isEqualTo(bytes(key));
    }

    @Test
    void aReplyIsWrittenAsItsChannelSays() {
        Replies.Answer answer =
                REPLIES.answer(parcel(event("order-1", "")), event("reply-1", ""), EventFormat.STRUCTURED);

        String json = new String(
                requireNonNull(((Replies.Answer.Passed) answer).record().value()), StandardCharsets.UTF_8);
        assertThat(json).contains("\"causationid\":\"order-1\"");
    }

    @ParameterizedTest
    @CsvSource({"3", "4711", "999999999999999999"})
    void aReplyTooManyEndsInTheDeadLetterWithItsChain(String hops) {
        MeshEvent cause = event("order-1", "wefthops=%s,weftchain=a>b a>b a>b".formatted(hops));

        Replies.Answer answer = REPLIES.answer(parcel(cause), event("reply-1", ""), EventFormat.AS_RECEIVED);

        Replies.Answer.Ended ended = (Replies.Answer.Ended) answer;
        MeshEvent dead = read(ended.record());
        assertThat(ended.reason()).isEqualTo(Reason.TOO_MANY_HOPS);
        assertThat(dead.getId()).isEqualTo("reply-1");
        assertThat(dead.attribute("weftreason")).isEqualTo("too-many-hops");
        assertThat(dead.attribute("weftdetail")).endsWith("at most 3 are let pass: a>b a>b a>b bills>billing");
        assertThat(dead.attribute("weftroute")).isEqualTo("bills");
        assertThat(dead.attribute("wefttopic")).isEqualTo("orders");
        assertThat(dead.attribute("weftoffset")).isEqualTo("42");
    }

    @Test
    void aReplyThatIsTooLargeIsRefused() {
        MeshEvent reply = event("reply-1", "note=" + "x".repeat(10_000));

        Replies.Answer answer = REPLIES.answer(parcel(event("order-1", "")), reply, EventFormat.AS_RECEIVED);

        assertThat(((Replies.Answer.Refused) answer).detail()).endsWith("bytes; at most 10000 are taken");
    }

    @Test
    void aLongChainKeepsItsLatestLegs() {
        StringBuilder chain = new StringBuilder("first>one");
        for (int i = 0; i < 200; i++) {
            chain.append(" route").append(i).append(">target").append(i);
        }

        MeshEvent passed = passed(parcel(event("order-1", "weftchain=" + chain)), event("reply-1", ""));

        assertThat(passed.attribute("weftchain"))
                .hasSizeBetween(1000, 1024)
                .startsWith("... route")
                .endsWith(" route199>target199 bills>billing");
    }

    private static MeshEvent passed(Parcel parcel, MeshEvent reply) {
        Replies.Answer answer = REPLIES.answer(parcel, reply, EventFormat.AS_RECEIVED);
        return read(((Replies.Answer.Passed) answer).record());
    }

    private static Parcel parcel(MeshEvent event) {
        return Parcel.of("bills", "billing", event, event, null);
    }

    /** An event with these attributes besides, as {@code name=value} with commas between. */
    private static MeshEvent event(String id, String attributes) {
        WireHeaders.Builder headers = new WireHeaders.Builder()
                .add("ce_specversion", bytes("1.0"))
                .add("ce_id", bytes(id))
                .add("ce_source", bytes("/shop"))
                .add("ce_type", bytes("order"));
        for (String attribute : attributes.split(",", 0)) {
            int end = attribute.indexOf('=');
            if (end > 0) {
                headers.add("ce_" + attribute.substring(0, end), bytes(attribute.substring(end + 1)));
            }
        }
        byte[] key = id.startsWith("reply") ? null : bytes("order-key");
        return read(new WireRecord(key, headers.build(), bytes("{}")));
    }

    private static MeshEvent read(WireRecord record) {
        return (MeshEvent) new EventReader(1 << 20).read(ORDER, record);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
