package dev.weft.scale.lag;

/**
 * A job of a Flink cluster.
 *
 * @param cluster the name the scaler's configuration gives to a Flink cluster
 * @param job its name or its id; empty if the cluster runs only one
 */
public record JobRef(String cluster, String job) {}
