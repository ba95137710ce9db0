package dev.weft.workflow.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.weft.digest.Sha256;
import dev.weft.function.TypedValue;
import dev.weft.workflow.DefinitionId;
import dev.weft.workflow.Errors;
import dev.weft.workflow.WorkflowError;
import dev.weft.workflow.engine.Signal;
import dev.weft.workflow.engine.Status;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written is read as it was, and damage is noticed, at worst as another value. */
class HostFormsTest {

    private static final byte[] JSON = "{\"a\":[1,\"x\"]}".getBytes(StandardCharsets.UTF_8);
    private static final Origin ORIGIN = new Origin(1_700_000_000_000L, new Signal.Parent("p", "t.1"), "shop/s");
    private static final WorkflowName NAME = new WorkflowName("shop", "order", null);
    private static final Waiter WAITER = new Waiter("order-\u20ac", "t.1", 3);
    private static final Ending FAILED = new Ending(null, WorkflowError.of(Errors.TIMEOUT, "/do/0", "took too long"));

    /** Reads a form, and writes it again. */
    interface Again {
        byte[] again(byte[] form) throws UnreadableException;
    }

    /** A form with what reads it. */
    record Sample(String name, byte[] form, Again again) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Sample> samples() {
        List<Sample> samples = new ArrayList<>();
        Stream.of(
                        new InstanceMessage.Start(NAME, JSON, ORIGIN, "r1"),
                        new InstanceMessage.Start(NAME, JSON, new Origin(-5, null, null), null),
                        new InstanceMessage.Event("t.1", 7, JSON),
                        new InstanceMessage.CallEnded("t.1", new Ending(IntNode.valueOf(5), null)),
                        new InstanceMessage.ChildEnded("t.1", FAILED),
                        new InstanceMessage.Wake(),
                        new InstanceMessage.GoOn(),
                        new InstanceMessage.Cancel("no more"),
                        ordered(new Order.Cancel("why")),
                        ordered(new Order.Suspend("why")),
                        ordered(new Order.Resume()),
                        ordered(new Order.Compensate("why")),
                        ordered(new Order.Reset("/do/0")),
                        ordered(new Order.Migrate(NAME, Map.of("/do/0", "/do/1"), true)),
                        ordered(new Order.Get()))
                .forEach(message -> samples.add(new Sample(
                        message.getClass().getSimpleName(),
                        message.form().bytes(),
                        form -> InstanceMessage.read(new TypedValue(InstanceMessage.TYPENAME, form))
                                .form()
                                .bytes())));
        Stream.of(
                        new CorrelationMessage.Event(5, -6, 7, JSON),
                        new CorrelationMessage.Subscribe(WAITER, -1),
                        new CorrelationMessage.Unsubscribe(WAITER),
                        new CorrelationMessage.Adopt(WAITER, 3),
                        new CorrelationMessage.Relay(JSON),
                        new CorrelationMessage.Deserted(15, 200))
                .forEach(message -> samples.add(new Sample(
                        message.getClass().getSimpleName(),
                        message.form().bytes(),
                        form -> CorrelationMessage.read(new TypedValue(CorrelationMessage.TYPENAME, form))
                                .form()
                                .bytes())));
        Stream.of(
                        new ScheduleMessage.Arm(),
                        new ScheduleMessage.Tick(123),
                        new ScheduleMessage.Ended("i"),
                        new ScheduleMessage.Event("key", 5, 6, JSON))
                .forEach(message -> samples.add(new Sample(
                        message.getClass().getSimpleName(),
                        message.form().bytes(),
                        form -> ScheduleMessage.read(new TypedValue(ScheduleMessage.TYPENAME, form))
                                .form()
                                .bytes())));
        samples.add(new Sample("waiters", waiters(), form -> Waiters.read(form).form()));
        samples.add(new Sample(
                "kept instance",
                new KeptInstance(ORIGIN, 5, 6, JSON).write(),
                form -> KeptInstance.read(form).write()));
        samples.add(new Sample(
                "ended instance",
                EndedInstance.of(NAME, Status.COMPLETED, 1, 2, new Ending(TextNode.valueOf("x"), null))
                        .succeededBy("other")
                        .form(),
                form -> EndedInstance.read(form).form()));
        samples.add(new Sample(
                "timed state",
                new TimedState("every 5", 7, "i", 8).form(),
                form -> TimedState.read(form).form()));
        samples.add(new Sample(
                "source",
                new WorkflowSource(IntNode.valueOf(1), Map.of("a.yaml", IntNode.valueOf(2)), null).form(),
                form -> WorkflowSource.read(form).form()));
        samples.add(new Sample(
                "count of instances",
                new InstanceCount(new DefinitionId("shop", "order", "1.0.0"), -5).form(),
                form -> InstanceCount.read(form).form()));
        return samples.stream();
    }

    private static InstanceMessage ordered(Order.Wish wish) {
        return new InstanceMessage.Ordered(new Order("r1", wish));
    }

    private static byte[] waiters() {
        Waiters waiters = new Waiters();
        waiters.adopted(2);
        waiters.add(WAITER);
        waiters.divide();
        waiters.sent(3);
        return waiters.form();
    }

    /** Jobs that go on from a savepoint have such forms in their state. */
    @Test
    void whatIsWrittenStaysWhatItIs() {
        StringBuilder all = new StringBuilder();
        samples()
                .forEach(sample ->
                        all.append(HexFormat.of().formatHex(sample.form())).append('\n'));
        assertThat(Sha256.id(Sha256.of(all.toString())))
                .as(all.toString())
                .isEqualTo("e45a6c01f4483029d557594bbfe19dc7");
    }

    @ParameterizedTest
    @MethodSource("samples")
    void whatIsWrittenIsReadAsItWas(Sample sample) throws Exception {
        assertThat(sample.again().again(sample.form())).isEqualTo(sample.form());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void damageIsNoticedAndNothingWorse(Sample sample) {
        for (int i = 0; i < sample.form().length; i++) {
            read(sample, Arrays.copyOf(sample.form(), i));
            for (int damage : new int[] {0x01, 0x7F, 0x80, 0xFF}) {
                byte[] form = sample.form().clone();
                form[i] ^= (byte) damage;
                read(sample, form);
            }
        }
        byte[] newer = sample.form().clone();
        newer[0]++;
        assertThat(read(sample, newer)).contains("found version 2, expected 1");
    }

    private static @Nullable String read(Sample sample, byte[] form) {
        try {
            sample.again().again(form);
            return null;
        } catch (UnreadableException e) {
            return e.getMessage();
        } catch (RuntimeException | OutOfMemoryError e) {
            return fail("reading " + Arrays.toString(form), e);
        }
    }
}
