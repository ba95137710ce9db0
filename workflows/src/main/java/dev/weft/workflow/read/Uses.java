package dev.weft.workflow.read;

import dev.weft.config.Fields;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.config.Sequence;
import dev.weft.workflow.Extension;
import dev.weft.workflow.Span;
import dev.weft.workflow.Task;
import dev.weft.workflow.Timeout;
import dev.weft.workflow.jq.Jq;
import dev.weft.workflow.parts.Locals;
import dev.weft.workflow.parts.Reading;
import dev.weft.workflow.parts.Spans;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the document has under {@code use}: found by name where it is used. Functions are read when they are first
 * mentioned, so that one that comes back to itself is noticed.
 */
final class Uses {

    private static final List<String> EXTENDABLE = List.of(
            "all", "call", "composite", "emit", "for", "listen", "raise", "run", "set", "switch", "try", "wait");

    /** Which of them apply to a task under way is kept in as many bits. */
    private static final int MOST_EXTENSIONS = 64;

    private final Reading reading;
    private final Problems problems;
    private final Optional<Fields> use;
    private final Map<String, Task> functions = new LinkedHashMap<>();
    private final Set<String> open = new HashSet<>();
    private final Set<String> failed = new HashSet<>();
    private final Set<String> used = new HashSet<>();
    private final List<Extending> extensions = new ArrayList<>();
    private final TaskLists lists;

    Uses(Reading reading, Optional<Fields> use) {
        this.reading = reading;
        this.problems = reading.problems();
        this.use = use;
        this.lists = new TaskLists(reading, this);
    }

    /** An extension and the kind of tasks it extends. */
    private record Extending(String kind, Extension extension) {}

    TaskLists lists() {
        return lists;
    }

    /** Reads what stands there, used or not. */
    void readAll() {
        use.ifPresent(fields -> {
            readSecrets(fields);
            refuseCatalogs(fields);
            fields.optional("extensions").items("an extension").ifPresent(items -> {
                if (items.size() > MOST_EXTENSIONS) {
                    problems.add(
                            items.get(MOST_EXTENSIONS), items.size() + " extensions", "at most " + MOST_EXTENSIONS);
                }
                int index = 0;
                for (Node item : items) {
                    extension(item, index++);
                }
            });
            members("functions").forEach((name, at) -> function(name, at));
            members("authentications").values().forEach(at -> new Authentications(reading, this).policy(at));
            members("timeouts").values().forEach(at -> timeout(at, Locals.NONE.body()));
            fields.optional("retries");
            members("errors").values().forEach(at -> Fields.of(at, problems));
            fields.close();
        });
    }

    Map<String, Task> functions() {
        return functions;
    }

    private void readSecrets(Fields fields) {
        fields.optional("secrets")
                .texts("the name of a secret")
                .ifPresent(names -> names.forEach(name -> reading.expressions().allowSecret(name.text())));
    }

    private void refuseCatalogs(Fields fields) {
        if (fields.has("catalogs")) {
            fields.optional("catalogs");
            problems.add(
                    fields.keyAt("catalogs"),
                    fields.path("catalogs"),
                    "catalogs",
                    "functions under use.functions: a definition holds all that it needs, and nothing is fetched by"
                            + " name from elsewhere");
        }
    }

    private Map<String, Node> members(String key) {
        return use.flatMap(fields -> fields.optional(key).fields())
                .map(fields -> {
                    Map<String, Node> members = new LinkedHashMap<>();
                    fields.members().forEach(it -> members.put(it.getKey(), it.getValue()));
                    return members;
                })
                .orElse(Map.of());
    }

    /** Reads what nothing has used, when all else has been read: what it is used for is not known, but mistakes are. */
    void readUnused() {
        members("retries").forEach((name, at) -> {
            if (!used.contains(name)) {
                new Retries(reading, Locals.NONE.with("error").body()).read(Fields.of(at, problems));
            }
        });
    }

    private Optional<Node> named(Scalar at, String what, String key) {
        Map<String, Node> members = members(key);
        Node node = members.get(at.text());
        if (node == null && members.isEmpty()) {
            problems.add(at, "unknown " + what + " " + at.described(), "a name under use." + key);
        } else if (node == null) {
            problems.addUnknown(at, what, at.text(), members.keySet());
        }
        return Optional.ofNullable(node);
    }

    /** Returns the policy of that name. */
    Optional<Node> authentication(Scalar name) {
        return named(name, "authentication", "authentications");
    }

    /** Returns the error that stands at a place, or that the place names. */
    Optional<Fields> error(Node at) {
        return inlineOrNamed(at, "error", "errors").map(it -> Fields.of(it, problems));
    }

    /** Returns the retry that stands at a place, or that the place names. */
    Optional<Fields> retry(Node at) {
        if (at instanceof Scalar name) {
            used.add(name.text());
        }
        return inlineOrNamed(at, "retry", "retries").map(it -> Fields.of(it, problems));
    }

    private Optional<Node> inlineOrNamed(Node at, String what, String key) {
        return at instanceof Scalar scalar && scalar.value() instanceof String
                ? named(scalar, what, key)
                : Optional.of(at);
    }

    /** Returns the field {@code timeout}, which may be the name of one. */
    Optional<Timeout> timeout(Fields fields, Set<String> variables) {
        return fields.optional("timeout")
                .node("a timeout, or the name of one of use.timeouts")
                .flatMap(at -> inlineOrNamed(at, "timeout", "timeouts"))
                .flatMap(at -> timeout(at, variables));
    }

    private Optional<Timeout> timeout(Node at, Set<String> variables) {
        Fields fields = Fields.of(at, problems);
        Optional<Span> after =
                fields.required("after").node(Spans.EXPECTED).flatMap(it -> new Spans(reading).read(it, variables));
        fields.close();
        return after.map(Timeout::new);
    }

    /** Returns the function of that name, or nothing, with a problem, if there is none that can be called. */
    Optional<Task> function(Scalar name) {
        String text = name.text();
        if (text.contains("@") || text.contains("://")) {
            problems.add(
                    name,
                    name.described() + ", which is not in this document",
                    "a function of use.functions: none is fetched from elsewhere");
            return Optional.empty();
        }
        if (open.contains(text)) {
            problems.add(name, "the function \"" + text + "\" from within itself", "functions that do not go round");
            return Optional.empty();
        }
        return named(name, "function", "functions").flatMap(at -> function(text, at));
    }

    private Optional<Task> function(String name, Node at) {
        Task before = functions.get(name);
        if (before != null || failed.contains(name)) {
            return Optional.ofNullable(before);
        }
        open.add(name);
        String pointer = "/use/functions/" + Place.escaped(name);
        Optional<Task> task = lists.tasks().read(at, new Place(name, pointer, Locals.NONE, List.of(), false));
        open.remove(name);
        task.ifPresentOrElse(it -> functions.put(name, it), () -> failed.add(name));
        return task;
    }

    private void extension(Node item, int index) {
        Optional<Single> single = Single.of(item);
        if (single.isEmpty()) {
            problems.add(item, item.described(), "one name with its extension");
            return;
        }
        String name = single.get().name();
        Fields fields = Fields.of(single.get().value(), problems);
        String pointer = "/use/extensions/" + index + "/" + Place.escaped(name);
        Optional<String> kind = fields.required("extend").text();
        kind.filter(it -> !EXTENDABLE.contains(it))
                .ifPresent(it -> problems.addUnknown(
                        fields.required("extend").node("").orElseThrow(), "kind of task", it, EXTENDABLE));
        Optional<Jq> when = fields.optional("when")
                .node("an expression")
                .flatMap(at -> reading.expressions().jq(at, Locals.NONE.input()));
        List<Task> before = tasks(fields, "before", pointer);
        List<Task> after = tasks(fields, "after", pointer);
        fields.close();
        kind.ifPresent(it -> extensions.add(new Extending(it, new Extension(name, when.orElse(null), before, after))));
    }

    private List<Task> tasks(Fields fields, String key, String pointer) {
        return fields.optional(key)
                        .node("a list of tasks")
                        .map(at -> emptyList(at))
                        .orElse(true)
                ? List.of()
                : lists.sequence(fields.optional(key), pointer + "/" + key, Locals.NONE, false);
    }

    private static boolean emptyList(Node at) {
        return at instanceof Sequence sequence && sequence.items().isEmpty();
    }

    /** Returns what extends tasks of a kind. */
    List<Extension> extensions(String kind) {
        boolean composite = kind.equals("do") || kind.equals("fork");
        return extensions.stream()
                .filter(it -> it.kind().equals("all")
                        || it.kind().equals(kind)
                        || composite && it.kind().equals("composite"))
                .map(Extending::extension)
                .toList();
    }
}
