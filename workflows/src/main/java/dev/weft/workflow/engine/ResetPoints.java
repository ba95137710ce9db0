package dev.weft.workflow.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the outermost tasks had when the flow came to them first, so that it can go back there. That of the newest task
 * is always kept, as it costs nothing; more of them where the document's metadata ask for it.
 */
final class ResetPoints {

    /** The key of a document's metadata that says how many are kept. */
    static final String METADATA = "resetPoints";

    private final List<Point> points = new ArrayList<>(1);

    record Point(Op op, JsonNode data, JsonNode context) {}

    void reached(Op op, JsonNode data, JsonNode context, int most) {
        if (at(op) != null) {
            return;
        }
        if (points.size() >= most) {
            points.remove(0);
        }
        points.add(new Point(op, data, context));
    }

    @Nullable
    Point at(Op op) {
        for (Point point : points) {
            if (point.op() == op) {
                return point;
            }
        }
        return null;
    }

    List<String> pointers() {
        return points.stream().map(point -> point.op().pointer).toList();
    }

    void write(InstanceWriter out) {
        out.number(points.size());
        for (Point point : points) {
            out.op(point.op());
            out.json(point.data());
            out.json(point.context());
        }
    }

    void read(InstanceReader in) throws InstanceUnreadable {
        for (int left = in.size(); left > 0; left--) {
            Op op = in.opIfItIsThere();
            JsonNode data = in.json();
            JsonNode context = in.json();
            if (op != null) {
                points.add(new Point(op, data, context));
            }
        }
    }
}
