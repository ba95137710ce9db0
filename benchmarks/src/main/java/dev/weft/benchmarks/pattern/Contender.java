package dev.weft.benchmarks.pattern;

/** Something that finds patterns in a {@link Stream}. */
interface Contender extends AutoCloseable {

    /** Makes what it is given of these events; is not measured. */
    void prepare(Stream stream, int from, int to) throws Exception;

    /** Takes the events that were prepared. */
    void feed() throws Exception;

    /** Hears that all events of that time or an earlier one have come. */
    void watermark(long time) throws Exception;

    /** Takes part in a checkpoint, if it can. */
    void checkpoint(long id) throws Exception;

    /** Returns what it has found since it was made. */
    Found found();

    @Override
    void close() throws Exception;
}
