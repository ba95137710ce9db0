package dev.weft.job.cli;

import dev.weft.config.Checked;
import dev.weft.job.JobConfig;
import dev.weft.job.k8s.Manifest;
import dev.weft.job.k8s.ManifestChecks;
import dev.weft.job.k8s.ManifestFolder;
import dev.weft.job.k8s.ManifestText;
import dev.weft.job.k8s.MeshManifests;
import dev.weft.job.k8s.MeshOnKubernetes;
import dev.weft.job.k8s.Mode;
import dev.weft.job.k8s.ScalerChecks;
import dev.weft.job.k8s.SecretReferences;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weft k8s}: the manifests of a job on Kubernetes, which scales on the lag of its queue. */
@Command(
        name = "k8s",
        description = {
            "Print what runs a job on Kubernetes: Flink, the scaler and KEDA's ScaledObject.",
            "They are those of the folder k8s, with the job's config, queue and sizes in their places. Asks Kafka how many"
                    + " partitions there are, unless --max-replicas says how far to go. Applies nothing.",
            "Secrets are references to Secrets, which are yours to make: what they must hold is said beside the manifests."
        },
        footer = {
            "",
            "Examples:",
            "  weft k8s shop.yaml --image registry.example/shop:1 | kubectl apply -n shop -f -",
            "  weft k8s shop.yaml --max-replicas 8 --out deploy/shop    a folder for kubectl apply -k",
            "  weft k8s shop.yaml --mode operator --tls",
            "  weft k8s shop.yaml --state s3://mesh/shop --from-savepoint s3://mesh/shop/savepoints/savepoint-1"
        })
final class KubernetesCommand implements Callable<Integer> {

    /** A FlinkDeployment's name has at most 45 characters; the longest ending is that of a Service. */
    private static final int LONGEST_NAME = 39;

    private static final String NAME = "[a-z](?:[a-z0-9-]{0," + (LONGEST_NAME - 2) + "}[a-z0-9])?";
    private static final Duration LONG_CHECKPOINT = Duration.ofSeconds(30);
    private static final int MOST_REPLICAS = 10_000;

    private final Shell shell;

    @Parameters(paramLabel = "FILE", description = "the job config; - is standard input")
    private String file = "";

    @Option(
            names = "--mode",
            defaultValue = "adaptive",
            paramLabel = "MODE",
            description = {
                "who changes the parallelism (default: ${DEFAULT-VALUE}):",
                "adaptive: the scaler tells the job, then KEDA brings TaskManagers",
                "reactive: the job takes the TaskManagers that KEDA brings",
                "operator: the Flink Kubernetes Operator; never to zero"
            })
    private Mode mode = Mode.ADAPTIVE;

    @Option(names = "--tls", description = "KEDA and the scaler know each other by certificates")
    private boolean tls;

    @Option(names = "--name", paramLabel = "NAME", description = "what objects are called (default: the job's name)")
    private @Nullable String name;

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAMESPACE",
            description = "of the objects (default: that of kubectl)")
    private @Nullable String namespace;

    @Option(names = "--image", paramLabel = "IMAGE", description = "of the job, see k8s/README.md (default: weft-job)")
    private @Nullable String image;

    @Option(names = "--scaler-image", paramLabel = "IMAGE", description = "of the scaler (default: weft-scaler)")
    private @Nullable String scalerImage;

    @Option(
            names = "--max-replicas",
            paramLabel = "N",
            description = "most TaskManagers (default: one per --slots partitions of what is read)")
    private @Nullable Integer most;

    @Option(
            names = "--min-replicas",
            defaultValue = "1",
            paramLabel = "N",
            description = "fewest TaskManagers while there is something to do (default: ${DEFAULT-VALUE})")
    private int least = 1;

    @Option(
            names = "--slots",
            defaultValue = "1",
            paramLabel = "N",
            description = "subtasks of a TaskManager (default: ${DEFAULT-VALUE})")
    private int slots = 1;

    @Option(
            names = "--slo",
            defaultValue = "1m",
            paramLabel = "DURATION",
            description = "how long an event may wait (default: ${DEFAULT-VALUE})")
    private Duration slo = Duration.ofMinutes(1);

    @Option(
            names = "--to-zero",
            arity = "1",
            paramLabel = "true|false",
            description = "no TaskManager while nothing is to do (default: if nothing in the job waits for a time)")
    private @Nullable Boolean toZero;

    @Option(
            names = "--state",
            paramLabel = "URL",
            description = "where checkpoints are kept, such as s3://mesh/shop (default: a volume)")
    private @Nullable String state;

    @Option(names = "--from-savepoint", paramLabel = "PATH", description = "go on from this savepoint")
    private @Nullable String savepoint;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "write a file for each object and a kustomization.yaml there")
    private @Nullable Path out;

    @Mixin
    private JarsOption jars = new JarsOption();

    @Mixin
    private KafkaPatience patience = new KafkaPatience();

    KubernetesCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure, InterruptedException {
        JobFile job = jars.read(shell, file);
        MeshOnKubernetes mesh = mesh(job);
        List<Manifest> manifests = manifests(mesh);
        if (out == null) {
            shell.out().print(ManifestText.stream(manifests));
        } else {
            write(out, manifests);
        }
        tell(mesh, job.config());
        return ExitCodes.OK;
    }

    private List<Manifest> manifests(MeshOnKubernetes mesh) throws CommandFailure {
        Checked<List<Manifest>> manifests = MeshManifests.of(mesh, shell.home().resolve("k8s"));
        if (manifests.value().isEmpty()) {
            throw CommandFailure.input(JobFile.described(manifests.problems()));
        }
        List<String> mistakes = new ArrayList<>(ManifestChecks.mistakes(manifests.orElseThrow()));
        mistakes.addAll(ScalerChecks.mistakes(manifests.orElseThrow()));
        if (!mistakes.isEmpty()) {
            throw CommandFailure.input("what the folder k8s makes of this does not work:" + System.lineSeparator()
                    + String.join(System.lineSeparator(), mistakes));
        }
        return manifests.orElseThrow();
    }

    private MeshOnKubernetes mesh(JobFile job) throws CommandFailure, InterruptedException {
        JobConfig config = job.config();
        requireRange("--slots", slots, 1, 1_000);
        requireRange("--min-replicas", least, 1, MOST_REPLICAS);
        if (most != null) {
            requireRange("--max-replicas", most, least, MOST_REPLICAS);
        }
        if (mode == Mode.OPERATOR && Boolean.TRUE.equals(toZero)) {
            throw mistake(
                    "--to-zero", "true", "false with --mode operator: a FlinkDeployment has one TaskManager at least");
        }
        String called = name == null ? config.name() : name;
        if (!called.matches(NAME)) {
            String expected = "lower-case letters, digits and inner hyphens, a letter first, at most " + LONGEST_NAME;
            throw name == null
                    ? CommandFailure.input("weft k8s: found a job called \"%s\", expected --name NAME beside it: %s"
                            .formatted(called, expected))
                    : mistake("--name", called, expected);
        }
        Optional<ReadQueue> named = most == null ? Optional.empty() : ReadQueue.named(config);
        ReadQueue queue =
                named.isPresent() ? named.get() : ReadQueue.asked(config, () -> patience.client(config, shell));
        int useful = (queue.partitions().orElse(slots) + slots - 1) / slots;
        JobNeeds needs = JobNeeds.of(job);
        boolean zero = mode != Mode.OPERATOR && (toZero == null ? waitsForNoTime(config) : toZero);
        return new MeshOnKubernetes(
                called,
                mode,
                tls,
                Optional.ofNullable(namespace),
                Optional.ofNullable(image),
                Optional.ofNullable(scalerImage),
                needs.files(),
                config.name(),
                config.kafka(),
                queue.topics(),
                needs.variables(),
                needs.secrets(),
                needs.ports(),
                new MeshOnKubernetes.Size(least, most == null ? Math.max(least, useful) : most, slots, zero, slo),
                Optional.ofNullable(state).map(url -> url.replaceFirst("/+$", "")),
                Optional.ofNullable(savepoint));
    }

    /** Whether an event that was read leaves nothing behind that has to happen later. */
    private static boolean waitsForNoTime(JobConfig config) {
        return config.patterns().isEmpty()
                && config.functions().isEmpty()
                && config.targets().isEmpty()
                && config.memories() == 0;
    }

    private void tell(MeshOnKubernetes mesh, JobConfig config) {
        if (config.kafka().bootstrap().matches(".*(localhost|127[.]0[.]0[.]1|\\[::1]):.*")) {
            shell.note("warning: Kafka is at %s, which in a Pod is the Pod itself"
                    .formatted(config.kafka().bootstrap()));
        }
        if (!mesh.secrets().variables().isEmpty()) {
            shell.note("Secret %s must hold %s"
                    .formatted(
                            mesh.variablesSecret(),
                            String.join(", ", mesh.secrets().variables())));
        }
        if (!mesh.secrets().paths().isEmpty()) {
            shell.note("Secret %s must hold %s"
                    .formatted(
                            mesh.filesSecret(),
                            mesh.secrets().paths().stream()
                                    .map(path -> "%s (the file %s)".formatted(SecretReferences.keyOf(path), path))
                                    .collect(Collectors.joining(", "))));
        }
        if (mesh.tls()) {
            shell.note("Secrets %s-scaler-tls and %s-keda-tls must hold ca.crt, tls.crt and tls.key"
                    .formatted(mesh.name(), mesh.name()));
        }
        if (!mesh.size().toZero() && toZero == null && mode != Mode.OPERATOR) {
            shell.note(
                    "never scaled to zero, since something in the job may wait for a time: --to-zero true if it may sleep"
                            + " over it");
        }
        if (config.functions().workflows().isPresent()) {
            shell.note("what workflows call must be let through: NetworkPolicy " + mesh.name() + "-flink-calls");
        }
        if (config.checkpoint().every().compareTo(LONG_CHECKPOINT) > 0) {
            shell.note("a change of size waits for the next checkpoint, and there is one every %d s (checkpoint.every)"
                    .formatted(config.checkpoint().every().toSeconds()));
        }
        config.control()
                .ifPresent(control -> shell.note(
                        "rules that are applied while there is no TaskManager hold from the next one on (topic %s)"
                                .formatted(config.channel(control).topic())));
    }

    private void write(Path folder, List<Manifest> manifests) throws CommandFailure {
        try {
            ManifestFolder.write(folder, manifests);
            shell.say("%s: %s; kubectl apply -k %s".formatted(folder, Counted.of(manifests.size(), "object"), folder));
        } catch (IllegalArgumentException e) {
            throw CommandFailure.input("weft k8s: --out: " + e.getMessage());
        } catch (IOException e) {
            throw CommandFailure.input("weft k8s: --out: " + folder + " cannot be written: "
                    + e.getClass().getSimpleName());
        }
    }

    private static void requireRange(String option, int found, int least, int most) throws CommandFailure {
        if (found < least || found > most) {
            throw mistake(option, Integer.toString(found), "a number from " + least + " to " + most);
        }
    }

    private static CommandFailure mistake(String option, String found, String expected) {
        return CommandFailure.input("weft k8s: %s: found %s, expected %s".formatted(option, found, expected));
    }
}
