package dev.weft.job;

import dev.weft.config.Fields;
import dev.weft.config.Mapping;
import dev.weft.config.Nearest;
import dev.weft.config.Node;
import dev.weft.config.Problem;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.function.FunctionTerms;
import dev.weft.function.FunctionTermsReader;
import dev.weft.function.FunctionType;
import dev.weft.function.TypePattern;
import dev.weft.function.module.KafkaIngress;
import dev.weft.function.module.ModuleFile;
import dev.weft.function.remote.RemoteEndpoint;
import dev.weft.function.remote.RemoteEndpointReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads {@code spec.functions}: who provides functions, and of which types. */
final class FunctionsSection {

    private static final List<String> KINDS = List.of("class", "discover", "endpoint", "module");
    private static final Pattern CLASS =
            Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$]*(?:\\.[\\p{L}_$][\\p{L}\\p{N}_$]*)*");
    private static final String CLASS_NAME = "the full name of a class, such as com.shop.Cart";

    private final FunctionTypes jars;
    private final ModuleFiles modules;
    private final Problems problems;
    private final List<FunctionProvider> providers = new ArrayList<>();

    /** The functions that are known one by one, with where their provider stands. */
    private final Map<FunctionType, Node> known = new HashMap<>();

    private final Map<TypePattern, Node> patterns = new HashMap<>();

    private final List<KafkaIngress.Topic> topics = new ArrayList<>();
    private final Set<FunctionType> rawEgress = new LinkedHashSet<>();

    /** Whether there are functions of types that only jars tell which nobody looked at. */
    private boolean isOpen;

    FunctionsSection(FunctionTypes jars, ModuleFiles modules, Problems problems) {
        this.jars = jars;
        this.modules = modules;
        this.problems = problems;
    }

    /** Reads all providers. */
    List<FunctionProvider> read(List<Node> items) {
        items.forEach(this::provider);
        for (KafkaIngress.Topic topic : topics) {
            topic.targets().forEach(target -> isProvided(target, "\"" + target + "\"", topic.at()));
        }
        isOpen |= items.isEmpty(); // which is told where the section is missing
        return providers;
    }

    private void provider(Node item) {
        Fields fields = Fields.of(item, problems);
        List<String> said = KINDS.stream().filter(fields::has).toList();
        if (said.size() == 1) {
            switch (said.get(0)) {
                case "class" -> ofClass(fields, item);
                case "discover" -> discovered(fields, item);
                case "endpoint" -> endpoint(fields);
                default -> module(fields);
            }
            fields.close();
        } else {
            isOpen = true;
            if (item instanceof Mapping) {
                String found = said.isEmpty() ? "no provider" : String.join(" and ", said);
                problems.add(item, found, "one of " + String.join(", ", KINDS));
            }
        }
    }

    private void ofClass(Fields fields, Node item) {
        Optional<String> name = fields.required("class")
                .parsed(
                        CLASS_NAME,
                        text -> Optional.of(text).filter(it -> CLASS.matcher(it).matches()));
        FunctionTerms terms = terms(fields);
        name.ifPresentOrElse(
                text -> {
                    providers.add(new FunctionProvider.OfClass(text, terms));
                    Node at = fields.required("class").node(CLASS_NAME).orElse(item);
                    provided(jars.ofClass(text), at);
                },
                () -> isOpen = true);
    }

    private void discovered(Fields fields, Node item) {
        Optional<Boolean> flag = fields.required("discover").flag();
        Node at = fields.required("discover").node("true").orElse(item);
        FunctionTerms terms = terms(fields);
        if (flag.isPresent() && !flag.get()) {
            problems.add(at, at.described(), "true: who provides nothing is left out");
        }
        boolean again = providers.stream().anyMatch(FunctionProvider.Discovered.class::isInstance);
        if (again) {
            problems.add(at, "discover a second time", "it once: it finds all services of all jars");
        }
        providers.add(new FunctionProvider.Discovered(terms));
        provided(jars.discovered(), at);
    }

    private void endpoint(Fields fields) {
        Optional<Fields> members = fields.required("endpoint").fields();
        Optional<RemoteEndpoint> read = members.flatMap(it -> RemoteEndpointReader.read(it, problems));
        if (read.isEmpty()) {
            isOpen = true;
            return;
        }
        Node at = members.flatMap(it -> it.required("functions").node("functions"))
                .orElse(fields.node());
        serve(read.get(), at);
    }

    private void serve(RemoteEndpoint endpoint, Node at) {
        Node before = patterns.putIfAbsent(endpoint.functions(), at);
        if (before != null) {
            problems.add(
                    at,
                    at.described() + " a second time",
                    "one provider for each type: that on line " + before.at().line() + " has them too");
        }
        providers.add(new FunctionProvider.Remote(endpoint));
    }

    private void module(Fields fields) {
        Optional<ModuleFile> read =
                fields.required("module").node(ModuleFiles.PATH).flatMap(modules::read);
        if (read.isEmpty()) {
            isOpen = true;
            return;
        }
        Node at = fields.required("module").node(ModuleFiles.PATH).orElse(fields.node());
        read.get().endpoints().forEach(endpoint -> serve(endpoint, at));
        for (KafkaIngress ingress : read.get().ingresses()) {
            topics.addAll(ingress.topics());
        }
        read.get().egresses().forEach(egress -> rawEgress.add(egress.id()));
    }

    /** Returns which topics the modules read, once all were read. */
    List<RawIngress> raw() {
        return topics.stream()
                .map(topic -> new RawIngress(topic.name(), topic.valueType().toString(), topic.targets()))
                .toList();
    }

    /** Returns the names of the egresses of modules. */
    Set<FunctionType> rawEgress() {
        return rawEgress;
    }

    private FunctionTerms terms(Fields fields) {
        return fields.optional("terms")
                .fields()
                .map(terms -> FunctionTermsReader.read(terms, problems))
                .orElse(FunctionTerms.USUAL);
    }

    private void provided(FunctionTypes.@Nullable Found found, Node at) {
        if (found == null) {
            isOpen = true;
        } else if (found.mistake() != null) {
            isOpen = true;
            problems.add(at, at.described() + ", " + found.mistake(), "a class of the jars that holds functions");
        } else {
            found.types().forEach(type -> provide(type, at));
        }
    }

    private void provide(FunctionType type, Node at) {
        Node before = known.putIfAbsent(type, at);
        if (before != null) {
            String expected =
                    "one provider for each type: that on line " + before.at().line() + " has it too";
            problems.add(at, at.described() + ", which holds function " + type, expected);
        }
    }

    /** Returns the functions that {@code at} names; nothing of those that are none, which is a problem. */
    Optional<FunctionType> named(Scalar at) {
        Optional<FunctionType> type = FunctionNames.type(at.text());
        if (type.isEmpty()) {
            problems.add(at, at.described(), FunctionNames.TYPE);
            return Optional.empty();
        }
        return isProvided(type.get(), at.described(), at) ? type : Optional.empty();
    }

    /** Whether something provides the function that {@code at} names, which else is a problem. */
    private boolean isProvided(FunctionType type, String described, Node at) {
        if (isOpen
                || known.containsKey(type)
                || patterns.keySet().stream().anyMatch(pattern -> pattern.matches(type))) {
            return true;
        }
        List<String> all = new ArrayList<>(
                known.keySet().stream().map(FunctionType::toString).collect(Collectors.toCollection(TreeSet::new)));
        patterns.keySet().stream().map(TypePattern::toString).sorted().forEach(all::add);
        problems.add(new Problem(
                at.at(),
                at.path(),
                "the function " + described + ", which nothing provides",
                all.isEmpty() ? "one that spec.functions provides" : Nearest.list(all),
                Nearest.to(type.toString(), all)));
        return false;
    }
}
