package dev.weft.job.imports;

import dev.weft.config.Checked;
import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.config.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Imports Triggers of Knative Eventing from Kubernetes manifests: each becomes a route from its broker's channel to one
 * named after its subscriber.
 */
public final class KnativeImport {

    private static final String GROUP = "eventing.knative.dev/";

    private final Notes notes = new Notes();
    private final Problems problems = new Problems();
    private final FreshNames names = new FreshNames();
    private final ImportedChannels channels;
    private final List<ImportedRoute> routes = new ArrayList<>();

    private KnativeImport(Ends ends) {
        this.channels = new ImportedChannels(ends);
    }

    /** Returns the routes that say what the Triggers in {@code files} say, or every mistake in them. */
    public static Checked<Imported> read(List<SourceFile> files, Ends ends) {
        return new KnativeImport(ends).read(files);
    }

    private Checked<Imported> read(List<SourceFile> files) {
        for (SourceFile file : files) {
            file.documents(problems).forEach(this::manifest);
        }
        return Checked.of(
                problems, () -> new Imported("Knative Eventing", routes, channels.all(), notes.inReadingOrder()));
    }

    private void manifest(Node at) {
        String kind =
                at instanceof Mapping mapping && mapping.get("kind") instanceof Scalar scalar ? scalar.text() : "";
        String version = at instanceof Mapping mapping && mapping.get("apiVersion") instanceof Scalar scalar
                ? scalar.text()
                : "";
        boolean knative = version.startsWith(GROUP);
        if (kind.isEmpty() || version.isEmpty()) {
            problems.add(at, "no manifest of Kubernetes", "apiVersion and kind, such as those of a Trigger");
        } else if (kind.equals("List") && at instanceof Mapping list && list.get("items") instanceof Sequence items) {
            items.items().forEach(this::manifest);
        } else if (knative && kind.equals("Trigger")) {
            KnativeTrigger.read(at, notes, problems).ifPresent(this::route);
        } else if (knative && kind.equals("EventTransform")) {
            notes.lost(
                    at,
                    "an EventTransform: its JSONata makes a whole event, and Weft's the payload of one; write it as a"
                            + " route's transform: { set: {...}, jsonata: ... }");
        } else {
            notes.changed(at, "left aside, as it is no Trigger: a " + kind);
        }
    }

    private void route(KnativeTrigger trigger) {
        String broker = trigger.broker();
        String where = trigger.namespace().isEmpty() ? broker : trigger.namespace() + "/" + broker;
        String topic = trigger.namespace().isEmpty() ? broker : "knative-broker-" + trigger.namespace() + "-" + broker;
        String from = channels.from(where, topic, "the broker " + where);
        String to = channels.to(
                FreshNames.form(trigger.subscriber().name()),
                trigger.subscriber().shown());
        String delivery = trigger.delivery().isEmpty() ? "" : ", with delivery (" + trigger.delivery() + ")";
        notes.open(
                trigger.at(),
                "events are written to the channel " + to + "; what carries them to "
                        + trigger.subscriber().shown() + delivery
                        + ", and its replies back, is yours: Weft delivers to Kafka topics");
        routes.add(new ImportedRoute(
                names.take(trigger.name()),
                "Knative Trigger " + (trigger.namespace().isEmpty() ? "" : trigger.namespace() + "/") + trigger.name(),
                "",
                from,
                trigger.selects(),
                Placed.at(trigger.at()).mapping(Map.of()),
                List.of(to)));
    }
}
