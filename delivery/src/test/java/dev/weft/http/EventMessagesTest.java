package dev.weft.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.event.MeshEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventMessagesTest {

    private static final HttpHeader KEY = new HttpHeader("Idempotency-Key", "k");

    @Test
    void binaryModeHasAttributesInHeaders() {
        HttpMessage message = EventMessages.of(event("Euro \u20ac 100%"), EventMode.BINARY, List.of(KEY));

        assertThat(message.headers())
                .contains(
                        KEY,
                        new HttpHeader("ce-id", "1"),
                        new HttpHeader("ce-source", "/shop"),
                        new HttpHeader("ce-specversion", "1.0"),
                        new HttpHeader("content-type", "application/json"),
                        new HttpHeader("ce-subject", "Euro%20%E2%82%AC%20100%25"));
        assertThat(message.body()).asString().isEqualTo("{ \"n\":1 }");
    }

    @Test
    void structuredModeHasAllInTheBody() {
        HttpMessage message = EventMessages.of(event("s"), EventMode.STRUCTURED, List.of(KEY));

        assertThat(message.headers())
                .containsExactly(KEY, new HttpHeader("content-type", "application/cloudevents+json; charset=UTF-8"));
        assertThat(message.body()).asString().contains("\"data\":{ \"n\":1 }");
    }

    @ParameterizedTest
    @EnumSource(EventMode.class)
    void whatIsSentIsReadBackTheSame(EventMode mode) {
        MeshEvent event = event("\u00e4 \"quoted\" %41 \ud83d\ude00 ~");
        HttpMessage message = EventMessages.of(event, mode, List.of());

        ReplyReading reading = EventMessages.reply(new HttpReply(200, message.headers(), message.body()));

        MeshEvent back = ((ReplyReading.Replied) reading).event();
        assertThat(back.attributeNames()).containsExactlyInAnyOrderElementsOf(event.attributeNames());
        assertThat(back.attribute("subject")).isEqualTo(event.attribute("subject"));
        assertThat(back.payload()).isEqualTo(event.payload());
    }

    @ParameterizedTest
    @CsvSource({"\"quoted text\", quoted text", "a%20b, a b", "%e2%82%ac, \u20ac", "%41, A", "plain, plain"})
    void readsHeadersAsOthersWriteThem(String header, String text) {
        assertThat(HeaderText.decoded(header)).asString(StandardCharsets.UTF_8).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "content-type: application/json", "x-other: 1"})
    void anAnswerThatClaimsNothingIsNoEvent(String header) {
        assertThat(reply("{}", header)).isEqualTo(ReplyReading.None.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ce-specversion: 1.0 | the attribute id is missing",
                "ce-specversion: 1.0; ce-id: 1; ce-source: /s; ce-type: t; ce-a: %4 | the header ce-a is not percent-encoded",
                "ce-specversion: 0.3; ce-id: 1; ce-source: /s; ce-type: t | the event's specversion is 0.3; 1.0 is supported",
                "content-type: application/cloudevents+json | the structured event cannot be read",
                "content-type: application/cloudevents-batch+json | application/cloudevents+json is supported"
            })
    void anAnswerThatClaimsToBeAnEventMustBeOne(String headers, String reason) {
        assertThat(((ReplyReading.Malformed) reply("[]", headers.split("; "))).reason())
                .contains(reason);
    }

    private static ReplyReading reply(String body, String... headers) {
        List<HttpHeader> read = Arrays.stream(headers)
                .filter(header -> !header.isEmpty())
                .map(header -> header.split(": ", 2))
                .map(pair -> new HttpHeader(pair[0], pair[1]))
                .toList();
        return EventMessages.reply(new HttpReply(200, read, body.getBytes(StandardCharsets.UTF_8)));
    }

    private static MeshEvent event(String subject) {
        return MeshEvent.of(CloudEventBuilder.v1()
                .withId("1")
                .withSource(URI.create("/shop"))
                .withType("order.placed")
                .withSubject(subject)
                .withData("application/json", "{ \"n\":1 }".getBytes(StandardCharsets.UTF_8))
                .build());
    }
}
