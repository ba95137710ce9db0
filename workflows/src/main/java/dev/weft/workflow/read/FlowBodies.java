package dev.weft.workflow.read;

import dev.weft.config.Fields;
import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.config.Sequence;
import dev.weft.workflow.Body;
import dev.weft.workflow.Task;
import dev.weft.workflow.Then;
import dev.weft.workflow.jq.Jq;
import dev.weft.workflow.jq.Template;
import dev.weft.workflow.parts.Locals;
import dev.weft.workflow.parts.Reading;
import dev.weft.workflow.parts.Spans;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads tasks that say what is done when: do, for, fork, switch; and set and wait. */
final class FlowBodies {

    private static final String CASE = "one name with its case";

    private final Reading reading;
    private final Problems problems;
    private final TaskLists lists;
    private final Thens thens;

    FlowBodies(Reading reading, TaskLists lists, Thens thens) {
        this.reading = reading;
        this.problems = reading.problems();
        this.lists = lists;
        this.thens = thens;
    }

    Optional<Body> sequence(Fields fields, Place place) {
        return Optional.of(new Body.Do(
                lists.sequence(fields.required("do"), place.below("do"), place.locals(), place.extended())));
    }

    Optional<Body> loop(Fields fields, Place place) {
        Optional<Fields> loop = fields.required("for").fields();
        VariableNames names = new VariableNames(problems);
        String each = loop.map(it -> names.read(it.optional("each"), "item")).orElse("item");
        String at = loop.map(it -> names.read(it.optional("at"), "index")).orElse("index");
        loop.ifPresent(it -> names.refuseSame(it, "at", each, at));
        Optional<Template> in = loop.flatMap(it -> it.required("in")
                .node("an expression that gives a list, or a list")
                .flatMap(node -> elements(node, place)));
        loop.ifPresent(Fields::close);
        Locals inside = place.locals().with(each, at);
        Optional<Jq> whilst = fields.optional("while")
                .node("an expression")
                .flatMap(it -> reading.expressions().jq(it, inside.body()));
        List<Task> tasks = lists.sequence(fields.required("do"), place.below("do"), inside, place.extended());
        return in.map(it -> new Body.For(each, at, it, whilst.orElse(null), tasks));
    }

    private Optional<Template> elements(Node at, Place place) {
        if (at instanceof Mapping || at instanceof Scalar scalar && !(scalar.value() instanceof String)) {
            problems.add(at, at.described(), "an expression that gives a list, or a list");
            return Optional.empty();
        }
        return reading.expressions().transformation(at, place.locals().body());
    }

    Optional<Body> fork(Fields fields, Place place) {
        return fields.required("fork").fields().map(fork -> {
            List<Task> branches = lists.branches(
                    fork.required("branches"), place.below("fork", "branches"), place.locals(), place.extended());
            boolean competes = fork.optional("compete").flag().orElse(false);
            fork.close();
            return new Body.Fork(branches, competes ? 1 : branches.size(), competes);
        });
    }

    Optional<Body> set(Fields fields, Place place) {
        return fields.required("set").node("an object, or an expression").flatMap(at -> {
            boolean empty = at instanceof Mapping mapping && mapping.names().isEmpty();
            if (empty || at instanceof Sequence || at instanceof Scalar it && !(it.value() instanceof String)) {
                problems.add(at, at.described(), "an object, or an expression");
                return Optional.empty();
            }
            return (at instanceof Mapping
                            ? reading.expressions().template(at, place.locals().body())
                            : reading.expressions()
                                    .transformation(at, place.locals().body()))
                    .map(Body.Set::new);
        });
    }

    Optional<Body> rest(Fields fields, Place place) {
        return fields.required("wait")
                .node(Spans.EXPECTED)
                .flatMap(at -> new Spans(reading).read(at, place.locals().body()))
                .map(Body.Wait::new);
    }

    Optional<Body> choice(Fields fields, Place place) {
        List<Node> items = fields.required("switch").items("a case").orElse(List.of());
        List<Body.Case> cases = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Node item : items) {
            Optional<Single> single = Single.of(item);
            if (single.isEmpty()) {
                problems.add(item, item.described(), CASE);
                continue;
            }
            String name = single.get().name();
            if (!names.add(name)) {
                problems.add(
                        single.get().at(), item.path(), "the case \"" + name + "\" a second time", "each name once");
            }
            Fields written = Fields.of(single.get().value(), problems);
            Optional<Jq> when = written.optional("when")
                    .node("an expression")
                    .flatMap(at -> reading.expressions().jq(at, place.locals().body()));
            Optional<Then> then = thens.required(written, place);
            written.close();
            if (!written.has("when") && cases.stream().anyMatch(it -> it.when() == null)) {
                problems.add(
                        written.node(),
                        "a second case without when, \"" + name + "\"",
                        "one at most: it holds where no other does");
            }
            then.ifPresent(it -> cases.add(new Body.Case(name, when.orElse(null), it)));
        }
        return cases.size() == items.size() ? Optional.of(new Body.Switch(cases)) : Optional.empty();
    }
}
