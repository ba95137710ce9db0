package dev.weft.job.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.config.Checked;
import dev.weft.config.Fields;
import dev.weft.config.Location;
import dev.weft.config.Node;
import dev.weft.config.NodeJson;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.config.Substitution;
import dev.weft.config.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Renders a folder as {@code kubectl kustomize} does, for the fields our manifests have: {@code resources},
 * {@code components} and {@code patches} with a file each, and their {@code target}. Any other field is a mistake, so
 * that nothing is passed over which kustomize would do.
 */
public final class Kustomization {

    private static final String FILE = "kustomization.yaml";
    private static final String GROUP = "kustomize.config.k8s.io/";

    private final Problems problems = new Problems();

    private Kustomization() {}

    /** Returns the objects of a folder in the order of its resources, or every mistake that was found. */
    public static Checked<List<Manifest>> render(Path folder) {
        return render(folder, List.of());
    }

    /** As {@link #render(Path)}, with the components of other folders laid over it. */
    public static Checked<List<Manifest>> render(Path folder, List<Path> components) {
        Kustomization reading = new Kustomization();
        List<Manifest> rendered = reading.folder(folder, new ArrayList<>());
        for (Path component : components) {
            rendered = reading.folder(component, rendered);
        }
        List<Manifest> all = rendered;
        return Checked.of(reading.problems, () -> List.copyOf(all));
    }

    /** Adds what a folder has to what is there, and patches all of it. */
    private List<Manifest> folder(Path folder, List<Manifest> there) {
        List<Manifest> manifests = new ArrayList<>(there);
        Optional<Node> root = read(folder.resolve(FILE));
        if (root.isEmpty()) {
            return manifests;
        }
        Fields fields = Fields.of(root.get(), problems);
        Optional<String> version = fields.required("apiVersion")
                .parsed(
                        GROUP + "v1beta1 or " + GROUP + "v1alpha1",
                        text -> Optional.of(text).filter(it -> it.startsWith(GROUP)));
        Optional<String> kind = fields.required("kind")
                .parsed(
                        "Kustomization or Component",
                        text -> Optional.of(text).filter(it -> it.equals("Kustomization") || it.equals("Component")));
        for (Scalar resource :
                fields.optional("resources").texts("a file or a folder").orElse(List.of())) {
            Path path = folder.resolve(resource.text()).normalize();
            List<Manifest> added = Files.isDirectory(path) ? folder(path, List.of()) : file(path);
            added.forEach(manifest -> add(manifests, manifest, resource));
        }
        List<Manifest> patched = manifests;
        for (Scalar component : fields.optional("components").texts("a folder").orElse(List.of())) {
            patched = folder(folder.resolve(component.text()).normalize(), patched);
        }
        for (Node patch : fields.optional("patches").items("a patch").orElse(List.of())) {
            patched = patched(folder, patch, patched);
        }
        fields.close();
        return version.isPresent() && kind.isPresent() ? patched : manifests;
    }

    private void add(List<Manifest> manifests, Manifest added, Scalar at) {
        if (manifests.stream().anyMatch(added::isSame)) {
            problems.add(at, at.described() + ", whose " + added + " is there already", "each object once");
        }
        manifests.add(added);
    }

    private List<Manifest> file(Path path) {
        return read(path).flatMap(root -> object(root)).map(Manifest::new).stream()
                .toList();
    }

    private Optional<ObjectNode> object(Node root) {
        if (NodeJson.of(root) instanceof ObjectNode object) {
            return Optional.of(object);
        }
        problems.add(root, root.described(), "one object of Kubernetes");
        return Optional.empty();
    }

    private List<Manifest> patched(Path folder, Node at, List<Manifest> manifests) {
        Fields fields = Fields.of(at, problems);
        Optional<Node> patch = fields.required("path").text().flatMap(path -> read(folder.resolve(path)));
        Optional<Predicate<Manifest>> target =
                fields.optional("target").fields().map(Kustomization::target);
        fields.close();
        if (patch.isEmpty()) {
            return manifests;
        }
        JsonNode wanted = NodeJson.of(patch.get());
        Predicate<Manifest> patches = target.orElseGet(
                () -> manifest -> wanted instanceof ObjectNode object && manifest.isSame(new Manifest(object)));
        List<Manifest> patched = new ArrayList<>();
        int matched = 0;
        for (Manifest manifest : manifests) {
            if (patches.test(manifest)) {
                matched++;
                patched(manifest, wanted, patch.get()).ifPresent(patched::add);
            } else {
                patched.add(manifest);
            }
        }
        if (matched == 0) {
            problems.add(at, "a patch that nothing matches", "an object of that kind and name");
        }
        return patched;
    }

    private Optional<Manifest> patched(Manifest manifest, JsonNode patch, Node at) {
        try {
            return patch instanceof ArrayNode operations
                    ? Optional.of(JsonPatch.over(manifest, operations))
                    : StrategicMerge.over(manifest, (ObjectNode) patch);
        } catch (IllegalArgumentException e) {
            problems.add(at, e.getMessage() + " (" + manifest + ")", "a patch that fits");
            return Optional.of(manifest);
        }
    }

    private static Predicate<Manifest> target(Fields fields) {
        Optional<String> group = fields.optional("group").text();
        Optional<String> kind = fields.optional("kind").text();
        Optional<String> name = fields.optional("name").text();
        fields.close();
        return manifest -> group.map(manifest.group()::equals).orElse(true)
                && kind.map(manifest.kind()::equals).orElse(true)
                && name.map(manifest.name()::equals).orElse(true);
    }

    private Optional<Node> read(Path path) {
        try {
            return YamlReader.read(path.toString(), Files.readString(path), Substitution.none(), problems);
        } catch (IOException e) {
            problems.add(
                    new Location(path.toString(), 1, 1),
                    "$",
                    "what cannot be read (" + e.getClass().getSimpleName() + ")",
                    "a file of YAML");
            return Optional.empty();
        }
    }
}
