package dev.weft.job.flink.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.function.FunctionCatalog;
import dev.weft.function.FunctionType;
import dev.weft.function.jvm.JvmFunctions;
import dev.weft.function.remote.RemoteFunctions;
import dev.weft.job.FunctionJars;
import dev.weft.job.Jobs;
import java.util.List;
import java.util.Map;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.statefun.sdk.java.StatefulFunctionSpec;
import org.apache.flink.statefun.sdk.java.TypeName;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class PlannedFunctionsTest {

    private static final String JOB = """
            channels: { in: { topic: in }, dead: { topic: dead } }
            deadLetter: dead
            functions:
              - class: %s
              - endpoint: { functions: far/*, url: "http://localhost:1/all" }
              - endpoint: { functions: far/one, url: "http://localhost:1/one" }
            ingress: [{ name: in, from: [in], to: [near/greeter], id: subject, as: event }]
            """;

    /** Functions of a user. */
    public static final class Greeter {
        public static final StatefulFunctionSpec SPEC = StatefulFunctionSpec.builder(
                        TypeName.typeNameOf("near", "greeter"))
                .withSupplier(() -> (context, message) -> context.done())
                .build();

        private Greeter() {}
    }

    @Test
    void findsFunctionsOfClassesAndOfEndpointsTheNearestFirst() throws Exception {
        CatalogFactory.Opened opened = planned(Greeter.class.getName(), FunctionJars.NONE)
                .open(opening(getClass().getClassLoader()));
        FunctionCatalog catalog = opened.catalog();
        try (AutoCloseable closing = opened.closing()) {
            assertThat(catalog.of(type("near/greeter")).orElseThrow().invoker()).isInstanceOf(JvmFunctions.class);
            assertThat(catalog.of(type("far/any")).orElseThrow().invoker()).isInstanceOf(RemoteFunctions.class);
            assertThat(catalog.of(type("far/one"))).isNotEqualTo(catalog.of(type("far/any")));
            assertThat(catalog.of(type("near/other"))).isEmpty();
        }
    }

    @Test
    void saysWhichClassAndWhichJarIsMissing() throws Exception {
        ClassLoader here = getClass().getClassLoader();
        assertThatThrownBy(() -> planned("no.such.Thing", FunctionJars.NONE).open(opening(here)))
                .hasMessageContaining("no.such.Thing");
        FunctionJars nested = new FunctionJars.Nested(List.of("shop.jar"));
        assertThatThrownBy(() -> planned(Greeter.class.getName(), nested).open(opening(here)))
                .hasMessageContaining("found no weft/functions/shop.jar in the job's jar");
    }

    /** As it comes to a subtask. */
    private static PlannedFunctions planned(String className, FunctionJars jars) throws Exception {
        var job = Jobs.named("shop", JOB.formatted(className));
        return InstantiationUtil.clone(new PlannedFunctions(job.functionPlan(jars), Map.of()));
    }

    private static CatalogFactory.Opening opening(ClassLoader userCode) {
        return new CatalogFactory.Opening(
                userCode, List.of(), List.of(), new UnregisteredMetricsGroup(), () -> 0, () -> 0);
    }

    private static FunctionType type(String text) {
        return FunctionType.parse(text);
    }
}
