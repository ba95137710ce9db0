package dev.weft.job.flink.deliver;

import dev.weft.delivery.Target;
import dev.weft.http.HttpEndpoint;
import java.io.Serializable;

/** Opens the endpoints of targets, in the task that calls them. */
@FunctionalInterface
public interface Endpoints extends Serializable {

    /** Opens the endpoint of a target; secrets are resolved here. */
    HttpEndpoint open(Target target);
}
