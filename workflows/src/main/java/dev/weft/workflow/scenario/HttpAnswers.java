package dev.weft.workflow.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.http.CallFailure;
import dev.weft.http.CallResult;
import dev.weft.http.HttpHeader;
import dev.weft.http.HttpReply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Answers of scenarios as they would come over HTTP. A body other than text is JSON where no header says otherwise. */
final class HttpAnswers {

    private static final String TYPE = "content-type";

    private HttpAnswers() {}

    static CallResult result(Answer answer) {
        if (answer instanceof Answer.Broken broken) {
            return new CallFailure(CallFailure.Kind.CONNECT, broken.words());
        }
        if (!(answer instanceof Answer.Response response)) {
            throw new IllegalArgumentException("silence is no answer");
        }
        List<HttpHeader> headers = new ArrayList<>();
        response.headers().forEach((name, value) -> headers.add(new HttpHeader(name, value)));
        JsonNode body = response.body();
        if (!body.isMissingNode() && !response.headers().containsKey(TYPE)) {
            headers.add(new HttpHeader(TYPE, body.isTextual() ? "text/plain" : "application/json"));
        }
        return new HttpReply(response.status(), headers, bytes(body));
    }

    private static byte[] bytes(JsonNode body) {
        if (body.isMissingNode()) {
            return new byte[0];
        }
        String text = body.isTextual() ? body.textValue() : body.toString();
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
