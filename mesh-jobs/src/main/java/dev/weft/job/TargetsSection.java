package dev.weft.job;

import dev.weft.config.Fields;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.delivery.Target;
import dev.weft.delivery.Terms;
import dev.weft.delivery.TermsReader;
import dev.weft.http.HttpSettings;
import dev.weft.http.HttpSettingsReader;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code spec.targets}. */
final class TargetsSection {

    private static final int FEW = 1;

    private final Channels channels;
    private final Problems problems;
    private final Set<String> names = new LinkedHashSet<>();
    private final List<Target> readable = new ArrayList<>();

    TargetsSection(Channels channels, Problems problems) {
        this.channels = channels;
        this.problems = problems;
    }

    /** Reads all targets. */
    TargetsSection read(Fields fields) {
        for (Map.Entry<String, Node> member : fields.members()) {
            String name = member.getKey();
            names.add(name);
            String path = member.getValue().path();
            if (!Names.isName(name)) {
                problems.add(fields.keyAt(name), path, "the target's name \"" + name + "\"", Names.NAME);
            } else if (channels.names().contains(name)) {
                problems.add(
                        fields.keyAt(name),
                        path,
                        "the target's name \"" + name + "\", which is a channel's",
                        "a name of its own: routes name both alike");
            }
            target(name, member.getValue()).ifPresent(readable::add);
        }
        return this;
    }

    private Optional<Target> target(String name, Node at) {
        int before = problems.count();
        Fields fields = Fields.of(at, problems);
        Optional<HttpSettings> http =
                fields.required("http").fields().flatMap(members -> HttpSettingsReader.read(members, problems));
        Terms terms = TermsReader.read(
                name, fields, http.map(HttpSettings::concurrency).orElse(FEW), problems);
        Optional<String> replyTo = fields.optional("replyTo")
                .node("the name of a channel")
                .flatMap(channel -> channels.target(channel, problems));
        fields.close();
        return problems.count() > before
                ? Optional.empty()
                : http.map(settings -> new Target(settings, terms, replyTo.orElse(null)));
    }

    /** Returns all names, also of targets that could not be read: naming one of those is no further mistake. */
    Set<String> names() {
        return names;
    }

    /** Returns the targets without a mistake, in the order of the file. */
    List<Target> inOrder() {
        return List.copyOf(readable);
    }
}
