package dev.weft.function.module;

import dev.weft.function.remote.RemoteEndpoint;
import java.util.List;

/** What a module file says, each in the order of the file. All that is in Kafka is in one cluster. */
public record ModuleFile(List<RemoteEndpoint> endpoints, List<KafkaIngress> ingresses, List<KafkaEgress> egresses) {

    public ModuleFile {
        endpoints = List.copyOf(endpoints);
        ingresses = List.copyOf(ingresses);
        egresses = List.copyOf(egresses);
    }
}
