package dev.weft.workflow.host;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A command to one instance that exists, and is answered.
 *
 * @param request by which the answer names it
 */
record Order(String request, Wish wish) {

    /** What is asked for. */
    sealed interface Wish {}

    /** That it ends. */
    record Cancel(String reason) implements Wish {}

    /** That it does nothing until it is resumed. */
    record Suspend(String reason) implements Wish {}

    /** That it goes on. */
    record Resume() implements Wish {}

    /** That it takes back what has completed, and ends. */
    record Compensate(String reason) implements Wish {}

    /** That it goes back to a task. */
    record Reset(String pointer) implements Wish {}

    /**
     * That it goes on by another definition.
     *
     * @param tasks pointers of the old definition and what they are in the new
     * @param isTrial whether it is only to be told if it could
     */
    record Migrate(WorkflowName to, Map<String, String> tasks, boolean isTrial) implements Wish {}

    /**
     * That it takes an event, if it waits for such a one.
     *
     * @param json its envelope
     */
    record Send(byte[] json) implements Wish {}

    /** That it tells how it is. */
    record Get() implements Wish {}

    void write(FormWriter out) {
        out.text(request);
        if (wish instanceof Cancel cancel) {
            out.octet(0).text(cancel.reason());
        } else if (wish instanceof Suspend suspend) {
            out.octet(1).text(suspend.reason());
        } else if (wish instanceof Resume) {
            out.octet(2);
        } else if (wish instanceof Compensate compensate) {
            out.octet(3).text(compensate.reason());
        } else if (wish instanceof Reset reset) {
            out.octet(4).text(reset.pointer());
        } else if (wish instanceof Migrate migrate) {
            out.octet(5).flag(migrate.isTrial());
            migrate.to().write(out);
            out.signed(migrate.tasks().size());
            migrate.tasks().forEach((from, to) -> out.text(from).text(to));
        } else if (wish instanceof Send send) {
            out.octet(7).bytes(send.json());
        } else {
            out.octet(6);
        }
    }

    static Order read(FormReader in) throws UnreadableException {
        String request = in.text();
        int kind = in.octetBelow(8);
        return new Order(
                request,
                switch (kind) {
                    case 0 -> new Cancel(in.text());
                    case 1 -> new Suspend(in.text());
                    case 2 -> new Resume();
                    case 3 -> new Compensate(in.text());
                    case 4 -> new Reset(in.text());
                    case 5 -> readMigrate(in);
                    case 7 -> new Send(in.bytes());
                    default -> new Get();
                });
    }

    private static Migrate readMigrate(FormReader in) throws UnreadableException {
        boolean isTrial = in.flag();
        WorkflowName to = WorkflowName.read(in);
        Map<String, String> tasks = new LinkedHashMap<>();
        for (int left = in.size(); left > 0; left--) {
            tasks.put(in.text(), in.text());
        }
        return new Migrate(to, tasks, isTrial);
    }
}
