package dev.weft.event.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.event.PayloadReading;
import dev.weft.event.Projection;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AvroReaderTest {

    private static final String ORDER = """
            {"type":"record","name":"Order","fields":[
              {"name":"id","type":"string"},
              {"name":"amount","type":{"type":"bytes","logicalType":"decimal","precision":12,"scale":2}},
              {"name":"note","type":["null","string"]},
              {"name":"items","type":{"type":"array","items":{"type":"record","name":"Item","fields":[
                {"name":"sku","type":"string"},{"name":"quantity","type":"int"}]}}}]}""";

    @ParameterizedTest(name = "{0}: {1} is {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"null\"    |                                        | null",
                "\"boolean\" | 01                                     | true",
                "\"int\"     | 01                                     | -1",
                "\"int\"     | feffffff0f                             | 2147483647",
                "\"long\"    | feffffffffffffffff01                   | 9223372036854775807",
                "\"long\"    | ffffffffffffffffff01                   | -9223372036854775808",
                "\"float\"   | cdcccc3d                               | 0.1",
                "\"float\"   | 0000807f                               | \"Infinity\"",
                "\"double\"  | 9a9999999999b93f                       | 0.1",
                "\"double\"  | 000000000000f87f                       | \"NaN\"",
                "\"string\"  | 06c3a961                               | \"éa\"",
                "\"bytes\"   | 04ff01                                 | \"/wE=\"",
                "{\"type\":\"fixed\",\"name\":\"f\",\"size\":2} | ff01 | \"/wE=\"",
                "{\"type\":\"enum\",\"name\":\"e\",\"symbols\":[\"A\",\"B\"]} | 02 | \"B\"",
                "{\"type\":\"array\",\"items\":\"int\"} | 040204020200 | [1,2,1]",
                "{\"type\":\"array\",\"items\":\"int\"} | 03040204020600 | [1,2,3]",
                "{\"type\":\"map\",\"values\":\"int\"} | 0402610202620400 | {\"a\":1,\"b\":2}",
                "{\"type\":\"map\",\"values\":\"int\"} | 0402610202610400 | {\"a\":2}",
                "[\"null\",\"int\"] | 0202 | 1",
                "[\"null\",\"int\"] | 00 | null",
                "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":9,\"scale\":2} | 0407d0 | 20.00",
                "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":9,\"scale\":2} | 02ff | -0.01",
                "{\"type\":\"fixed\",\"name\":\"f\",\"size\":2,\"logicalType\":\"decimal\",\"precision\":4} | 07d0 | 2000",
                "{\"type\":\"fixed\",\"name\":\"f\",\"size\":16,\"logicalType\":\"uuid\"} | "
                        + "00112233445566778899aabbccddeeff | \"00112233-4455-6677-8899-aabbccddeeff\"",
                "{\"type\":\"int\",\"logicalType\":\"date\"} | 02 | 1",
                "{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"} | 80f0deda8f6d | 1874714156032",
                "{\"type\":\"string\",\"logicalType\":\"uuid\"} | 0261 | \"a\"",
            })
    void everyTypeIsAJsonValue(String schema, String hex, String json) {
        PayloadReading reading = read(schema, hex, Projection.everything());

        assertThat(reading.damage()).isNull();
        assertThat(reading.root()).hasToString(json);
    }

    @Test
    void readsOnlyTheWantedFields() {
        byte[] order = AvroEvents.fromJson(AvroEvents.schema(ORDER), """
                {"id":"1","amount":"\\u0007\\u00d0","note":{"string":"n"},"items":[{"sku":"A","quantity":2}]}""");

        PayloadReading reading =
                AvroReader.of(ORDER).read(order, Projection.of(List.of(List.of("amount"), List.of("items", "sku"))));

        assertThat(reading.root()).hasToString("{\"amount\":20.00,\"items\":[{\"sku\":\"A\"}]}");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"boolean\" | 02 | a boolean is 0 or 1, not 2",
                "\"boolean\" | | it ends within a boolean",
                "\"int\" | 8080808010 | an int is beyond 32 bits",
                "\"long\" | ffffffffffffffffff02 | a number is beyond 64 bits",
                "\"long\" | ffffffffffffffffffff01 | a number is beyond 64 bits",
                "\"long\" | 80 | it ends within a number",
                "\"int\" | 0202 | it goes on after the end of the datum",
                "\"float\" | 000000 | it ends within a float",
                "\"string\" | 0661 | a length of 3 where 1 bytes are left",
                "\"string\" | 01 | a length of -1 where 0 bytes are left",
                "\"string\" | feffffffffffffffff01 | a length of 9223372036854775807 where 0 bytes are left",
                "\"string\" | 02ff | text that is not UTF-8",
                "\"bytes\" | feffffff0f | a length of 2147483647 where 0 bytes are left",
                "{\"type\":\"fixed\",\"name\":\"f\",\"size\":2} | ff | it ends within bytes",
                "{\"type\":\"enum\",\"name\":\"e\",\"symbols\":[\"A\"]} | 02 | number 1 of 1 symbols",
                "[\"null\",\"int\"] | 04 | number 2 of 2 branches",
                "[\"null\",\"int\"] | 01 | number -1 of 2 branches",
                "{\"type\":\"array\",\"items\":\"int\"} | feffffffffffffffff0102 | it ends within a number",
                "{\"type\":\"array\",\"items\":\"int\"} | ffffffffffffffffff0100 | "
                        + "a block of more items than can be counted",
                "{\"type\":\"array\",\"items\":\"int\"} | 03feff0302 | a length of 32767 where 1 bytes are left",
                "{\"type\":\"array\",\"items\":\"null\"} | feffffffffffffffff01 | "
                        + "more than 10000 values that take no bytes",
                "{\"type\":\"map\",\"values\":\"int\"} | 0202ff0200 | text that is not UTF-8",
                "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":9} | 00 | "
                        + "a decimal has from 1 to 415 bytes, not 0",
            })
    void damageIsFoundWhateverIsWanted(String schema, String hex, String how) {
        for (Projection wanted : List.of(Projection.everything(), Projection.nothing())) {
            PayloadReading reading = read(schema, hex == null ? "" : hex, wanted);

            assertThat(reading.damage()).startsWith("the payload is not the Avro it says it is: " + how + " (byte ");
            assertThat(reading.root().isMissingNode()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "string | a schema that cannot be read: ",
                "\"strin\" | a schema that means nothing: ",
                "{\"type\":\"array\",\"items\":\"strin\"} | a schema that means nothing: Undefined schema: strin",
                "{\"type\":\"record\"} | a schema that cannot be read: ",
                "{\"type\":\"record\",\"name\":\"a\",\"fields\":[{\"name\":\"b-c\",\"type\":\"int\"}]} | a schema that ",
                "{\"type\":\"enum\",\"name\":\"e\",\"symbols\":[\"A\",\"A\"]} | a schema that ",
                "{ | a schema that cannot be read: ",
            })
    void whatIsNoSchemaIsRefused(String schema, String message) {
        assertThatThrownBy(() -> AvroReader.of(schema))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message)
                .hasMessageNotContaining("\n");
    }

    @Test
    void travelsAsTheSchemasText() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(AvroReader.of(ORDER));
        }
        Object arrived = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();

        assertThat(arrived).isEqualTo(AvroReader.of(ORDER)).isNotEqualTo(AvroReader.of("\"int\""));
        assertThat(((AvroReader) arrived)
                        .read(new byte[] {0}, Projection.everything())
                        .damage())
                .contains("it ends within a number");
    }

    private static PayloadReading read(String schema, String hex, Projection wanted) {
        return AvroReader.of(schema).read(HexFormat.of().parseHex(hex == null ? "" : hex), wanted);
    }
}
