package dev.weft.workflow.read;

import dev.weft.config.Field;
import dev.weft.config.Fields;
import dev.weft.config.Mapping;
import dev.weft.config.Nearest;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.workflow.parts.Reading;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads policies by which calls prove who makes them. What they hold may be expressions. */
final class Authentications {

    /** What is accepted, ready to stand after the word "expected". */
    static final String EXPECTED = "a policy such as basic, bearer or oauth2, or use with the name of one";

    private static final List<String> SCHEMES = List.of("basic", "bearer", "digest", "oauth2", "oidc");
    private static final Set<String> GRANTS = Set.of("client_credentials", "password");
    private static final Set<String> CLIENTS = Set.of("client_secret_basic", "client_secret_post", "none");

    private final Reading reading;
    private final Problems problems;
    private final Uses uses;

    Authentications(Reading reading, Uses uses) {
        this.reading = reading;
        this.problems = reading.problems();
        this.uses = uses;
    }

    /** Returns the policy that stands at a place, or that the place names; nothing if there is a mistake in it. */
    Optional<Node> read(Node at) {
        if (at instanceof Scalar scalar && scalar.value() instanceof String) {
            return uses.authentication(scalar).flatMap(this::policy);
        }
        if (at instanceof Mapping mapping && mapping.get("use") != null) {
            Fields fields = Fields.of(at, problems);
            Optional<Scalar> name = fields.required("use").text().isPresent()
                    ? fields.required("use").node("").map(Scalar.class::cast)
                    : Optional.empty();
            fields.close();
            return name.flatMap(uses::authentication).flatMap(this::policy);
        }
        return policy(at);
    }

    /** Reads a policy that has no name. */
    Optional<Node> policy(Node at) {
        int before = problems.count();
        Fields fields = Fields.of(at, problems);
        List<String> said = SCHEMES.stream().filter(fields::has).toList();
        if (fields.has("certificate")) {
            fields.optional("certificate");
            problems.add(
                    fields.keyAt("certificate"),
                    fields.path("certificate"),
                    "the policy certificate, which the language has no more",
                    Nearest.list(SCHEMES));
        } else if (said.size() != 1) {
            SCHEMES.forEach(fields::optional);
            fields.close();
            if (at instanceof Mapping) {
                problems.add(at, said.isEmpty() ? "no policy" : String.join(" beside ", said), Nearest.list(SCHEMES));
            }
            return Optional.empty();
        } else {
            fields.required(said.get(0)).fields().ifPresent(it -> properties(said.get(0), it));
        }
        fields.close();
        return problems.count() > before ? Optional.empty() : Optional.of(at);
    }

    private void properties(String scheme, Fields policy) {
        if (policy.has("use")) {
            policy.required("use").text().ifPresent(name -> checkSecret(policy, name));
        } else if (scheme.equals("bearer")) {
            policy.required("token").text();
        } else if (scheme.equals("basic") || scheme.equals("digest")) {
            policy.required("username").text();
            policy.required("password").text();
        } else {
            oauth2(scheme, policy);
        }
        policy.close();
    }

    private void checkSecret(Fields policy, String name) {
        if (!reading.expressions().secrets().contains(name)) {
            reading.expressions().refuseSecret(policy.required("use").node("").orElseThrow(), name);
        }
    }

    private void oauth2(String scheme, Fields policy) {
        policy.required("authority").text();
        oneOf(policy.required("grant"), GRANTS);
        if (scheme.equals("oauth2")) {
            policy.optional("endpoints").fields().ifPresent(endpoints -> {
                List.of("token", "revocation", "introspection")
                        .forEach(it -> endpoints.optional(it).text());
                endpoints.close();
            });
        }
        policy.optional("client").fields().ifPresent(client -> {
            List.of("id", "secret").forEach(it -> client.optional(it).text());
            oneOf(client.optional("authentication"), CLIENTS);
            client.close();
        });
        policy.optional("request").fields().ifPresent(request -> {
            oneOf(request.optional("encoding"), Set.of("application/x-www-form-urlencoded", "application/json"));
            request.close();
        });
        List.of("issuers", "scopes", "audiences")
                .forEach(it -> policy.optional(it).texts("text"));
        List.of("username", "password").forEach(it -> policy.optional(it).text());
    }

    private static void oneOf(Field field, Set<String> accepted) {
        var unused = field.parsed(
                Nearest.list(accepted.stream().sorted().toList()),
                text -> Optional.of(text).filter(accepted::contains));
    }
}
