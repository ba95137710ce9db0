package dev.weft.job.flink;

import dev.weft.event.MeshEvent;
import dev.weft.event.Received;
import dev.weft.job.Wire;
import dev.weft.job.flink.connect.Outbound;
import dev.weft.job.rules.ControlEvent;
import dev.weft.testkit.Await;
import java.time.Duration;
import java.util.List;
import org.apache.flink.streaming.runtime.tasks.mailbox.Mail;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

/** What a test does with a routing operator in a harness, in the place of its task. */
final class RoutingTask {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private RoutingTask() {}

    /** Runs so many of the task's mails, as its thread does between two events. */
    static void runMail(OneInputStreamOperatorTestHarness<Received, Outbound> routing, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            Mail mail = Await.value(
                    "a mail for the task",
                    PATIENCE,
                    () -> routing.getTaskMailbox().tryTake(-1));
            mail.run();
        }
    }

    /** Returns what it has written to the control topic. */
    static List<ControlEvent> said(OneInputStreamOperatorTestHarness<Received, Outbound> routing, String topic) {
        return routing.extractOutputValues().stream()
                .filter(outbound -> outbound.topic().equals(topic))
                .map(outbound -> ControlEvent.from(event(outbound)).orElseThrow())
                .toList();
    }

    static MeshEvent event(Outbound outbound) {
        return (MeshEvent) Wire.readFrom(outbound.topic(), outbound.record());
    }
}
