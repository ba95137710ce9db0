package dev.weft.filter.cel;

import dev.weft.config.Location;
import dev.weft.config.Problem;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.event.MeshEvent;
import dev.weft.event.Projection;
import dev.weft.filter.Events;
import java.util.List;
import java.util.Map;

/** Expressions and events of the tests. */
final class Cel {

    static final String ORDER = """
            {"orderId": "4711", "amount": 120, "price": 12.5, "express": true, "note": null, "large": 1e400,
             "huge": 12345678901234567890, "customer": {"name": "Ann", "tags": ["new", "eu"]},
             "items": [{"sku": "a", "count": 1}, {"sku": "b", "count": 3}], "empty": {}}
            """;

    private static final Map<String, String> ATTRIBUTES = Map.of(
            "type", "shop.order.placed",
            "source", "/shop",
            "id", "e1",
            "time", "2026-01-05T09:30:00+01:00",
            "region", "eu",
            "tier", "3");

    private Cel() {}

    static CelExpression condition(String text) {
        Problems problems = new Problems();
        return CelExpression.condition(scalar(text), problems)
                .orElseThrow(() -> new AssertionError(problems.inReadingOrder()));
    }

    static CelExpression value(String text) {
        Problems problems = new Problems();
        return CelExpression.value(text, scalar(text), problems)
                .orElseThrow(() -> new AssertionError(problems.inReadingOrder()));
    }

    /** Returns what is wrong with a condition, one line each, without the place in the file. */
    static List<String> mistakes(String text) {
        Problems problems = new Problems();
        CelExpression.condition(scalar(text), problems);
        return problems.inReadingOrder().stream()
                .map(Problem::message)
                .map(message -> message.replaceFirst("^job.yaml:3:9: \\$.when: ", ""))
                .toList();
    }

    private static Scalar scalar(String text) {
        return new Scalar(new Location("job.yaml", 3, 9), "$.when", text, text);
    }

    /** Returns what the expression says of the event, reading no more of its payload than is asked for. */
    static CelAnswer ask(CelExpression expression, MeshEvent event) {
        return expression.ask(
                event, event.read(Projection.of(expression.wantedPaths())).root());
    }

    static MeshEvent order() {
        return with(ORDER);
    }

    static MeshEvent with(String payload) {
        return Events.of("orders", ATTRIBUTES, "application/json", payload);
    }

    static MeshEvent withoutPayload() {
        return Events.of("orders", ATTRIBUTES, null, null);
    }
}
