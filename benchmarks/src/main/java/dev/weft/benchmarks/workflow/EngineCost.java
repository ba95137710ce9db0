package dev.weft.benchmarks.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.management.OperatingSystemMXBean;
import dev.weft.benchmarks.process.Options;
import dev.weft.benchmarks.process.Rounds;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * CPU time per instance of a workflow of five tasks that computes with jq and waits for nothing: the bare engine beside
 * the executor of the reference SDK, on the same document and input in one process, without lifecycle events. Their
 * outputs are compared.
 *
 * <p>{@code EngineCost [--rounds 7] [--instances 20000]}.
 */
public final class EngineCost {

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private static final long LEAST_NANOS = 2_000_000_000;

    private EngineCost() {}

    public static void main(String[] args) throws Exception {
        Map<String, String> options = Options.of(args);
        int rounds = Integer.parseInt(options.getOrDefault("--rounds", "7"));
        int instances = Integer.parseInt(options.getOrDefault("--instances", "20000"));
        String document = Workflows.read("order.yaml");
        try (Executor sdk = new SdkExecutor(document);
                Executor weft = new WeftExecutor(document)) {
            agree(sdk, weft);
            micros(sdk, instances);
            micros(weft, instances);
            Rounds<Executor, Double> run =
                    Rounds.run(rounds, List.of(sdk, weft), (who, round) -> micros(who, instances));
            System.out.printf(
                    Locale.ROOT,
                    "us of CPU per instance, median of %d rounds: SDK %.2f (%.2f at least), Weft %.2f (%.2f at most);"
                            + " ratio %.1f, %.1f at worst%n",
                    rounds,
                    run.median(sdk, each -> each),
                    run.min(sdk, each -> each),
                    run.median(weft, each -> each),
                    run.max(weft, each -> each),
                    run.median(sdk, each -> each) / run.median(weft, each -> each),
                    run.min(sdk, each -> each) / run.max(weft, each -> each));
        }
        System.exit(0); // the SDK has threads that would not end
    }

    private static JsonNode input(int number) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", "o-" + number)
                .put("quantity", 1 + number % 90)
                .put("price", 19.5)
                .put("country", number % 2 == 0 ? "DE" : "FR");
    }

    private static void agree(Executor sdk, Executor weft) throws Exception {
        for (int i = 0; i < 1000; i++) {
            JsonNode theirs = sdk.run(i, input(i));
            JsonNode ours = weft.run(i, input(i));
            if (!theirs.equals(ours)) {
                throw new IllegalStateException("found " + ours + ", expected " + theirs);
            }
        }
    }

    /** The clock ticks a hundred times a second, so that who is fast runs more of them. */
    private static double micros(Executor who, int instances) throws Exception {
        long before = SYSTEM.getProcessCpuTime();
        long done = 0;
        long spent = 0;
        while (spent < LEAST_NANOS) {
            for (int i = 0; i < instances; i++) {
                who.run(i, input(i));
            }
            done += instances;
            spent = SYSTEM.getProcessCpuTime() - before;
        }
        return spent / 1e3 / done;
    }
}
