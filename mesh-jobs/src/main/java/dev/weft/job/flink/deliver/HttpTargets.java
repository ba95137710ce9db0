package dev.weft.job.flink.deliver;

import dev.weft.delivery.Target;
import dev.weft.http.AddressPolicy;
import dev.weft.http.HttpEndpoint;
import dev.weft.http.HttpEndpoints;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Opens the endpoints of HTTP targets. */
public final class HttpTargets implements Endpoints {

    private static final long serialVersionUID = 1;

    private final AddressPolicy network;
    private final Map<String, String> secrets;

    /**
     * Makes one for these targets.
     *
     * @param network which addresses may be called
     * @param environment where secrets are looked up. Those the targets refer to travel with the job, as those of Kafka
     *     do; what is not there is looked up where the call is made
     */
    public HttpTargets(Collection<Target> targets, AddressPolicy network, Map<String, String> environment) {
        this.network = network;
        Map<String, String> needed = new HashMap<>();
        targets.stream().flatMap(target -> target.http().variables().stream()).forEach(name -> {
            String value = environment.get(name);
            if (value != null) {
                needed.put(name, value);
            }
        });
        this.secrets = Map.copyOf(needed);
    }

    @Override
    public HttpEndpoint open(Target target) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putAll(secrets);
        return HttpEndpoints.open(target.http(), network, environment);
    }
}
