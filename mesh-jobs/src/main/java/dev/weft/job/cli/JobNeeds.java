package dev.weft.job.cli;

import dev.weft.delivery.Target;
import dev.weft.http.HttpSettings;
import dev.weft.job.FunctionProvider;
import dev.weft.job.JobConfig;
import dev.weft.job.NamedFiles;
import dev.weft.job.k8s.MountedFiles;
import dev.weft.job.k8s.Secrets;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a job must have around it in a Pod.
 *
 * @param files its config and what that names
 * @param variables what the config's <code>${NAME}</code>s stand for here
 * @param secrets that the config and what it names refer to
 * @param ports it calls, beside Kafka's and that of HTTPS
 */
record JobNeeds(MountedFiles files, SortedMap<String, String> variables, Secrets secrets, SortedSet<Integer> ports) {

    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    static JobNeeds of(JobFile job) throws CommandFailure {
        SortedMap<String, String> variables = new TreeMap<>(job.rules().variables());
        variables.keySet().removeIf(NamedFiles::isVariable);
        return new JobNeeds(files(job), variables, secrets(job), ports(job.config()));
    }

    private static MountedFiles files(JobFile job) throws CommandFailure {
        Map<String, String> named = new LinkedHashMap<>();
        for (Map.Entry<String, String> variable : job.rules().variables().entrySet()) {
            if (NamedFiles.isVariable(variable.getKey())) {
                String path =
                        variable.getKey().substring(NamedFiles.variable("").length());
                if (path.startsWith("/")) {
                    throw CommandFailure.input(InputFile.named(job.name()) + ": found the absolute path " + path
                            + ", expected one from the config's folder: a Pod has no other");
                }
                named.put(path, variable.getValue());
            }
        }
        Path config = Path.of(job.name().equals(InputFile.STANDARD_INPUT) ? "job.yaml" : job.name())
                .toAbsolutePath();
        MountedFiles files = MountedFiles.of(
                Objects.requireNonNull(config.getParent()),
                Objects.requireNonNull(config.getFileName()).toString(),
                job.rules().text(),
                named);
        Optional<String> tooMuch = files.tooMuch();
        if (tooMuch.isPresent()) {
            throw CommandFailure.input(InputFile.named(job.name()) + ": " + tooMuch.get());
        }
        return files;
    }

    private static Secrets secrets(JobFile job) {
        Secrets secrets = Secrets.in(job.rules().text());
        for (String text : job.rules().variables().values()) {
            secrets = secrets.and(Secrets.in(text));
        }
        for (var property : job.config().kafka().properties().entrySet()) {
            secrets = secrets.and(Secrets.ofKafka(property.getKey(), property.getValue()));
        }
        for (HttpSettings http : called(job.config()).toList()) {
            secrets = secrets.and(
                    http.tls().ca(), http.tls().certificate(), http.tls().key());
        }
        return secrets;
    }

    private static SortedSet<Integer> ports(JobConfig config) {
        return called(config)
                .map(HttpSettings::url)
                .map(JobNeeds::port)
                .filter(port -> port != HTTPS) // which is open for the API server
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static int port(URI url) {
        return url.getPort() >= 0 ? url.getPort() : "http".equals(url.getScheme()) ? HTTP : HTTPS;
    }

    private static Stream<HttpSettings> called(JobConfig config) {
        return Stream.concat(
                config.targets().stream().map(Target::http),
                config.functions().providers().stream()
                        .filter(FunctionProvider.Remote.class::isInstance)
                        .map(provider ->
                                ((FunctionProvider.Remote) provider).endpoint().http()));
    }
}
