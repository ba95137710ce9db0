package dev.weft.job.flink;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weft.job.FunctionJars;
import dev.weft.job.JobConfig;
import dev.weft.job.rules.RulesText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The job's main class, as a Flink cluster starts it. The config comes with the program's arguments, so that nothing
 * has to be put on the cluster's disks, or lies where the JobManager can read it:
 *
 * <ul>
 *   <li>{@code --config-base64}: the job config, base64;
 *   <li>{@code --config-file}: its path, in place of the text; what it names lies beside it;
 *   <li>{@code --config-name}: its file name, for messages; optional;
 *   <li>{@code --variables-base64}: a JSON object of the {@code ${NAME}} variables that the submitter's environment
 *       sets, base64; optional. They come before the environment of the JobManager;
 *   <li>{@code --function-jars}: the names of the users' jars that travel in the job's jar, with commas between them;
 *       optional;
 *   <li>{@code --parallelism}: how many subtasks, whatever the file says; optional.
 * </ul>
 */
public final class MeshJob {

    private MeshJob() {}

    /** Builds and starts the job. Throws {@link IllegalArgumentException} naming every problem of a bad config. */
    public static void main(String[] args) throws Exception {
        Map<String, String> options = options(args);
        Map<String, String> environment = new HashMap<>(System.getenv());
        if (options.containsKey("variables-base64")) {
            environment.putAll(variables(decoded(options, "variables-base64")));
        }
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        MeshTopology.assemble(
                env, config(options, environment), text(options, environment), jars(options), environment);
        env.executeAsync();
    }

    static JobConfig config(Map<String, String> options, Map<String, String> environment) {
        JobConfig config = text(options, environment).read().orElseThrow();
        String parallelism = options.get("parallelism");
        return parallelism == null ? config : config.withParallelism(Integer.parseInt(parallelism));
    }

    private static RulesText text(Map<String, String> options, Map<String, String> environment) {
        String path = options.get("config-file");
        if (path != null) {
            return text(Path.of(path), environment);
        }
        String file = options.getOrDefault("config-name", "<config>");
        return RulesText.of(file, decoded(options, "config-base64"), environment);
    }

    private static RulesText text(Path file, Map<String, String> environment) {
        return RulesText.withFiles(
                file.toString(),
                read(file)
                        .orElseThrow(() ->
                                new IllegalArgumentException("the argument --config-file: found no file " + file)),
                environment,
                path -> read(file.resolveSibling(path)));
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static FunctionJars jars(Map<String, String> options) {
        String names = options.get("function-jars");
        return names == null ? FunctionJars.NONE : new FunctionJars.Nested(List.of(names.split(",")));
    }

    static Map<String, String> options(String... args) {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < args.length; i += 2) {
            if (!args[i].startsWith("--") || i + 1 == args.length) {
                throw new IllegalArgumentException("found " + args[i] + ", expected --option and its value");
            }
            options.put(args[i].substring(2), args[i + 1]);
        }
        return options;
    }

    private static String decoded(Map<String, String> options, String name) {
        String base64 = options.get(name);
        if (base64 == null) {
            throw new IllegalArgumentException("the argument --" + name + " is missing");
        }
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    private static Map<String, String> variables(String json) throws IOException {
        return new ObjectMapper().readValue(json, new TypeReference<Map<String, String>>() {});
    }
}
