package dev.weft.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.apache.flink.statefun.sdk.java.types.Type;
import org.apache.flink.statefun.sdk.java.types.Types;
import org.junit.jupiter.api.Test;

class ValueTextTest {

    @Test
    void valuesOfTheSdksTypesAreShownAsTheyAre() {
        assertThat(text(Types.booleanType(), true)).isEqualTo("true");
        assertThat(text(Types.integerType(), -7)).isEqualTo("-7");
        assertThat(text(Types.longType(), 1L << 40)).isEqualTo("1099511627776");
        assertThat(text(Types.floatType(), 1.5f)).isEqualTo("1.5");
        assertThat(text(Types.doubleType(), -0.25)).isEqualTo("-0.25");
        assertThat(text(Types.stringType(), "grün")).isEqualTo("grün");
    }

    @Test
    void aZeroIsAValueOfNoBytes() {
        assertThat(text(Types.longType(), 0L)).isEqualTo("0");
        assertThat(text(Types.booleanType(), false)).isEqualTo("false");
        assertThat(text(Types.stringType(), "")).isEmpty();
    }

    @Test
    void valuesOfOtherTypesAreShownAsTextWhereTheyAreText() {
        byte[] json = "{\"items\": 3}".getBytes(StandardCharsets.UTF_8);
        assertThat(ValueText.of(new TypedValue("shop/cart", json))).isEqualTo("{\"items\": 3}");
    }

    @Test
    void bytesThatAreNoTextAreShownInBase64() {
        assertThat(ValueText.of(new TypedValue("shop/cart", new byte[] {0, (byte) 0xff})))
                .isEqualTo("base64:AP8=");
        assertThat(ValueText.of(new TypedValue("io.statefun.types/string", new byte[] {0x0a, 9, 1})))
                .isEqualTo("base64:CgkB");
    }

    private static <T> String text(Type<T> type, T value) {
        byte[] bytes = type.typeSerializer().serialize(value).toByteArray();
        return ValueText.of(new TypedValue(type.typeName().asTypeNameString(), bytes));
    }
}
