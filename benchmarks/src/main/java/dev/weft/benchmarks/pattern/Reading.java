package dev.weft.benchmarks.pattern;

/**
 * An event as contenders other than Weft get it: the attributes of a CloudEvent that matter here, a number and 128
 * bytes of payload. Public, with getters, because Esper reads it as a bean. Immutable.
 */
public final class Reading {

    static final int PAYLOAD_BYTES = 128;

    private final String id;
    private final String source;
    private final String type;
    private final String key;
    private final long time;
    private final double value;
    private final byte[] data;

    Reading(String id, String source, String type, String key, long time, double value, byte[] data) {
        this.id = id;
        this.source = source;
        this.type = type;
        this.key = key;
        this.time = time;
        this.value = value;
        this.data = data;
    }

    public String getId() {
        return id;
    }

    public String getSource() {
        return source;
    }

    public String getType() {
        return type;
    }

    /** Returns the event's subject, by which patterns partition. */
    public String getKey() {
        return key;
    }

    /** Returns when it happened, milliseconds since 1970. */
    public long getTime() {
        return time;
    }

    public double getValue() {
        return value;
    }

    byte[] data() {
        return data;
    }
}
