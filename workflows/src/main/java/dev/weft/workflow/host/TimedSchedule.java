package dev.weft.workflow.host;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.weft.function.Address;
import dev.weft.function.Effects.Cancel;
import dev.weft.function.Effects.Delay;
import dev.weft.function.Effects.Later;
import dev.weft.function.Effects.Send;
import dev.weft.workflow.Schedule;
import dev.weft.workflow.Schedule.CatchUp;
import dev.weft.workflow.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Starts instances of one definition by the time: each at its time, or each some time after the one before has ended.
 * The ids of instances are made of the definition's name and the time, or the number, so none is ever started twice.
 * Not safe for use by several threads.
 */
final class TimedSchedule {

    private static final String TOKEN = "weft-schedule-tick";
    private static final byte[] NO_INPUT = JsonBytes.of(JsonNodeFactory.instance.objectNode());

    private final Address self;
    private final @Nullable Workflow workflow;
    private final long now;
    private final long onTime;
    private final List<Send> sends = new ArrayList<>(1);
    private final List<Delay> delays = new ArrayList<>(1);
    private @Nullable TimedState state;
    private boolean isChanged;

    /**
     * Begins with what is kept.
     *
     * @param workflow the newest of that name; null where there is none in the config
     * @param onTime a time that passed longer ago was missed, in milliseconds
     */
    TimedSchedule(Address self, @Nullable Workflow workflow, @Nullable TimedState state, long now, long onTime) {
        this.self = self;
        this.workflow = workflow;
        this.state = state;
        this.now = now;
        this.onTime = onTime;
    }

    void take(ScheduleMessage message) {
        if (message instanceof ScheduleMessage.Arm) {
            arm();
        } else if (message instanceof ScheduleMessage.Tick tick) {
            tick(tick.at());
        } else if (message instanceof ScheduleMessage.Ended ended) {
            ended(ended.instance());
        }
    }

    private void arm() {
        Schedule schedule = schedule();
        if (schedule == null || schedule instanceof Schedule.On) {
            disarm();
            return;
        }
        String rule = rule(schedule);
        TimedState before = state;
        if (before != null && before.rule().equals(rule)) {
            return;
        }
        // One that was given up and comes back must not count from where it once began: those were started.
        long started = before == null ? now : before.started();
        String running = before == null ? null : before.running();
        if (schedule instanceof Schedule.After && running != null) {
            change(new TimedState(rule, -1, running, started));
        } else if (schedule instanceof Schedule.After) {
            expect(new TimedState(rule, -1, null, started), OptionalLong.of(now));
        } else {
            expect(new TimedState(rule, -1, null, started), times(schedule).after(now));
        }
    }

    private void disarm() {
        if (state != null) {
            change(null);
            delays.add(new Cancel(TOKEN));
        }
    }

    private void tick(long at) {
        TimedState before = state;
        Schedule schedule = schedule();
        if (before == null || before.next() != at) {
            return; // of a schedule that is no more
        }
        if (schedule == null || !rule(schedule).equals(before.rule())) {
            arm();
        } else if (schedule instanceof Schedule.After) {
            String instance = StableHash.id(self.id(), "after", Long.toString(before.started()));
            start(instance, at, self.id());
            change(new TimedState(before.rule(), -1, instance, before.started() + 1));
        } else {
            Times times = times(schedule);
            DueTimes due = DueTimes.of(times, catchUp(schedule), at, Math.max(now, at), onTime);
            for (long time : due.starts()) {
                start(StableHash.id(self.id(), "at", Long.toString(time)), time, null);
            }
            expect(before, due.next());
        }
    }

    private void ended(String instance) {
        TimedState before = state;
        if (before == null || !instance.equals(before.running())) {
            return;
        }
        if (schedule() instanceof Schedule.After after) {
            expect(before, OptionalLong.of(now + millis(after.delay())));
        } else {
            arm();
        }
    }

    private void expect(TimedState base, OptionalLong time) {
        long next = time.orElse(-1);
        change(base.waitingFor(next));
        delays.add(
                time.isEmpty()
                        ? new Cancel(TOKEN)
                        : new Later(Math.max(0, next - now), self, new ScheduleMessage.Tick(next).form(), TOKEN));
    }

    private void start(String instance, long at, @Nullable String schedule) {
        if (workflow != null) {
            sends.add(new Send(
                    new Address(WorkflowTypes.INSTANCE, instance),
                    new InstanceMessage.Start(
                                    WorkflowName.of(workflow.definition().id()),
                                    NO_INPUT,
                                    new Origin(at, null, schedule),
                                    null)
                            .form()));
        }
    }

    private void change(@Nullable TimedState next) {
        state = next;
        isChanged = true;
    }

    private @Nullable Schedule schedule() {
        return workflow == null ? null : workflow.definition().schedule();
    }

    /** What a schedule says, in a text that is kept. */
    private static String rule(Schedule schedule) {
        if (schedule instanceof Schedule.Cron cron) {
            return "cron " + cron.expression() + " " + cron.zone();
        }
        return schedule instanceof Schedule.Every every
                ? "every " + millis(every.interval())
                : "after " + millis(((Schedule.After) schedule).delay());
    }

    private static Times times(Schedule schedule) {
        return schedule instanceof Schedule.Cron cron
                ? new CronTimes(cron.expression(), cron.zone())
                : new Times.Even(Math.max(1, millis(((Schedule.Every) schedule).interval())));
    }

    private static CatchUp catchUp(Schedule schedule) {
        return schedule instanceof Schedule.Cron cron ? cron.catchUp() : ((Schedule.Every) schedule).catchUp();
    }

    private static long millis(Span span) {
        if (span instanceof Span.Fixed fixed) {
            return fixed.duration().toMillis();
        }
        throw new IllegalStateException("found a computed time in a schedule, which no instance could compute");
    }

    List<Send> sends() {
        return sends;
    }

    List<Delay> delays() {
        return delays;
    }

    boolean isChanged() {
        return isChanged;
    }

    @Nullable
    TimedState state() {
        return state;
    }
}
