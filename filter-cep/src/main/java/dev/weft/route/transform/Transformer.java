package dev.weft.route.transform;

import com.fasterxml.jackson.databind.node.MissingNode;
import dev.weft.event.AttributeRules;
import dev.weft.event.EventDraft;
import dev.weft.event.MeshEvent;
import dev.weft.event.PayloadReading;
import dev.weft.event.Projection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes new events as one {@link Transform} says. Of the payload it reads only what variables name, once for each
 * event, and nothing if none does. Safe to share between threads.
 */
public final class Transformer {

    private static final PayloadReading NOTHING = new PayloadReading(MissingNode.getInstance(), null);

    private final Transform transform;
    private final int maxBytes;

    /** The first variable that asks the payload, and what all of them ask for; null if none does. */
    private final @Nullable Variable first;

    private final Projection wanted;

    /**
     * Makes a transformer.
     *
     * @param maxBytes the most bytes of key, headers and value together that a new event may have
     */
    public Transformer(Transform transform, int maxBytes) {
        this.transform = transform;
        this.maxBytes = maxBytes;
        List<Variable> asking = new ArrayList<>();
        transform.eachVariable(variable -> {
            if (!variable.wantedPaths().isEmpty()) {
                asking.add(variable);
            }
        });
        this.first = asking.isEmpty() ? null : asking.get(0);
        this.wanted = Projection.of(asking.stream()
                .flatMap(variable -> variable.wantedPaths().stream())
                .toList());
    }

    /** Returns the new event, or why there is none. The event it is made of stays as it is. */
    public Transformed apply(MeshEvent event) {
        try {
            PayloadReading reading = first == null ? NOTHING : event.read(wanted);
            if (first != null && reading.damage() != null) {
                throw new TransformFailure(first.written() + " cannot be read: " + reading.damage());
            }
            return new Transformed.Done(made(event, new Filling(event, reading.root(), transform.missing(), maxBytes)));
        } catch (TransformFailure e) {
            return new Transformed.Failed(e.detail());
        }
    }

    private MeshEvent made(MeshEvent event, Filling filling) throws TransformFailure {
        EventDraft draft = EventDraft.of(event);
        PayloadTemplate payload = transform.payload();
        if (payload != null) {
            payload.fill(draft, filling);
        }
        transform.remove().forEach(draft::remove);
        for (Map.Entry<String, TextTemplate> attribute : transform.set().entrySet()) {
            set(draft, attribute.getKey(), attribute.getValue(), filling);
        }
        MeshEvent made = draft.finish();
        if (made.wire().size() > maxBytes) {
            throw new TransformFailure(
                    "the new event has " + made.wire().size() + " bytes; at most " + maxBytes + " are written");
        }
        return made;
    }

    private static void set(EventDraft draft, String name, TextTemplate template, Filling filling)
            throws TransformFailure {
        String text = template.attribute(filling);
        String fault = text != null
                ? AttributeRules.faultOf(name, text)
                : AttributeRules.REQUIRED.contains(name) ? "would be missing" : null;
        if (fault != null) {
            throw new TransformFailure("the attribute " + name + " " + fault + "; it is made of " + template.written());
        }
        if (text == null) {
            draft.remove(name);
        } else {
            draft.set(name, text);
        }
    }
}
