package dev.weft.job;

import static dev.weft.job.Wire.header;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.event.WireRecord;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Routes and transforms read Avro as they read JSON. */
class DispatcherAvroTest {

    private static final JobConfig JOB = AvroOrders.job("127.0.0.1:9");

    private final OutletLog log = new OutletLog(JOB);
    private final Dispatcher dispatcher = new Dispatcher(JOB.routing(), log);

    @Test
    void aFilterReadsAvroAndTheEventStaysAsItIs() {
        WireRecord order =
                AvroOrders.event("1", "none", AvroOrders.SCHEMA_URI, AvroOrders.bytes("1", "1000.00", "PAID", 1, "A"));

        receive(order);

        assertThat(log.said).containsExactly("received", "matched large", "to large");
        assertThat(log.written).containsExactly(order);
    }

    @Test
    void allValuesOfAnArrayAreThere() {
        receive(AvroOrders.twice("1", "X", "G-3", "G-1"));
        receive(AvroOrders.twice("2", "X", "G-3"));

        assertThat(log.said).containsExactly("received", "matched gifts", "to gifts", "received", "unmatched");
    }

    @Test
    void aTransformMakesJsonOfAvro() {
        receive(AvroOrders.order("7", "12.30", "PLACED", "A", "B"));

        assertThat(log.said).containsExactly("received", "matched eu", "to eu");
        WireRecord made = log.written.get(0);
        assertThat(new String(requireNonNull(made.value()), StandardCharsets.UTF_8))
                .isEqualTo("{\"order\":\"7\",\"total\":12.30,\"first\":\"A\"}");
        assertThat(header(made, "content-type")).isEqualTo("application/json");
        assertThat(made.headers().indexOf("ce_dataschema")).isNegative();
    }

    @Test
    void damagedAvroGoesToTheDeadLetterAsItCame() {
        byte[] payload = AvroOrders.bytes("1", "5.00", "PAID", 1, "A");
        byte[] cut = Arrays.copyOf(payload, payload.length - 1);

        receive(AvroOrders.event("1", "none", AvroOrders.SCHEMA_URI, cut));

        assertThat(log.said).containsExactly("received", "dead unreadable-payload");
        assertThat(header(log.written.get(0), "ce_weftdetail"))
                .startsWith("the payload is not the Avro it says it is: it ends within a number");
        assertThat(log.written.get(0).value()).isEqualTo(cut);
    }

    @Test
    void aSchemaNobodyConfiguredLeavesRoutesUndecided() {
        receive(AvroOrders.event("1", "none", "urn:shop:order:2", new byte[] {0}));

        assertThat(header(log.written.get(0), "ce_weftdetail"))
                .isEqualTo("the payload cannot be read: no schema is configured for its dataschema urn:shop:order:2");
    }

    @Test
    void aTransformThatCannotReadThePayloadSaysSo() {
        receive(AvroOrders.event("1", "orders/1/eu", AvroOrders.SCHEMA_URI, new byte[] {2}));

        assertThat(log.said).contains("dead transform-failed");
        assertThat(header(log.written.get(0), "ce_weftdetail"))
                .contains("${data.id} cannot be read: the payload is not the Avro it says it is");
    }

    private void receive(WireRecord record) {
        dispatcher.dispatch(Wire.readFrom("avro.orders", record));
    }
}
