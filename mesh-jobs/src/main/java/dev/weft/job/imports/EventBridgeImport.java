package dev.weft.job.imports;

import dev.weft.config.Checked;
import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.job.imports.EventBridgeTarget.Delivery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Imports rules of Amazon EventBridge, as AWS's command line prints them and CloudFormation takes them: the event
 * pattern becomes the {@code where} of a route, each target a channel, and an input transformer a transform.
 */
public final class EventBridgeImport {

    private final Envelope envelope;
    private final Notes notes = new Notes();
    private final Problems problems = new Problems();
    private final FreshNames names = new FreshNames();
    private final ImportedChannels channels;
    private final List<ImportedRoute> routes = new ArrayList<>();

    private EventBridgeImport(Envelope envelope, Ends ends) {
        this.envelope = envelope;
        this.channels = new ImportedChannels(ends);
    }

    /** Returns the routes that say what the rules in {@code files} say, or every mistake in them. */
    public static Checked<Imported> read(List<SourceFile> files, Envelope envelope, Ends ends) {
        return new EventBridgeImport(envelope, ends).read(files);
    }

    private Checked<Imported> read(List<SourceFile> files) {
        new EventBridgeFiles(notes, problems).read(files).forEach(this::rule);
        return Checked.of(
                problems, () -> new Imported("Amazon EventBridge", routes, channels.all(), notes.inReadingOrder()));
    }

    private void rule(EventBridgeRule rule) {
        if (rule.pattern() == null) {
            if (rule.schedule() != null) {
                notes.lost(rule.schedule(), "a schedule: Weft routes events and makes none by the clock");
            }
            return;
        }
        if (rule.disabled()) {
            notes.changed(rule.at(), "the rule " + rule.name() + " is disabled, so it is left out");
            return;
        }
        Optional<Mapping> where = pattern(rule, rule.pattern());
        EventBridgeTarget reading = new EventBridgeTarget(rule, envelope, channels, notes, problems);
        List<Delivery> deliveries =
                rule.targets().stream().flatMap(it -> reading.read(it).stream()).toList();
        where.ifPresent(it -> routes(rule, it, deliveries));
    }

    private Optional<Mapping> pattern(EventBridgeRule rule, Node pattern) {
        notes.changed(
                pattern,
                "where EventBridge's fields are in the CloudEvents: " + envelope.described()
                        + " (choose with --envelope and --map)");
        EventBridgePattern reading = new EventBridgePattern(envelope, notes, problems);
        return pattern instanceof Scalar scalar && scalar.value() instanceof String
                ? new Embedded(rule.file(), scalar).read(problems).flatMap(reading::translate)
                : reading.translate(pattern);
    }

    private void routes(EventBridgeRule rule, Mapping where, List<Delivery> deliveries) {
        Mapping selects = Placed.at(where).only("where", where);
        Map<Mapping, List<String>> byTransform = new LinkedHashMap<>();
        for (Delivery each : deliveries) {
            Mapping key =
                    each.transform().members().isEmpty() ? Placed.at(where).mapping(Map.of()) : each.transform();
            List<String> to = byTransform.computeIfAbsent(key, absent -> new ArrayList<>());
            if (!to.contains(each.channel())) {
                to.add(each.channel());
            }
        }
        if (rule.targets().isEmpty()) {
            String channel = channels.to(FreshNames.form(rule.name()) + "-out", "the targets of " + rule.name());
            notes.open(rule.at(), "no targets are named, so events are written to the channel " + channel);
            byTransform.put(Placed.at(where).mapping(Map.of()), List.of(channel));
        }
        String from = channels.from(
                rule.bus().equals("default") ? "events" : rule.bus(),
                rule.bus().equals("default") ? "events" : rule.bus(),
                "the event bus " + rule.bus());
        byTransform.forEach((transform, to) -> {
            String name = byTransform.size() == 1 ? rule.name() : rule.name() + "-" + to.get(0);
            routes.add(new ImportedRoute(
                    names.take(name),
                    "EventBridge rule " + rule.name(),
                    rule.description(),
                    from,
                    selects,
                    transform,
                    to));
        });
    }
}
