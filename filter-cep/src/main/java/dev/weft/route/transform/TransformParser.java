package dev.weft.route.transform;

import dev.weft.config.Fields;
import dev.weft.config.Mapping;
import dev.weft.config.Nearest;
import dev.weft.config.Node;
import dev.weft.config.Problem;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.event.AttributeRules;
import dev.weft.route.transform.jsonata.JsonataExpression;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads transforms in the language of {@code docs/transforms.md}. */
public final class TransformParser {

    private static final String NAME = "an attribute's name: lower-case letters and digits";
    private static final String JSON = "application/json";
    private static final String TEXT = "text/plain";
    private static final List<String> SETTABLE = List.of("id", "source", "type", "subject", "time", "dataschema");
    private static final Set<String> FOLLOWS = Set.of("specversion", "datacontenttype");

    /** The keys of which one may say what the payload becomes. */
    private static final List<String> PAYLOADS = List.of("data", "text", "jsonata");

    private static final List<String> MISSING =
            Stream.of(Missing.values()).map(TransformParser::nameOf).toList();

    private final Problems problems;

    private TransformParser(Problems problems) {
        this.problems = problems;
    }

    /** Returns the transform that {@code at} writes; nothing if there was a mistake, each of which is a problem. */
    public static Optional<Transform> parse(Node at, Problems problems) {
        int before = problems.count();
        Transform transform = new TransformParser(problems).read(Fields.of(at, problems));
        return problems.count() > before ? Optional.empty() : Optional.of(transform);
    }

    private Transform read(Fields fields) {
        int before = problems.count();
        Map<String, TextTemplate> set =
                fields.optional("set").fields().map(this::set).orElse(Map.of());
        List<Scalar> remove =
                fields.optional("remove").texts("one attribute's name").orElse(List.of());
        remove.forEach(name -> checkRemoved(name, set));
        Optional<Node> data = fields.optional("data").node("a JSON template");
        Optional<Node> text = fields.optional("text").node("a text template");
        Optional<Node> jsonata = fields.optional("jsonata").node("a JSONata expression");
        Optional<String> contentType = fields.optional("contentType")
                .parsed(
                        "a media type, such as text/plain",
                        type -> Optional.of(type).filter(it -> AttributeRules.faultOf("datacontenttype", it) == null));
        Missing missing = fields.optional("missing")
                .node(Nearest.list(MISSING))
                .flatMap(this::missing)
                .orElse(Missing.OMIT);
        checkTogether(fields, contentType);
        fields.close();
        if (problems.count() == before
                && set.isEmpty()
                && remove.isEmpty()
                && PAYLOADS.stream().noneMatch(fields::has)) {
            problems.add(
                    fields.node(), "nothing that changes an event", "at least one of set, remove, data, text, jsonata");
        }
        Optional<PayloadTemplate> payload = data.flatMap(at -> ofJson(at, contentType))
                .or(() -> text.flatMap(at -> ofText(at, contentType)))
                .or(() -> jsonata.flatMap(at -> ofJsonata(at, contentType)));
        return new Transform(set, remove.stream().map(Scalar::text).toList(), payload.orElse(null), missing);
    }

    private void checkTogether(Fields fields, Optional<String> contentType) {
        List<String> payloads = PAYLOADS.stream().filter(fields::has).toList();
        for (String second : payloads.subList(Math.min(1, payloads.size()), payloads.size())) {
            problems.add(
                    fields.keyAt(second),
                    fields.path(second),
                    second + " beside " + payloads.get(0),
                    "one of data, text and jsonata");
        }
        if (payloads.isEmpty() && fields.has("contentType")) {
            problems.add(
                    fields.keyAt("contentType"),
                    fields.path("contentType"),
                    "contentType without a payload",
                    "data, text or jsonata beside it");
        }
        contentType.ifPresent(type -> checkFits(fields, type));
    }

    private void checkFits(Fields fields, String contentType) {
        boolean json = AttributeRules.isJson(contentType);
        boolean makesJson = fields.has("data") || fields.has("jsonata");
        if (makesJson && !json || fields.has("text") && !makesJson && json) {
            problems.add(
                    fields.keyAt("contentType"),
                    fields.path("contentType"),
                    "\"" + contentType + "\" for " + (json ? "text" : fields.has("data") ? "data" : "jsonata"),
                    json ? "data, which is always valid JSON" : "a JSON content type, or text");
        }
    }

    private Map<String, TextTemplate> set(Fields fields) {
        Map<String, TextTemplate> set = new LinkedHashMap<>();
        if (fields.members().isEmpty()) {
            problems.add(fields.node(), fields.node().described(), "at least one attribute with its new value");
        }
        for (Map.Entry<String, Node> member : fields.members()) {
            String name = member.getKey();
            checkSet(fields, name);
            Node at = member.getValue();
            if (at instanceof Scalar scalar && scalar.value() instanceof String) {
                TextTemplateReader.read(scalar, problems).ifPresent(template -> {
                    checkConstant(scalar, name, template);
                    set.put(name, template);
                });
            } else {
                problems.add(
                        at,
                        at.described(),
                        "text" + (at instanceof Scalar s && s.value() != null ? ", in quotes" : ""));
            }
        }
        return set;
    }

    private void checkSet(Fields fields, String name) {
        if (FOLLOWS.contains(name)) {
            problems.add(
                    fields.keyAt(name),
                    fields.path(name),
                    "the attribute " + name,
                    name.equals("specversion") ? "another: it is always 1.0" : "contentType beside data or text");
        } else if (!AttributeRules.isName(name)) {
            boolean data = name.equals("data");
            problems.add(new Problem(
                    fields.keyAt(name),
                    fields.path(name),
                    "\"" + name + "\"",
                    data ? "an attribute; the payload is replaced by data beside set" : NAME,
                    data ? Optional.empty() : nearest(name)));
        }
    }

    /** Any name could be that of an extension, if only it were lower case. */
    private static Optional<String> nearest(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return Nearest.to(name, SETTABLE).or(() -> Optional.of(lower).filter(AttributeRules::isName));
    }

    private void checkConstant(Scalar at, String name, TextTemplate template) {
        boolean checked = template.isConstant() && AttributeRules.isName(name) && !FOLLOWS.contains(name);
        String fault = checked ? AttributeRules.faultOf(name, template.constant()) : null;
        if (fault != null) {
            problems.add(at, at.described() + ", which " + fault, "a value the attribute " + name + " can have");
        }
    }

    private void checkRemoved(Scalar at, Map<String, TextTemplate> set) {
        String name = at.text();
        if (!AttributeRules.isName(name)) {
            problems.add(new Problem(at.at(), at.path(), at.described(), NAME, nearest(name)));
        } else if (AttributeRules.REQUIRED.contains(name) || FOLLOWS.contains(name)) {
            problems.add(
                    at,
                    "the attribute " + name,
                    name.equals("datacontenttype")
                            ? "another: it says what the payload is"
                            : "another: every event has it");
        } else if (set.containsKey(name)) {
            problems.add(at, "the attribute " + name + ", which is set too", "an attribute to be set or removed once");
        }
    }

    private Optional<PayloadTemplate> ofJson(Node at, Optional<String> contentType) {
        if (at instanceof Scalar scalar
                && scalar.value() == null
                && scalar.text().isEmpty()) {
            problems.add(at, "nothing", "a JSON template; null if the payload is to be null");
        }
        var reader = new JsonTemplateReader<>(scalar -> TextTemplateReader.read(scalar, problems), this::checkMember);
        return Optional.of(new PayloadTemplate.OfJson(contentType.orElse(JSON), reader.read(at)));
    }

    private void checkMember(Mapping mapping, String name) {
        if (name.contains("${")) {
            problems.add(
                    mapping.keyAt(name),
                    Mapping.memberPath(mapping.path(), name),
                    "the name \"" + name + "\"",
                    "a name without ${: variables stand in values");
        }
    }

    private Optional<PayloadTemplate> ofText(Node at, Optional<String> contentType) {
        if (at instanceof Scalar scalar && scalar.value() instanceof String) {
            return TextTemplateReader.read(scalar, problems)
                    .map(template -> new PayloadTemplate.OfText(contentType.orElse(TEXT), template));
        }
        boolean quoted = at instanceof Scalar scalar && scalar.value() != null;
        problems.add(at, at.described(), "a text template" + (quoted ? ", in quotes" : ""));
        return Optional.empty();
    }

    /** The expression's value is the payload as a variable's is that stands alone. */
    private Optional<PayloadTemplate> ofJsonata(Node at, Optional<String> contentType) {
        return JsonataExpression.parse(at, problems).map(expression -> {
            TextTemplate.Part value = new TextTemplate.Gap(new Variable.OfJsonata(expression));
            return new PayloadTemplate.OfJson(
                    contentType.orElse(JSON),
                    new JsonTemplate.Text<>(new TextTemplate(expression.text(), List.of(value))));
        });
    }

    /** YAML takes the word null for a value of its own. */
    private Optional<Missing> missing(Node at) {
        if (at instanceof Scalar scalar && (scalar.value() instanceof String || scalar.value() == null)) {
            for (Missing each : Missing.values()) {
                if (nameOf(each).equals(scalar.text())) {
                    return Optional.of(each);
                }
            }
        }
        String found = at instanceof Scalar scalar && scalar.value() instanceof String ? scalar.text() : "";
        problems.add(
                new Problem(at.at(), at.path(), at.described(), Nearest.list(MISSING), Nearest.to(found, MISSING)));
        return Optional.empty();
    }

    private static String nameOf(Missing missing) {
        return missing.name().toLowerCase(Locale.ROOT);
    }
}
