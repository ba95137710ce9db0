package dev.weft.workflow.host;

import static dev.weft.workflow.host.Definitions.agreeing;
import static dev.weft.workflow.host.Definitions.expecting;
import static dev.weft.workflow.host.Definitions.filter;
import static dev.weft.workflow.host.Definitions.jq;
import static dev.weft.workflow.host.Definitions.scheduled;
import static dev.weft.workflow.host.Events.event;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.BooleanNode;
import dev.weft.function.Address;
import dev.weft.function.Answer;
import dev.weft.function.Effects;
import dev.weft.function.FunctionCatalog.Entry;
import dev.weft.function.FunctionTerms;
import dev.weft.function.FunctionType;
import dev.weft.function.Invocation;
import dev.weft.function.Invoker;
import dev.weft.function.Message;
import dev.weft.function.ValueDeclaration;
import dev.weft.workflow.Await;
import dev.weft.workflow.Body.Read;
import dev.weft.workflow.Definition;
import dev.weft.workflow.EventFilter;
import dev.weft.workflow.Schedule;
import dev.weft.workflow.Schedule.CatchUp;
import dev.weft.workflow.Span;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Schedules as functions; of instances it is only noted that they were started. */
class SchedulesTest {

    private static final Instant BEGIN = Instant.parse("2026-03-28T12:00:00Z");
    private static final HostSettings SETTINGS = HostSettings.USUAL;

    private final Starting instances = new Starting();
    private final List<String> dead = new ArrayList<>();
    private LocalFunctions functions = new LocalFunctions(Map.of(), new Exit(), BEGIN.toEpochMilli());
    private EventRouter router = new EventRouter(new WorkflowBook(List.of(), List.of()), SETTINGS, () -> 0);

    @Test
    void anIntervalStartsAnInstanceEachTime() {
        use(every(Duration.ofMinutes(10), CatchUp.SKIP));

        functions.advance(Duration.ofMinutes(35));

        assertThat(instances.times)
                .containsExactly("2026-03-28T12:10:00Z", "2026-03-28T12:20:00Z", "2026-03-28T12:30:00Z");
    }

    @Test
    void beingSetAgainChangesNothing() {
        Definition definition = every(Duration.ofMinutes(10), CatchUp.SKIP);
        use(definition);
        functions.advance(Duration.ofMinutes(5));
        use(definition);
        functions.advance(Duration.ofMinutes(6));

        assertThat(instances.times).containsExactly("2026-03-28T12:10:00Z");
    }

    @Test
    void anotherIntervalCountsFromWhenItIsSet() {
        use(every(Duration.ofMinutes(10), CatchUp.SKIP));
        functions.advance(Duration.ofMinutes(5));
        use(every(Duration.ofMinutes(20), CatchUp.SKIP));
        functions.advance(Duration.ofMinutes(25));

        assertThat(instances.times).containsExactly("2026-03-28T12:25:00Z");
    }

    @Test
    void aScheduleThatIsTakenOutOfTheConfigStops() {
        use(every(Duration.ofMinutes(10), CatchUp.SKIP));
        use();
        functions.advance(Duration.ofHours(1));

        assertThat(instances.times).isEmpty();
        assertThat(functions.addresses()).isEmpty();
    }

    @Test
    void missedTimesAreSkipped() {
        use(every(Duration.ofMinutes(10), CatchUp.SKIP));
        functions.stall(Duration.ofMinutes(35));
        functions.advance(Duration.ofMinutes(10));

        assertThat(instances.times).containsExactly("2026-03-28T12:40:00Z");
    }

    @Test
    void missedTimesAreMadeUpForOnce() {
        use(every(Duration.ofMinutes(10), CatchUp.ONE));
        functions.stall(Duration.ofMinutes(35));
        functions.advance(Duration.ofMinutes(10));

        assertThat(instances.times).containsExactly("2026-03-28T12:30:00Z", "2026-03-28T12:40:00Z");
    }

    @Test
    void missedTimesAreMadeUpForAll() {
        use(every(Duration.ofSeconds(1), CatchUp.ALL));
        functions.stall(Duration.ofSeconds(5000));
        functions.run();

        assertThat(instances.times).hasSize(5000).doesNotHaveDuplicates();
        assertThat(instances.ids).hasSize(5000);
    }

    @Test
    void cronGoesByTheClockOfItsZone() {
        Schedule cron = new Schedule.Cron("30 2 * * *", ZoneId.of("Europe/Berlin"), CatchUp.SKIP);
        use(scheduled("timed", "1.0.0", cron));

        functions.advance(Duration.ofDays(3));

        assertThat(instances.times)
                .containsExactly("2026-03-29T01:30:00Z", "2026-03-30T00:30:00Z", "2026-03-31T00:30:00Z");
    }

    @Test
    void theNextFollowsTheEndOfTheOneBefore() {
        use(scheduled("timed", "1.0.0", new Schedule.After(new Span.Fixed(Duration.ofMinutes(5)))));
        functions.advance(Duration.ofHours(1));
        assertThat(instances.times).containsExactly("2026-03-28T12:00:00Z");

        ends(instances.last);
        ends(instances.last);
        functions.advance(Duration.ofMinutes(10));

        assertThat(instances.times).containsExactly("2026-03-28T12:00:00Z", "2026-03-28T13:05:00Z");
        assertThat(instances.ids).hasSize(2);
    }

    @Test
    void oneEventForEachFilterStartsAnInstance() {
        use(all(filter(0, "a"), filter(1, "b")));

        comes("a", "a1", "1");
        comes("a", "a2", "2");
        comes("a", "a2", "2");
        assertThat(instances.inputs).isEmpty();
        comes("b", "b1", "3");
        assertThat(instances.inputs).containsExactly("[1,3]");
        comes("b", "b2", "4");
        comes("b", "b3", "5");
        assertThat(instances.inputs).containsExactly("[1,3]", "[2,4]");
    }

    @Test
    void whatBelongsTogetherMeets() {
        use(all(filter(0, "a", agreeing("k", ".data.k")), filter(1, "b", agreeing("k", ".data.k"))));

        comes("a", "a1", "{\"k\":1}");
        comes("b", "b1", "{\"k\":2}");
        assertThat(instances.inputs).isEmpty();
        comes("b", "b2", "{\"k\":1.0}");

        assertThat(instances.inputs).containsExactly("[{\"k\":1},{\"k\":1.0}]");
    }

    @Test
    void eventsAreCollectedUntilItHolds() {
        Await.Until until = new Await.Until.True(jq("length == 3"));
        use(on(new Await(Await.Kind.ANY, List.of(filter(0, "a")), until)));

        for (int i = 0; i < 7; i++) {
            comes("a", "a" + i, Integer.toString(i));
        }

        assertThat(instances.inputs).containsExactly("[0,1,2]", "[3,4,5]");
    }

    @Test
    void eventsAreCollectedUntilAnotherComes() {
        Await.Until until = new Await.Until.Events(new Await(Await.Kind.ONE, List.of(filter(1, "end")), null));
        use(on(new Await(Await.Kind.ANY, List.of(filter(0, "a")), until)));

        comes("a", "1", "1");
        comes("a", "2", "2");
        comes("end", "3", "3");

        assertThat(instances.inputs).containsExactly("[1,2]");
    }

    @Test
    void tooManyThatWaitGoToTheDeadLetter() {
        use(all(filter(0, "a"), filter(1, "b")));

        for (int i = 0; i <= Gathering.MOST; i++) {
            comes("a", "a" + i, "1");
        }

        assertThat(dead).singleElement().asString().contains("found 1000 events that wait");
    }

    @Test
    void anEventThatIsEnoughIsTakenHoweverManyWait() {
        use(all(filter(0, "a"), filter(1, "b")));

        for (int i = 0; i < Gathering.MOST; i++) {
            comes("a", "a" + i, "1");
        }
        comes("b", "b1", "2");

        assertThat(dead).isEmpty();
        assertThat(instances.inputs).containsExactly("[1,2]");
    }

    @Test
    void whatEndsTheCollectingIsNotCollectedEvenIfItCouldBe() {
        Await until =
                new Await(Await.Kind.ONE, List.of(filter(1, "a", expecting(".data.last", BooleanNode.TRUE))), null);
        use(on(new Await(Await.Kind.ANY, List.of(filter(0, "a")), new Await.Until.Events(until))));

        comes("a", "1", "{\"n\":1}");
        comes("a", "2", "{\"n\":2,\"last\":true}");
        comes("a", "3", "{\"n\":3}");
        comes("a", "4", "{\"n\":4,\"last\":true}");

        assertThat(instances.inputs).containsExactly("[{\"n\":1}]", "[{\"n\":3}]");
    }

    @Test
    void eachEndOfACollectingOfNothingIsAnInstanceOfItsOwn() {
        Await.Until until = new Await.Until.Events(new Await(Await.Kind.ONE, List.of(filter(1, "end")), null));
        use(on(new Await(Await.Kind.ANY, List.of(filter(0, "a")), until)));

        comes("end", "1", "1");
        comes("end", "2", "2");

        assertThat(instances.inputs).containsExactly("[]", "[]");
        assertThat(instances.ids).hasSize(2);
    }

    @Test
    void withNothingNobodyMeets() {
        use(all(filter(0, "a", agreeing("k", ".data.k")), filter(1, "b", agreeing("k", ".data.k"))));

        comes("a", "a1", "{}");
        comes("b", "b1", "{}");

        assertThat(instances.inputs).isEmpty();
        assertThat(functions.addresses()).isEmpty();
    }

    @Test
    void aScheduleThatWasTakenOutAndComesBackStartsOthersThanBefore() {
        Definition after = scheduled("timed", "1.0.0", new Schedule.After(new Span.Fixed(Duration.ofMinutes(5))));
        use(after);
        functions.advance(Duration.ofMinutes(1));
        use(scheduled(
                "timed",
                "1.0.1",
                new Schedule.On(new Await(Await.Kind.ONE, List.of(filter(0, "a")), null), Read.DATA)));
        functions.advance(Duration.ofMinutes(1));
        use(after);
        functions.advance(Duration.ofMinutes(1));

        assertThat(instances.times).hasSize(2);
        assertThat(instances.ids).hasSize(2);
    }

    private static Definition every(Duration interval, CatchUp catchUp) {
        return scheduled("timed", "1.0.0", new Schedule.Every(new Span.Fixed(interval), catchUp));
    }

    private static Definition all(EventFilter... filters) {
        return on(new Await(Await.Kind.ALL, List.of(filters), null));
    }

    private static Definition on(Await await) {
        return scheduled("gathered", "1.0.0", new Schedule.On(await, Read.DATA));
    }

    /** Has the job begin, or begin again, with these definitions. */
    private void use(Definition... definitions) {
        WorkflowBook book = new WorkflowBook(List.of(definitions), List.of());
        Map<FunctionType, Entry> entries = new HashMap<>(
                WorkflowFunctions.of(book, SETTINGS, (request, outcome) -> {}, null, () -> functions.now(), () -> 0));
        entries.put(WorkflowTypes.INSTANCE, new Entry(instances, FunctionTerms.USUAL));
        functions = functions.restarted(entries);
        router = new EventRouter(book, SETTINGS, () -> 0);
        WorkflowFunctions.armings(book).forEach(functions::take);
    }

    private void comes(String type, String id, String json) {
        router.route(event(type, id, json), functions.now(), functions::take);
    }

    private void ends(String instance) {
        functions.take(new Message(
                new Address(WorkflowTypes.SCHEDULE, "shop/timed"),
                null,
                new ScheduleMessage.Ended(instance).form(),
                null));
    }

    /** Instances of which it is noted when, and with what input, they were started. */
    private static final class Starting implements Invoker {

        private final List<String> times = new ArrayList<>();
        private final List<String> inputs = new ArrayList<>();
        private final Set<String> ids = new HashSet<>();
        private String last = "";

        @Override
        public List<ValueDeclaration> declared(FunctionType type) {
            return List.of();
        }

        @Override
        public void call(Invocation invocation, Consumer<Answer> answer) {
            for (Message message : invocation.messages()) {
                try {
                    InstanceMessage.Start start = (InstanceMessage.Start) InstanceMessage.read(message.argument());
                    last = invocation.target().id();
                    ids.add(last);
                    times.add(Instant.ofEpochMilli(start.origin().at()).toString());
                    inputs.add(new String(start.input(), StandardCharsets.UTF_8));
                } catch (UnreadableException e) {
                    throw new AssertionError(e);
                }
            }
            answer.accept(new Answer.Done(Effects.NONE));
        }

        @Override
        public void close() {}
    }

    private final class Exit implements LocalFunctions.Exit {
        @Override
        public void said(Address from, Effects.Egress egress) {}

        @Override
        public void dead(Message message, String detail) {
            dead.add(detail);
        }
    }
}
