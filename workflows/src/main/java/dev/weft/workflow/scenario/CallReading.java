package dev.weft.workflow.scenario;

import com.fasterxml.jackson.databind.node.MissingNode;
import dev.weft.config.DurationText;
import dev.weft.config.Field;
import dev.weft.config.Fields;
import dev.weft.config.Node;
import dev.weft.config.NodeJson;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.workflow.IsoDuration;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads which calls are made in a scenario, and what answers them. */
final class CallReading {

    private final Problems problems;

    CallReading(Problems problems) {
        this.problems = problems;
    }

    /** Reads a duration as Weft or ISO 8601 writes it. */
    static Optional<Duration> duration(Field field) {
        return field.parsed(
                "a duration such as 10m or PT10M",
                text -> DurationText.parse(text).or(() -> IsoDuration.parse(text)));
    }

    /** Reads a stub, unless there is a mistake in it. */
    Optional<Stub> stub(Node node) {
        int before = problems.count();
        Fields fields = Fields.of(node, problems);
        CallPattern calls = pattern(fields);
        List<Answer> answers = fields.required("answers").items("an answer").orElse(List.of()).stream()
                .map(this::answer)
                .toList();
        fields.close();
        return problems.count() == before ? Optional.of(new Stub(calls, answers)) : Optional.empty();
    }

    /** Reads which call is answered and how, unless there is a mistake in it. */
    Optional<Move> reply(Node node) {
        int before = problems.count();
        Fields fields = Fields.of(node, problems);
        CallPattern calls = pattern(fields);
        Answer answer =
                fields.required("with").node("an answer").map(this::answer).orElse(new Answer.Silence());
        fields.close();
        return problems.count() == before ? Optional.of(new Move.Reply(node.at(), calls, answer)) : Optional.empty();
    }

    private CallPattern pattern(Fields fields) {
        Optional<String> method = fields.optional("method").text().map(text -> text.toUpperCase(Locale.ROOT));
        Optional<String> uri = fields.optional("uri").text();
        Map<String, String> headers = headers(fields);
        Optional<Node> body = fields.optional("body").node("a part of the body");
        return new CallPattern(method.orElse(null), uri.map(CallPattern::uri).orElse(null), headers, body.orElse(null));
    }

    private Map<String, String> headers(Fields fields) {
        Map<String, String> headers = new LinkedHashMap<>();
        fields.optional("headers")
                .fields()
                .ifPresent(all -> all.members().forEach(member -> {
                    if (member.getValue() instanceof Scalar scalar) {
                        headers.put(member.getKey().toLowerCase(Locale.ROOT), scalar.text());
                    } else {
                        problems.add(member.getValue(), member.getValue().described(), "a header's value");
                    }
                }));
        return headers;
    }

    private Answer answer(Node node) {
        Fields fields = Fields.of(node, problems);
        long after = duration(fields.optional("after")).orElse(Duration.ZERO).toMillis();
        if (fields.has("fails")) {
            String words = fields.required("fails").text().orElse("");
            fields.close();
            return new Answer.Broken(after, words);
        }
        if (fields.has("silence")) {
            var unused = fields.required("silence").flag();
            fields.close();
            return new Answer.Silence();
        }
        int status = fields.optional("status").integer(100, 599).orElse(200);
        Map<String, String> headers = headers(fields);
        Optional<Node> body = fields.optional("body").node("a body");
        fields.close();
        return new Answer.Response(
                after, status, headers, body.map(NodeJson::of).orElse(MissingNode.getInstance()));
    }
}
