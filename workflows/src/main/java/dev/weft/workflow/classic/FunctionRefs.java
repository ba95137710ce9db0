package dev.weft.workflow.classic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.config.Fields;
import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Scalar;
import dev.weft.workflow.Body;
import dev.weft.workflow.parts.Operations;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What becomes of calls of functions: calls by OpenAPI documents, and expressions. */
final class FunctionRefs {

    private static final List<String> TYPES =
            List.of("rest", "expression", "asyncapi", "rpc", "graphql", "odata", "custom");

    private final Library library;
    private final Policies policies;

    FunctionRefs(Library library) {
        this.library = library;
        this.policies = new Policies(library);
    }

    /** What a call does, and whether that has a result. */
    record Called(Node at, Body body, boolean results) {}

    /** Reads {@code invoke}: returns whether the end is waited for. */
    static boolean waits(Fields fields) {
        return fields.optional("invoke")
                .parsed("sync or async", text -> Optional.of(text).filter(Set.of("sync", "async")::contains))
                .map(it -> it.equals("sync"))
                .orElse(true);
    }

    Optional<Called> read(Node at) {
        if (!(at instanceof Mapping)) {
            if (at instanceof Scalar scalar && scalar.value() instanceof String) {
                return called(scalar, Optional.empty(), true);
            }
            library.problems().add(at, at.described(), "the name of a function");
            return Optional.empty();
        }
        Fields fields = Fields.of(at, library.problems());
        Optional<Scalar> name = Library.name(fields.required("refName"));
        Optional<Fields> arguments = fields.optional("arguments").fields();
        boolean waits = waits(fields);
        fields.close();
        return name.flatMap(it -> called(it, arguments, waits));
    }

    private Optional<Called> called(Scalar name, Optional<Fields> arguments, boolean waits) {
        return library.functions().at(name).flatMap(function -> {
            Optional<Scalar> operation = Library.name(function.required("operation"));
            function.optional("name").text();
            function.optional("metadata").node("a mapping");
            Optional<Scalar> auth = Library.name(function.optional("authRef"));
            String type = function.optional("type").text().orElse("rest");
            if (!TYPES.contains(type)) {
                library.problems()
                        .addUnknown(function.optional("type").node("").orElseThrow(), "type of function", type, TYPES);
            }
            function.close();
            switch (type) {
                case "rest":
                    return operation
                            .flatMap(it -> rest(it, auth, arguments, waits))
                            .map(body -> new Called(name, body, waits));
                case "expression":
                    return operation
                            .flatMap(it -> library.texts().transformation(it))
                            .map(it -> new Called(name, new Body.Set(it), true));
                default:
                    library.problems()
                            .add(
                                    name,
                                    "the function " + name.described() + " of type " + type,
                                    "one of type rest or expression: Weft calls no others");
                    return Optional.empty();
            }
        });
    }

    private Optional<Body> rest(Scalar operation, Optional<Scalar> auth, Optional<Fields> arguments, boolean waits) {
        int hash = operation.text().lastIndexOf('#');
        if (hash <= 0) {
            library.problems()
                    .add(operation, operation.described(), "a document and an operation of it, as in api.yaml#getPet");
            return Optional.empty();
        }
        String endpoint = operation.text().substring(0, hash);
        Optional<JsonNode> document = library.reading().resource(operation, endpoint);
        String id = operation.text().substring(hash + 1);
        document.ifPresent(json -> Operations.check(operation, id, endpoint, json, library.problems()));
        Map<String, Node> with = new LinkedHashMap<>();
        with.put(
                "document",
                new Mapping(
                        operation.at(), operation.path(), Map.of("endpoint", scalar(operation, endpoint)), Map.of()));
        with.put("operationId", scalar(operation, id));
        arguments.ifPresent(it -> with.put("parameters", it.node()));
        auth.flatMap(policies::read).ifPresent(it -> with.put("authentication", it));
        return document.flatMap(json -> library.texts()
                .arguments(new Mapping(operation.at(), operation.path(), with, Map.of()))
                .map(it -> new Body.Call("openapi", it, Map.of(endpoint, json), waits)));
    }

    private static Scalar scalar(Node at, String text) {
        return new Scalar(at.at(), at.path(), text, text);
    }
}
