package dev.weft.benchmarks.pattern;

/** Makes {@link Reading}s of a stream's events. */
final class Readings {

    private Readings() {}

    static Reading of(Stream stream, int event) {
        return new Reading(
                stream.id(event),
                stream.source(event),
                stream.type(event),
                stream.key(event),
                stream.time(event),
                stream.value(event),
                new byte[Reading.PAYLOAD_BYTES]);
    }
}
