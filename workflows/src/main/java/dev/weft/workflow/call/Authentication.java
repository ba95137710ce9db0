package dev.weft.workflow.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.config.SecretUnavailable;
import dev.weft.workflow.Errors;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a call proves who makes it, with the secrets in it: made for the one call, and never kept or shown. */
sealed interface Authentication {

    /** Not at all. */
    enum None implements Authentication {
        NONE
    }

    /** By a header that says it all: basic (RFC 7617) and bearer (RFC 6750). */
    final class Header implements Authentication {

        private final String value;

        private Header(String value) {
            this.value = value;
        }

        String value() {
            return value;
        }
    }

    /** By an answer to what the server asks (RFC 7616). */
    final class Digest implements Authentication {

        private final String user;
        private final String password;

        private Digest(String user, String password) {
            this.user = user;
            this.password = password;
        }

        String user() {
            return user;
        }

        String password() {
            return password;
        }
    }

    /** By a token that is fetched (RFC 6749, OpenID Connect). */
    final class Token implements Authentication {

        private final TokenRequest request;

        private Token(TokenRequest request) {
            this.request = request;
        }

        TokenRequest request() {
            return request;
        }
    }

    /**
     * Returns what a policy of a definition says.
     *
     * @throws SecretUnavailable if a secret cannot be had
     * @throws CallMistake if the policy says too little
     */
    static Authentication of(@Nullable GuardedText policy, Disclosed secrets) throws CallMistake {
        if (policy == null) {
            return None.NONE;
        }
        JsonNode said = json(policy.filled(secrets), "the policy");
        String scheme = said.properties().stream()
                .map(java.util.Map.Entry::getKey)
                .findFirst()
                .orElse("none");
        JsonNode properties = said.path(scheme);
        if (properties.has("use")) {
            String name = properties.path("use").asText();
            properties = json(secrets.get(name), "the secret \"" + name + "\"");
        }
        Authentication authentication = of(scheme, properties);
        disclose(properties, authentication, secrets);
        return authentication;
    }

    /** What a policy is made of is as secret as the policy, and so is what is made of it. */
    private static void disclose(JsonNode properties, Authentication authentication, Disclosed secrets) {
        for (JsonNode secret : List.of(
                properties.path("password"),
                properties.path("token"),
                properties.path("client").path("secret"))) {
            if (secret.isTextual()) {
                secrets.add(secret.textValue());
            }
        }
        if (authentication instanceof Header header) {
            secrets.add(header.value().substring(header.value().indexOf(' ') + 1));
        }
    }

    private static Authentication of(String scheme, JsonNode properties) throws CallMistake {
        return switch (scheme) {
            case "basic" -> new Header("Basic " + base64(text(properties, "username"), text(properties, "password")));
            case "bearer" -> new Header("Bearer " + text(properties, "token"));
            case "digest" -> new Digest(text(properties, "username"), text(properties, "password"));
            case "oauth2", "oidc" -> new Token(tokenRequest(scheme, properties));
            default ->
                throw new CallMistake(Errors.CONFIGURATION, "found the policy " + scheme + ", which is not known");
        };
    }

    private static TokenRequest tokenRequest(String scheme, JsonNode properties) throws CallMistake {
        String authority = text(properties, "authority").replaceFirst("/+$", "");
        String grant = text(properties, "grant");
        JsonNode client = properties.path("client");
        ObjectNode parameters = new ObjectMapper().createObjectNode().put("grant_type", grant);
        if (grant.equals("password")) {
            parameters.put("username", text(properties, "username")).put("password", text(properties, "password"));
        } else if (!grant.equals("client_credentials")) {
            throw new CallMistake(Errors.CONFIGURATION, "found the grant " + grant + ", which is not supported");
        }
        putJoined(parameters, "scope", properties.path("scopes"));
        putJoined(parameters, "audience", properties.path("audiences"));
        String id = client.path("id").asText();
        String secret = client.path("secret").asText();
        String how = client.path("authentication").asText("client_secret_post");
        String authorization = how.equals("client_secret_basic") ? "Basic " + base64(id, secret) : null;
        if (authorization == null && !id.isEmpty()) {
            parameters.put("client_id", id);
        }
        if (how.equals("client_secret_post") && !secret.isEmpty()) {
            parameters.put("client_secret", secret);
        }
        String path = properties.path("endpoints").path("token").asText("/oauth2/token");
        boolean discovers = scheme.equals("oidc");
        return new TokenRequest(
                address(discovers ? authority + "/.well-known/openid-configuration" : authority + path),
                discovers,
                parameters,
                properties.path("request").path("encoding").asText().equals("application/json"),
                authorization);
    }

    private static void putJoined(ObjectNode parameters, String name, JsonNode values) {
        List<String> texts = new ArrayList<>();
        values.forEach(value -> texts.add(value.asText()));
        if (!texts.isEmpty()) {
            parameters.put(name, String.join(" ", texts));
        }
    }

    private static URI address(String text) throws CallMistake {
        try {
            URI uri = URI.create(text);
            boolean isWhole = uri.getHost() != null && uri.getPort() <= Origin.HIGHEST_PORT;
            if (isWhole && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // said below; the text may hold a secret
        }
        throw new CallMistake(Errors.CONFIGURATION, "the authority of a policy is no http or https address");
    }

    private static String text(JsonNode properties, String name) throws CallMistake {
        JsonNode value = properties.path(name);
        if (!value.isTextual()) {
            throw new CallMistake(Errors.CONFIGURATION, "a policy has no text for " + name);
        }
        return value.textValue();
    }

    private static String base64(String user, String password) {
        return Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode json(String text, String what) throws CallMistake {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new CallMistake(Errors.CONFIGURATION, what + " is not the JSON it should be");
        }
    }
}
