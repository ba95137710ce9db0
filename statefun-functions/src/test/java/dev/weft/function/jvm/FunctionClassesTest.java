package dev.weft.function.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.function.FunctionType;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.statefun.sdk.java.Context;
import org.apache.flink.statefun.sdk.java.StatefulFunction;
import org.apache.flink.statefun.sdk.java.StatefulFunctionSpec;
import org.apache.flink.statefun.sdk.java.TypeName;
import org.apache.flink.statefun.sdk.java.message.Message;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunctionClassesTest {

    private static final String PREFIX = "dev.weft.function.jvm.FunctionClassesTest$";
    private static final ClassLoader LOADER = FunctionClassesTest.class.getClassLoader();

    @Test
    void everyFieldOfAClassIsAFunction() throws Exception {
        assertThat(FunctionClasses.of(PREFIX + "Two", LOADER))
                .containsOnlyKeys(FunctionType.parse("a/first"), FunctionType.parse("a/second"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Missing | no class " + PREFIX + "Missing",
                "None    | class " + PREFIX + "None without a public static field of the type StatefulFunctionSpec",
                "Twice   | two functions of the type a/first, the second in " + PREFIX + "Twice.AGAIN",
                "Null    | field " + PREFIX + "Null.SPEC with null",
                "Broken  | field " + PREFIX + "Broken.SPEC, whose class fails to begin: "
                        + "java.lang.IllegalStateException: broken"
            })
    void mistakesAreTold(String name, String message) {
        assertThatThrownBy(() -> FunctionClasses.of(PREFIX + name, LOADER))
                .isInstanceOf(NoFunctionsException.class)
                .hasMessage(message);
    }

    @Test
    void aClassPathWithoutServicesHoldsNoFunctions() {
        assertThatThrownBy(() -> FunctionClasses.discovered(LOADER))
                .isInstanceOf(NoFunctionsException.class)
                .hasMessage("no class that is named in"
                        + " META-INF/services/org.apache.flink.statefun.sdk.java.StatefulFunction");
    }

    private static StatefulFunctionSpec spec(String type) {
        return StatefulFunctionSpec.builder(TypeName.typeNameFromString(type))
                .withSupplier(Two::new)
                .build();
    }

    static final class Two implements StatefulFunction {
        public static final StatefulFunctionSpec FIRST = spec("a/first");
        public static final StatefulFunctionSpec SECOND = spec("a/second");
        static final StatefulFunctionSpec HIDDEN = spec("a/hidden");

        @Override
        public CompletableFuture<Void> apply(Context context, Message message) {
            return context.done();
        }
    }

    static final class None {
        static final StatefulFunctionSpec HIDDEN = spec("a/hidden");
    }

    static final class Twice {
        public static final StatefulFunctionSpec ONCE = spec("a/first");
        public static final StatefulFunctionSpec AGAIN = spec("a/first");
    }

    static final class Null {
        public static final @Nullable StatefulFunctionSpec SPEC = null;
    }

    static final class Broken {
        public static final StatefulFunctionSpec SPEC = broken();

        private static StatefulFunctionSpec broken() {
            throw new IllegalStateException("broken");
        }
    }
}
