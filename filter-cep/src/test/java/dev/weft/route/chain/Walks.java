package dev.weft.route.chain;

import dev.weft.config.Node;
import dev.weft.config.Problem;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.config.Sequence;
import dev.weft.config.Substitution;
import dev.weft.config.YamlReader;
import dev.weft.event.MeshEvent;
import dev.weft.event.Reason;
import dev.weft.filter.Events;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Chains for tests, written as a person writes them, with a memory that is a map. */
final class Walks implements Course {

    private static final int MOST_BYTES = 100_000;

    final List<String> said = new ArrayList<>();
    final Map<String, Memory> memories = new HashMap<>();
    private final ChainRunner runner;

    Walks(String steps) {
        runner = new ChainRunner("r", read(steps), MOST_BYTES);
    }

    /** Returns what becomes of an event with that payload, at time 0. */
    static List<String> of(String steps, String payload) {
        return new Walks(steps).walk(Events.withPayload(payload), 0);
    }

    List<String> walk(String payload, long time) {
        return walk(Events.withPayload(payload), time);
    }

    List<String> walk(MeshEvent event, long time) {
        said.clear();
        runner.run(event, 0, time, this);
        return List.copyOf(said);
    }

    /** Returns whether the event comes through. */
    boolean passes(String payload, long time) {
        List<String> walk = walk(payload, time);
        return walk.get(walk.size() - 1).startsWith("arrived");
    }

    static Chain read(String steps) {
        Problems problems = new Problems();
        Chain chain = parse(steps, problems);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(steps + mistakes(problems));
        }
        return chain;
    }

    static List<String> mistakes(String steps) {
        Problems problems = new Problems();
        parse(steps, problems);
        return mistakes(problems);
    }

    private static List<String> mistakes(Problems problems) {
        return problems.inReadingOrder().stream().map(Problem::message).toList();
    }

    private static Chain parse(String steps, Problems problems) {
        Optional<Node> root = YamlReader.read("c.yaml", steps, Substitution.none(), problems);
        return root.map(at -> ChainParser.parse(((Sequence) at).items(), Walks::channel, problems))
                .orElse(Chain.EMPTY);
    }

    private static Optional<String> channel(Node at, Problems problems) {
        if (at instanceof Scalar scalar && scalar.value() instanceof String name) {
            return Optional.of(name);
        }
        problems.add(at, at.described(), "the name of a channel");
        return Optional.empty();
    }

    @Override
    public void passed(int step, MeshEvent event) {
        said.add("passed " + step);
    }

    @Override
    public void dropped(int step, MeshEvent event) {
        said.add("dropped " + step);
    }

    @Override
    public void expressionFailed(int step) {
        said.add("an expression failed at " + step);
    }

    @Override
    public void tapped(MeshEvent event, List<String> channels) {
        said.add("tapped " + event.getType() + " " + event.data() + " to " + String.join(", ", channels));
    }

    @Override
    public void failed(int step, Reason reason, String detail) {
        said.add("failed " + step + " " + reason.code() + ": " + detail);
    }

    @Override
    public void asked(int step, MeshEvent event, Question question) {
        String place = question.key() + " " + question.slot();
        Memory.Answer answer = Memory.answer(memories.get(place), question);
        memories.put(place, answer.next());
        runner.resume(answer.passes(), event, step, question.time(), this);
    }

    @Override
    public void arrived(MeshEvent event) {
        said.add("arrived " + event.getType() + " " + event.data());
    }
}
