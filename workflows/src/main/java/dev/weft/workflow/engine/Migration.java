package dev.weft.workflow.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an instance goes on by another program: each task that is under way must be there as well, be of the same kind
 * and be part of the same tasks. What has only been visited may be gone.
 */
final class Migration {

    private Migration() {}

    static List<String> obstacles(Instance instance, Signal.Migrate migration) {
        List<String> obstacles = new ArrayList<>();
        if (instance.status.isLast()) {
            obstacles.add(instance.id + " has ended");
            return obstacles;
        }
        boolean knowsInput = instance.program.tellsWorkflow
                || instance.program.definition().input().as() == null;
        if (migration.to().tellsWorkflow && !knowsInput) {
            obstacles.add("the new definition asks for $workflow, whose input was not kept as it was shaped");
        }
        List<@Nullable Op> moved = moved(instance.program, migration);
        addObstacles(instance.root(), moved, obstacles);
        for (Compensation.Registered registered : instance.completed) {
            Op op = moved.get(registered.op().number);
            if (op == null || op.compensation == null) {
                obstacles.add(registered.op().pointer
                        + " has completed and can be compensated, but not by the new definition");
            }
        }
        if (obstacles.isEmpty()) {
            try {
                InstanceForm.readAs(InstanceForm.write(instance), migration.to(), moved);
            } catch (InstanceUnreadable e) {
                obstacles.add(String.valueOf(e.getMessage()));
            }
        }
        return obstacles;
    }

    /** Returns the instance as one of the other program; there must be no obstacles. */
    static Instance migrated(Instance instance, Signal.Migrate migration) {
        try {
            Instance migrated = InstanceForm.readAs(
                    InstanceForm.write(instance), migration.to(), moved(instance.program, migration));
            if (!instance.program.tellsWorkflow) {
                migrated.input = migrated.root().input;
            }
            return migrated;
        } catch (InstanceUnreadable e) {
            throw new IllegalArgumentException(instance.id + " can't go on by the other definition", e);
        }
    }

    /** Has all that listens listen by the filters of the other program. */
    static void listenAnew(Run run, Instance before) {
        withdraw(run, before.root());
        listenAnew(run, before, run.instance.root());
    }

    private static void withdraw(Run run, Frame frame) {
        if (frame instanceof Listening listening) {
            listening.withdraw(run);
        }
        for (int i = 0; i < frame.children(); i++) {
            withdraw(run, frame.child(i));
        }
    }

    /** A task that can't listen fails, and those beside it may be gone with it. */
    private static void listenAnew(Run run, Instance before, Frame frame) {
        List<Frame> inside = new ArrayList<>();
        for (int i = frame.children() - 1; i >= 0; i--) {
            inside.add(frame.child(i));
        }
        inside.forEach(child -> listenAnew(run, before, child));
        if (frame instanceof Listening listening && !frame.dropped) {
            Frame old = before.awaiting(listening.token(run.instance));
            if (old instanceof Listening listened) {
                run.prepare(() -> listening.listenAnew(run, listened));
            }
        }
    }

    private static List<@Nullable Op> moved(Program from, Signal.Migrate migration) {
        Map<String, String> names = migration.tasks();
        List<@Nullable Op> moved = new ArrayList<>();
        for (Op op : from.ops()) {
            moved.add(
                    op == from.root
                            ? migration.to().root
                            : migration.to().op(names.getOrDefault(op.pointer, op.pointer)));
        }
        return moved;
    }

    private static void addObstacles(Frame frame, List<@Nullable Op> moved, List<String> obstacles) {
        check(frame.op, moved, obstacles);
        if (frame.ready && frame.at != null) {
            check(frame.at, moved, obstacles);
        }
        for (int i = 0; i < frame.children(); i++) {
            Frame child = frame.child(i);
            Op outer = moved.get(frame.op.number);
            Op inner = moved.get(child.op.number);
            if (outer != null && inner != null && isPart(child.op, frame.op) && !isPart(inner, outer)) {
                obstacles.add(child.op.pointer + " is under way as a part of " + frame.op.pointer
                        + ", and is no part of it in the new definition");
            }
            addObstacles(child, moved, obstacles);
        }
    }

    private static void check(Op op, List<@Nullable Op> moved, List<String> obstacles) {
        Op now = moved.get(op.number);
        if (now == null) {
            obstacles.add(op.pointer + " is under way, and is not there in the new definition");
        } else if (now.getClass() != op.getClass()) {
            obstacles.add(op.pointer + " is under way, and is of another kind in the new definition");
        }
    }

    private static boolean isPart(Op inner, Op outer) {
        return outer.inner().stream().anyMatch(scope -> scope.ops.contains(inner));
    }
}
