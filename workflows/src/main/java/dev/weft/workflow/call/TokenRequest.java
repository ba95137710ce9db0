package dev.weft.workflow.call;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.digest.Sha256;
import dev.weft.http.HttpHeader;
import dev.weft.workflow.jq.UriTemplate;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is asked of who gives out tokens. Has secrets in it. */
final class TokenRequest {

    private final URI url;
    private final boolean discovers;
    private final ObjectNode parameters;
    private final boolean asJson;
    private final @Nullable String authorization;

    /**
     * Makes one.
     *
     * @param discovers whether the URL does not give tokens but says which one does
     */
    TokenRequest(URI url, boolean discovers, ObjectNode parameters, boolean asJson, @Nullable String authorization) {
        this.url = url;
        this.discovers = discovers;
        this.parameters = parameters;
        this.asJson = asJson;
        this.authorization = authorization;
    }

    URI url() {
        return url;
    }

    boolean discovers() {
        return discovers;
    }

    List<HttpHeader> headers() {
        List<HttpHeader> headers = new ArrayList<>();
        headers.add(new HttpHeader("content-type", asJson ? "application/json" : HttpArguments.FORM));
        headers.add(new HttpHeader("accept", "application/json"));
        if (authorization != null) {
            headers.add(new HttpHeader("authorization", authorization));
        }
        return headers;
    }

    byte[] body() {
        if (asJson) {
            return parameters.toString().getBytes(StandardCharsets.UTF_8);
        }
        StringBuilder form = new StringBuilder();
        parameters.properties().forEach(parameter -> {
            form.append(form.isEmpty() ? "" : "&").append(parameter.getKey()).append('=');
            UriTemplate.encode(parameter.getValue().asText(), form);
        });
        return form.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Returns what tells apart requests for different tokens, and no secret. */
    String key() {
        MessageDigest digest = Sha256.begin();
        digest.update((url + "\n" + authorization + "\n").getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest.digest(body()));
    }
}
