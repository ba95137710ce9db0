package dev.weft.job;

import dev.weft.function.FunctionType;
import dev.weft.http.AddressPolicy;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * The part of a job config that calls functions: what the operator of functions carries to each of its subtasks.
 *
 * @param job the job's name
 * @param providers in the order of the file
 * @param jars where classes of functions are looked up
 * @param network which addresses remote functions may be at
 * @param channels in the order of the file
 * @param deadLetter the name of one of the channels
 * @param reserved the names of channels that functions do not write: the dead letter's and the mesh's own
 * @param egress to which channel each egress writes, by the egress's name; every channel that may be written is one
 * @param rawEgress the names of egresses through which functions write records of any topic, as they are
 * @param maxEventBytes the largest event or record that an egress writes
 * @param memoryBytes about how much memory each subtask may use for what functions remember
 * @param backlogBytes how many bytes of messages may wait for the functions of a subtask, on disk for the most part
 */
public record FunctionPlan(
        String job,
        List<FunctionProvider> providers,
        FunctionJars jars,
        AddressPolicy network,
        List<ChannelConfig> channels,
        String deadLetter,
        Set<String> reserved,
        Map<FunctionType, String> egress,
        Set<FunctionType> rawEgress,
        int maxEventBytes,
        long memoryBytes,
        long backlogBytes)
        implements Serializable {

    public FunctionPlan {
        providers = List.copyOf(providers);
        channels = List.copyOf(channels);
        reserved = Set.copyOf(reserved);
        egress = Map.copyOf(egress);
        rawEgress = Set.copyOf(rawEgress);
    }

    /** Returns the channel of that name, which must be one of them. */
    ChannelConfig channel(String name) {
        return channels.stream()
                .filter(channel -> channel.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("no channel is named " + name));
    }

    /** Whether a topic is that of a channel which functions do not write. */
    boolean isReserved(String topic) {
        return reserved.stream().anyMatch(name -> channel(name).topic().equals(topic));
    }

    /** Returns the topic of the dead letter channel. */
    public String deadLetterTopic() {
        return channel(deadLetter).topic();
    }
}
