package dev.weft.job;

import dev.weft.event.PayloadReaders;
import java.io.Serializable;
import java.util.List;

/**
 * The part of a job config that makes messages for functions of what is read.
 *
 * @param job the job's name
 * @param channels in the order of the file
 * @param payloads how payloads that are not JSON are read
 */
public record IngressPlan(
        String job, List<ChannelConfig> channels, PayloadReaders payloads, List<Ingress> ingress, List<RawIngress> raw)
        implements Serializable {

    public IngressPlan {
        channels = List.copyOf(channels);
        ingress = List.copyOf(ingress);
        raw = List.copyOf(raw);
    }

    /** Whether nothing comes in. */
    public boolean isEmpty() {
        return ingress.isEmpty() && raw.isEmpty();
    }
}
