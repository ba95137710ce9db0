package dev.weft.workflow.classic;

import dev.weft.config.Fields;
import dev.weft.config.Node;
import dev.weft.workflow.Body;
import dev.weft.workflow.Span;
import dev.weft.workflow.Task;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What becomes of a list of actions: one after the other, or side by side and then merged. */
final class Sequences {

    private Sequences() {}

    /** Reads {@code actions} and {@code actionMode}. */
    static Task actions(Fields fields, String pointer, Actions actions, Library library, Optional<Span> timeout) {
        boolean parallel = fields.optional("actionMode")
                .parsed(
                        "sequential or parallel",
                        text -> Optional.of(text).filter(Set.of("sequential", "parallel")::contains))
                .map(it -> it.equals("parallel"))
                .orElse(false);
        List<Node> items = fields.required("actions").items("an action").orElse(List.of());
        List<Task> tasks = actions.read(items, pointer + "/actions", timeout, false);
        return parallel
                ? together("actions", pointer + "/actions", fields.node(), tasks, tasks.size(), library)
                : Made.of("actions", pointer + "/actions", fields.node(), new Body.Do(tasks))
                        .task();
    }

    /** Returns the task that does others side by side, until {@code need} have completed, and merges what they make. */
    static Task together(String name, String pointer, Node at, List<Task> branches, int need, Library library) {
        return Made.of(name, pointer, at, new Body.Fork(branches, need, false))
                .as(library.texts().made(at, Merging.with(Merging.all("$input", "."))))
                .task();
    }
}
