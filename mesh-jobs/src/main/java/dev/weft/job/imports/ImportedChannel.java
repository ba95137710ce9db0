package dev.weft.job.imports;

/**
 * A channel that imported routes name.
 *
 * @param topic a first guess of its topic
 * @param about what it stands for in the source
 */
record ImportedChannel(String name, String topic, String about) {}
