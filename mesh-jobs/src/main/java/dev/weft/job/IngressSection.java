package dev.weft.job;

import dev.weft.config.Field;
import dev.weft.config.Fields;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.filter.Rule;
import dev.weft.filter.SelectionReader;
import dev.weft.function.FunctionType;
import dev.weft.route.transform.EventValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code spec.ingress}: which events become messages for functions. */
final class IngressSection {

    private static final String ID = "the value that is the functions' id, such as data.cartId";

    private final Channels channels;
    private final FunctionsSection functions;
    private final Optional<String> deadLetter;
    private final Problems problems;
    private final UniqueNames names;
    private final List<Circles.Leg> legs = new ArrayList<>();

    IngressSection(Channels channels, FunctionsSection functions, Optional<String> deadLetter, Problems problems) {
        this.channels = channels;
        this.functions = functions;
        this.deadLetter = deadLetter;
        this.problems = problems;
        this.names = new UniqueNames(problems);
    }

    /**
     * Reads all of them.
     *
     * @param written where the channels stand that functions write to: whatever comes in may lead there
     */
    List<Ingress> read(List<Node> items, List<Scalar> written) {
        List<Ingress> read = new ArrayList<>();
        for (Node item : items) {
            ingress(Fields.of(item, problems), written).ifPresent(read::add);
        }
        return read;
    }

    private Optional<Ingress> ingress(Fields fields, List<Scalar> written) {
        int before = problems.count();
        Optional<String> name = names.read(fields.required("name"));
        fields.optional("description").text();
        List<String> from = fields.required("from").texts("one channel's name").orElse(List.of()).stream()
                .filter(this::isReadable)
                .map(Scalar::text)
                .toList();
        Rule where = SelectionReader.read(fields, problems);
        List<FunctionType> to = fields.required("to").texts("one function's type").orElse(List.of()).stream()
                .flatMap(at -> functions.named(at).stream())
                .toList();
        Optional<EventValue> id = fields.required("id").node(ID).flatMap(at -> EventValue.parse(at, problems));
        boolean whole = isWhole(fields);
        Optional<String> valueType = valueType(fields, whole);
        fields.close();
        legs.add(new Circles.Leg("ingress", name.orElse("an ingress without a name"), from, written));
        return problems.count() > before
                ? Optional.empty()
                : Optional.of(
                        new Ingress(name.orElseThrow(), from, where, to, id.orElseThrow(), valueType.orElse(null)));
    }

    private boolean isWhole(Fields fields) {
        return fields.optional("as").oneOf(Argument.class).orElse(Argument.EVENT) == Argument.EVENT;
    }

    private Optional<String> valueType(Fields fields, boolean whole) {
        if (whole && fields.has("valueType")) {
            problems.add(
                    fields.keyAt("valueType"),
                    fields.path("valueType"),
                    "valueType for whole events",
                    "as: payload beside it: a whole event is of type " + Ingress.EVENT);
        }
        Field field = whole ? fields.optional("valueType") : fields.required("valueType");
        return field.parsed(FunctionNames.VALUE_TYPE, FunctionNames::type).map(FunctionType::toString);
    }

    /** What a function is given of an event. */
    private enum Argument {
        EVENT,
        PAYLOAD
    }

    private boolean isReadable(Scalar at) {
        channels.refuseDeadLetter(at, deadLetter, problems);
        return channels.named(at, problems).isPresent();
    }

    /** Returns from where to where they lead that were read. */
    List<Circles.Leg> legs() {
        return legs;
    }
}
