package dev.weft.job.flink.connect;

import dev.weft.http.HttpSettings;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** The secrets that HTTP endpoints and workflows of a job refer to. They travel with the job, as those of Kafka do. */
public final class CarriedSecrets implements Serializable {

    private static final long serialVersionUID = 1;

    private final Map<String, String> values;

    private CarriedSecrets(Map<String, String> values) {
        this.values = values;
    }

    /** Takes what these endpoints refer to out of an environment, as far as it is there. */
    public static CarriedSecrets of(Stream<HttpSettings> endpoints, Map<String, String> environment) {
        return named(endpoints.flatMap(endpoint -> endpoint.variables().stream()), environment);
    }

    /** Takes variables of these names out of an environment, as far as they are there. */
    public static CarriedSecrets named(Stream<String> variables, Map<String, String> environment) {
        Map<String, String> needed = new HashMap<>();
        variables.forEach(name -> {
            String value = environment.get(name);
            if (value != null) {
                needed.put(name, value);
            }
        });
        return new CarriedSecrets(Map.copyOf(needed));
    }

    /** Returns where calls look secrets up: here, and what is not here in the environment of this process. */
    public Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putAll(values);
        return environment;
    }
}
