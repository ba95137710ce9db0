package dev.weft.workflow.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Branches that run side by side, until as many as are needed have completed; or too many have failed for that.
 *
 * <p>Each branch has a {@code $context} of its own, which begins as that of the fork. When they meet, what branches
 * exported is merged in the order of declaration, whichever was first: the fields of objects that a branch changed are
 * put into the context; what is no object takes its place. Of a branch that did not complete nothing stays.
 */
final class Fork extends Frame {

    private final ForkingOp forking;

    /** What a parallel loop is about; null for branches that are declared. */
    @Nullable
    ArrayNode items;

    private @Nullable JsonNode[] results;
    private @Nullable JsonNode[] contexts;
    private final List<Branch> running = new ArrayList<>();
    private int need;
    private int started;
    private int completed;
    private int failed;

    Fork(Run run, ForkingOp op, @Nullable ArrayNode items, int branches) {
        super(run, op);
        this.forking = op;
        this.items = items;
        this.results = new JsonNode[branches];
        this.contexts = new JsonNode[branches];
        this.need = op.need(branches);
    }

    Fork(ForkingOp op, Frame parent) {
        super(op, parent);
        this.forking = op;
        this.results = new JsonNode[0];
        this.contexts = results;
    }

    @Override
    FrameKind kind() {
        return FrameKind.FORK;
    }

    /** Starts as many branches as may run at once. */
    void begin(Run run) throws Failed {
        if (results.length == 0) {
            run.pop(this);
            run.finish(op, output(-1), Run.NO_CASE);
            return;
        }
        while (started < results.length && running.size() < forking.atOnce()) {
            Branch next = new Branch(this, started);
            run.frames.countBranch(op);
            running.add(next);
            run.frames.start(next, forking.branch(started), input);
            started++;
        }
        run.pause();
    }

    void completed(Run run, Branch done) throws Failed {
        running.remove(done);
        run.frames.end(done);
        results[done.number] = run.data;
        contexts[done.number] = done.context;
        completed++;
        if (completed < need) {
            begin(run);
            return;
        }
        run.frames.cancelChildren(this);
        mergeContexts();
        run.pop(this);
        run.finish(op, output(done.number), Run.NO_CASE);
    }

    /** Takes note of a branch that has failed; returns whether the fork fails with it. */
    boolean failed(Run run, Branch lost) {
        running.remove(lost);
        run.frames.end(lost);
        failed++;
        return results.length - failed < need;
    }

    /** Reads which branch follows. */
    int numberOf(InstanceReader in) throws InstanceUnreadable {
        return in.upTo(results.length - 1);
    }

    /** A branch is of no interest any more. */
    void remove(Branch branch) {
        running.remove(branch);
    }

    private JsonNode output(int winner) {
        if (forking.competes() && winner >= 0) {
            return orNull(results[winner]);
        }
        ArrayNode outputs = JsonNodeFactory.instance.arrayNode(results.length);
        for (JsonNode result : results) {
            outputs.add(orNull(result));
        }
        return outputs;
    }

    private static JsonNode orNull(@Nullable JsonNode node) {
        return node == null ? NullNode.getInstance() : node;
    }

    /** A context that nobody exported is equal to that of the fork, but once it was read not the same object. */
    private void mergeContexts() {
        JsonNode base = branch.context;
        for (JsonNode context : contexts) {
            if (context != null && !context.equals(base)) {
                branch.context = ContextMerge.merged(branch.context, base, context);
            }
        }
    }

    @Override
    int children() {
        return running.size();
    }

    @Override
    Frame child(int number) {
        return running.get(number);
    }

    @Override
    void adopt(Frame frame) {
        running.add((Branch) frame);
    }

    /** The branches themselves are written as the frames they are. */
    @Override
    void write(InstanceWriter out) {
        if (items != null) {
            out.json(items);
        }
        out.number(started);
        out.number(failed);
        for (int i = 0; i < started; i++) {
            JsonNode result = results[i];
            out.flag(result != null);
            if (result != null) {
                out.json(result);
                out.json(orNull(contexts[i]));
            }
        }
    }

    @Override
    void read(InstanceReader in) throws InstanceUnreadable {
        items = forking instanceof ForEachOp ? in.array() : null;
        int branches = items == null ? forking.branches() : items.size();
        results = new JsonNode[branches];
        contexts = new JsonNode[branches];
        need = forking.need(branches);
        started = in.upTo(results.length);
        failed = in.upTo(started);
        for (int i = 0; i < started; i++) {
            if (in.flag()) {
                results[i] = in.json();
                contexts[i] = in.json();
                completed++;
            }
        }
    }
}
