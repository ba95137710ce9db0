package dev.weft.event;

/** Why a record or event went to the dead letter channel. The {@link #code()} is part of the public format. */
public enum Reason {
    /** The record carries no CloudEvent: no {@code ce_specversion} header and no CloudEvents content type. */
    NOT_A_CLOUDEVENT("not-a-cloudevent"),
    /** The record's content type names a CloudEvents format other than JSON, or a batch. */
    UNSUPPORTED_FORMAT("unsupported-format"),
    /** The event follows a version of the specification other than 1.0. */
    UNSUPPORTED_VERSION("unsupported-specversion"),
    /** A required attribute is missing or empty. */
    MISSING_ATTRIBUTE("missing-attribute"),
    /** An attribute's name or value breaks the rules of the specification. */
    INVALID_ATTRIBUTE("invalid-attribute"),
    /** A structured event is not readable as JSON. */
    UNREADABLE_EVENT("unreadable-event"),
    /** The payload says that it is JSON and cannot be read as JSON, and a route depends on it. */
    UNREADABLE_PAYLOAD("unreadable-payload"),
    /** The record has no value, no headers that make it an event: a tombstone of a compacted topic. */
    TOMBSTONE("tombstone"),
    /** The record is larger than the job takes. */
    TOO_LARGE("too-large"),
    /** A route wants the event, and its transform cannot make an event of it. */
    TRANSFORM_FAILED("transform-failed"),
    /** A step of a route goes by a value that the event does not have. */
    MISSING_KEY("missing-key"),
    /** A route wants the event, and its {@code expirytime} has passed. */
    EXPIRED("expired"),
    /** A target did not take the event, however often it was tried. */
    DELIVERY_FAILED("delivery-failed"),
    /** A target refused the event in a way that another try would not help. */
    DELIVERY_REFUSED("delivery-refused"),
    /** No more events may wait for a target. */
    PARKING_FULL("parking-full"),
    /** A target answered with an event that is none. */
    MALFORMED_REPLY("malformed-reply"),
    /** A reply led to a reply too often. */
    TOO_MANY_HOPS("too-many-hops"),
    /** The target an event waited for is no longer in the job config. */
    TARGET_REMOVED("target-removed"),
    /** A dead letter was to be sent again, and the route or the target it names is not there. */
    REDRIVE_FAILED("redrive-failed"),
    /** The route an event waited for was removed while it was paused. */
    ROUTE_REMOVED("route-removed"),
    /** A pattern has a match, and cannot make an event of it. */
    EMIT_FAILED("emit-failed"),
    /** A message is for a function of a type that the job does not have. */
    UNKNOWN_FUNCTION("unknown-function"),
    /** A function failed at a message, however often it was called. */
    FUNCTION_FAILED("function-failed"),
    /** Functions sent more messages than may wait for functions. */
    FUNCTION_BACKLOG_FULL("function-backlog-full"),
    /** A function said something to an egress that cannot be written as it is. */
    EGRESS_FAILED("egress-failed"),
    /** A command to workflows says nothing that could be done. */
    COMMAND_REFUSED("command-refused");

    private static final Reason[] BY_ORDINAL = values();

    private final String code;

    Reason(String code) {
        this.code = code;
    }

    /** Returns the word that stands in the dead letter's {@code weftreason} attribute. */
    public String code() {
        return code;
    }

    /** Returns the reason of that code. Throws {@link IllegalArgumentException} when there is none. */
    public static Reason of(String code) {
        for (Reason reason : BY_ORDINAL) {
            if (reason.code.equals(code)) {
                return reason;
            }
        }
        throw new IllegalArgumentException("no reason is called " + code);
    }
}
