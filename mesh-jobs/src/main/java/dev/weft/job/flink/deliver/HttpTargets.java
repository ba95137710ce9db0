package dev.weft.job.flink.deliver;

import dev.weft.delivery.Target;
import dev.weft.http.AddressPolicy;
import dev.weft.http.HttpEndpoint;
import dev.weft.http.HttpEndpoints;
import dev.weft.job.flink.connect.CarriedSecrets;
import java.util.Collection;
import java.util.Map;

/** Opens the endpoints of HTTP targets. */
public final class HttpTargets implements Endpoints {

    private static final long serialVersionUID = 1;

    private final AddressPolicy network;
    private final CarriedSecrets secrets;

    /**
     * Makes one for these targets.
     *
     * @param network which addresses may be called
     * @param environment where secrets are looked up; what is not there is looked up where the call is made
     */
    public HttpTargets(Collection<Target> targets, AddressPolicy network, Map<String, String> environment) {
        this.network = network;
        this.secrets = CarriedSecrets.of(targets.stream().map(Target::http), environment);
    }

    @Override
    public HttpEndpoint open(Target target) {
        return HttpEndpoints.open(target.http(), network, secrets.environment());
    }
}
