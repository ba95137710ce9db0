package dev.weft.filter;

import dev.weft.event.Projection;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The fields that rules ask about, attributes and those of the payload, each with a number. Immutable; a field keeps
 * its number in all that come {@link #with} more, so what was compiled with the one can be walked with the other.
 */
final class AskedFields {

    static final AskedFields NONE = new AskedFields(Map.of(), Map.of(), Set.of());

    private final Map<String, Integer> attributes;
    private final Map<List<String>, Integer> paths;

    /** What residuals read of the payload by themselves. */
    private final Set<List<String>> unnumbered;

    /** By their numbers; null where the number is that of a field of the payload. */
    private final @Nullable String[] attributeNames;

    private final PayloadFields payload;
    private final Projection wanted;

    private AskedFields(
            Map<String, Integer> attributes, Map<List<String>, Integer> paths, Set<List<String>> unnumbered) {
        this.attributes = attributes;
        this.paths = paths;
        this.unnumbered = unnumbered;
        this.attributeNames = new String[attributes.size() + paths.size()];
        attributes.forEach((name, number) -> attributeNames[number] = name);
        this.payload = PayloadFields.of(paths);
        this.wanted = Projection.of(
                Stream.concat(paths.keySet().stream(), unnumbered.stream()).toList());
    }

    /** Returns these and all that the rules ask about. */
    AskedFields with(Collection<Rule> rules) {
        Draft draft = new Draft();
        rules.forEach(rule -> rule.conjunctions().forEach(draft::add));
        return draft.isEmpty() ? this : draft.finish();
    }

    /** Fields that are not among these. */
    private final class Draft {
        private final Set<String> newAttributes = new LinkedHashSet<>();
        private final Set<List<String>> newPaths = new LinkedHashSet<>();
        private final Set<List<String>> newUnnumbered = new LinkedHashSet<>();

        void add(Conjunction conjunction) {
            for (AttributeTest test : conjunction.attributes()) {
                if (!attributes.containsKey(test.name())) {
                    newAttributes.add(test.name());
                }
            }
            for (FieldTree.Leaf leaf : conjunction.leaves()) {
                if (!paths.containsKey(leaf.path())) {
                    newPaths.add(leaf.path());
                }
            }
            for (Residual residual : conjunction.residuals()) {
                residual.wantedPaths().stream()
                        .filter(path -> !unnumbered.contains(path))
                        .forEach(newUnnumbered::add);
            }
        }

        boolean isEmpty() {
            return newAttributes.isEmpty() && newPaths.isEmpty() && newUnnumbered.isEmpty();
        }

        AskedFields finish() {
            Map<String, Integer> allAttributes = new LinkedHashMap<>(attributes);
            newAttributes.forEach(name -> allAttributes.put(name, allAttributes.size() + paths.size()));
            Map<List<String>, Integer> allPaths = new LinkedHashMap<>(paths);
            newPaths.forEach(path -> allPaths.put(path, allAttributes.size() + allPaths.size()));
            newUnnumbered.addAll(unnumbered);
            return new AskedFields(allAttributes, allPaths, newUnnumbered);
        }
    }

    int count() {
        return attributeNames.length;
    }

    /** Returns the number of an attribute, which some rule asked about. */
    int ofAttribute(String name) {
        return numberIn(attributes, name);
    }

    /** Returns the number of a field of the payload, which some rule asked about. */
    int ofPayload(List<String> path) {
        return numberIn(paths, path);
    }

    private static <K> int numberIn(Map<K, Integer> numbers, K key) {
        Integer number = numbers.get(key);
        if (number == null) {
            throw new IllegalArgumentException("no rule asked about " + key);
        }
        return number;
    }

    /** Returns the name of the attribute of that number, or null if the number is that of a field of the payload. */
    @Nullable
    String attribute(int number) {
        return attributeNames[number];
    }

    /** Returns the names of all fields by their numbers, as rules write them from the event's root. */
    String[] names() {
        String[] names = new String[count()];
        attributes.forEach((name, number) -> names[number] = name);
        paths.forEach((path, number) -> names[number] = path.isEmpty() ? "data" : "data." + FieldPath.join(path));
        return names;
    }

    /** Returns the fields of the payload as a tree of names. */
    PayloadFields payload() {
        return payload;
    }

    /** Returns what is to be read of a payload. */
    Projection wanted() {
        return wanted;
    }
}
