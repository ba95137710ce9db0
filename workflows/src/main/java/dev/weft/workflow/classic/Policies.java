package dev.weft.workflow.classic;

import dev.weft.config.Fields;
import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Scalar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Translates definitions under {@code auth} to policies of 1.0. */
final class Policies {

    private static final Set<String> SCHEMES = Set.of("basic", "bearer", "oauth2");
    private static final Map<String, String> GRANTS =
            Map.of("password", "password", "clientCredentials", "client_credentials");

    private final Library library;

    Policies(Library library) {
        this.library = library;
    }

    /** Returns the policy of that name as 1.0 writes it. */
    Optional<Node> read(Scalar name) {
        return library.auth().at(name).flatMap(fields -> {
            int before = library.problems().count();
            fields.required("name").text();
            String scheme = fields.optional("scheme")
                    .parsed(
                            "one of basic, bearer, oauth2",
                            text -> Optional.of(text).filter(SCHEMES::contains))
                    .orElse("basic");
            Optional<Node> properties = fields.required("properties")
                    .node("the properties of a policy, or the name of a secret")
                    .flatMap(at -> at instanceof Scalar scalar && scalar.value() instanceof String secret
                            ? secret(scalar, secret)
                            : Optional.of(properties(scheme, Fields.of(at, library.problems()))));
            fields.close();
            return library.problems().count() > before
                    ? Optional.empty()
                    : properties.map(it -> mapping(fields.node(), Map.of(scheme, it)));
        });
    }

    private Optional<Node> secret(Scalar at, String secret) {
        if (!library.reading().expressions().secrets().contains(secret)) {
            library.reading().expressions().refuseSecret(at, secret);
            return Optional.empty();
        }
        return Optional.of(mapping(at, Map.of("use", at)));
    }

    private Node properties(String scheme, Fields fields) {
        Map<String, Node> members = new LinkedHashMap<>();
        fields.optional("metadata").node("a mapping");
        switch (scheme) {
            case "basic" -> {
                copy(fields, "username", "username", members, true);
                copy(fields, "password", "password", members, true);
            }
            case "bearer" -> copy(fields, "token", "token", members, true);
            default -> oauth2(fields, members);
        }
        fields.close();
        return mapping(fields.node(), members);
    }

    private void oauth2(Fields fields, Map<String, Node> members) {
        copy(fields, "authority", "authority", members, true);
        Map<String, Node> client = new LinkedHashMap<>();
        copy(fields, "clientId", "id", client, true);
        copy(fields, "clientSecret", "secret", client, false);
        members.put("client", mapping(fields.node(), client));
        fields.required("grantType")
                .parsed("one of password, clientCredentials", text -> Optional.ofNullable(GRANTS.get(text)))
                .ifPresent(grant -> members.put("grant", text(fields.node(), grant)));
        List.of("username", "password").forEach(key -> copy(fields, key, key, members, false));
        for (String key : List.of("scopes", "audiences")) {
            if (fields.optional(key).texts("text").isPresent()) {
                members.put(key, fields.optional(key).node("").orElseThrow());
            }
        }
    }

    private static void copy(Fields fields, String key, String as, Map<String, Node> members, boolean required) {
        Library.name(required ? fields.required(key) : fields.optional(key)).ifPresent(at -> members.put(as, at));
    }

    private static Node mapping(Node at, Map<String, Node> members) {
        return new Mapping(at.at(), at.path(), members, Map.of());
    }

    private static Scalar text(Node at, String text) {
        return new Scalar(at.at(), at.path(), text, text);
    }
}
