package dev.weft.job;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of a job config that makes messages for functions of what is read.
 *
 * @param job the job's name
 * @param channels in the order of the file
 * @param workflows whose instances events and commands go to; null for none
 */
public record IngressPlan(
        String job,
        List<ChannelConfig> channels,
        List<Ingress> ingress,
        List<RawIngress> raw,
        @Nullable Workflows workflows)
        implements Serializable {

    public IngressPlan {
        channels = List.copyOf(channels);
        ingress = List.copyOf(ingress);
        raw = List.copyOf(raw);
    }

    /** Whether nothing comes in. */
    public boolean isEmpty() {
        return ingress.isEmpty() && raw.isEmpty() && workflows == null;
    }
}
