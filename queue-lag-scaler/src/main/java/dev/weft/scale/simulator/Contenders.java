package dev.weft.scale.simulator;

import dev.weft.scale.PolicySettings;
import dev.weft.scale.control.Trigger;
import dev.weft.scale.control.Trigger.ScaledObjectKey;
import dev.weft.scale.lag.JobRef;
import dev.weft.scale.lag.QueueRef;
import dev.weft.scale.lag.StartPolicy;
import dev.weft.scale.simulator.Contender.Rescaling;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Who is known to this module and takes part. */
public final class Contenders {

    /** KEDA's lag threshold: so many seconds of what a subtask drains. */
    private static final int LAG_THRESHOLD_SECONDS = 30;

    private Contenders() {}

    /** Returns KEDA's Kafka scaler in two settings, an HPA on CPU, and the scaler that is shipped. */
    public static List<Contender> all() {
        return List.of(kafka(false), kafka(true), cpu(), weft());
    }

    /** KEDA's own Kafka scaler with its defaults, and reactive mode, which follows it. */
    static Contender kafka(boolean excludePersistentLag) {
        String name = excludePersistentLag ? "keda-kafka-excl" : "keda-kafka";
        return of(name, Rescaling.REACTIVE, terms -> {
            double threshold = LAG_THRESHOLD_SECONDS * terms.perSubtask();
            ScaledObject object =
                    new ScaledObject(30, 300, terms.maxReplicas(), threshold, HpaBehavior.DEFAULT, Optional.empty());
            return new Keda(object, new KafkaTrigger((long) threshold, excludePersistentLag), new Random(terms.seed()));
        });
    }

    /** An HPA that holds the CPU at 70 %. */
    static Contender cpu() {
        return of(
                "cpu-hpa",
                Rescaling.REACTIVE,
                terms -> new CpuHpa(HpaBehavior.DEFAULT, terms.maxReplicas(), 0.7, new Random(terms.seed())));
    }

    /** The scaler that is shipped, with the ScaledObject that is recommended. */
    static Contender weft() {
        return of("weft", Rescaling.ADAPTIVE, terms -> {
            ScaledObject object = new ScaledObject(
                    10,
                    10,
                    terms.maxReplicas(),
                    1,
                    HpaBehavior.PASS_ON,
                    Optional.of(new ScaledObject.Fallback(3, 1, true)));
            return new Weft(trigger(terms), served -> new Keda(object, served, new Random(terms.seed())));
        });
    }

    private static Trigger trigger(Terms terms) {
        PolicySettings settings = new PolicySettings(
                PolicySettings.Consumer.FLINK_ADAPTIVE,
                terms.slo(),
                0.8,
                1,
                terms.maxReplicas(),
                1,
                terms.perSubtask(),
                Duration.ofSeconds(120),
                true,
                Duration.ofSeconds(180),
                Duration.ofSeconds(600),
                Duration.ofSeconds(60),
                Duration.ofSeconds(5));
        return new Trigger(
                new ScaledObjectKey("mesh", "taskmanager"),
                new QueueRef("kafka", terms.group(), new TreeSet<>(Set.of(terms.topic())), Set.of()),
                new StartPolicy.Earliest(),
                Optional.of(new JobRef("flink", "mesh")),
                settings);
    }

    static Contender of(String name, Rescaling rescaling, Function<Terms, Autoscaler> begin) {
        return new Contender() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Rescaling rescaling() {
                return rescaling;
            }

            @Override
            public Autoscaler begin(Terms terms) {
                return begin.apply(terms);
            }
        };
    }
}
