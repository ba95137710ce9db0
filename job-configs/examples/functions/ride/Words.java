package com.ride;

import java.nio.charset.StandardCharsets;
import org.apache.flink.statefun.sdk.java.TypeName;
import org.apache.flink.statefun.sdk.java.message.EgressMessage;
import org.apache.flink.statefun.sdk.java.message.EgressMessageBuilder;
import org.apache.flink.statefun.sdk.java.types.SimpleType;
import org.apache.flink.statefun.sdk.java.types.Type;

/** What passengers and drivers say to each other, and to the world outside. */
final class Words {

    /** To a passenger, from the world: the ids of drivers who are near, with spaces between them. */
    static final Type<String> REQUEST = text("ride/request");

    /** To a driver, from a passenger, whose id it is: will you drive me? */
    static final Type<String> ASK = text("ride/ask");

    /** To a passenger, from a driver, whose id it is: I will. */
    static final Type<String> ACCEPT = text("ride/accept");

    /** To a driver, from a passenger, whose id it is: somebody else was faster. */
    static final Type<String> RELEASE = text("ride/release");

    /** To a driver from the world, and from the driver to the passenger: here we go. */
    static final Type<String> START = text("ride/start");

    /** To a driver from the world, and from the driver to the passenger: here we are. */
    static final Type<String> END = text("ride/end");

    /** From a passenger to itself, later: nobody wants me. */
    static final Type<String> GIVE_UP = text("ride/give-up");

    private static final Type<String> EVENT = text("io.cloudevents/event");
    private static final TypeName NEWS = TypeName.typeNameFromString("ride/news");

    private Words() {}

    /** Returns an event about the n-th ride of a passenger. */
    static EgressMessage news(String type, String passenger, int ride, String driver) {
        String json = """
                {"specversion": "1.0", "id": "%2$s-%3$d-%1$s", "source": "/ride", "type": "ride.%1$s",
                 "subject": "%2$s", "datacontenttype": "application/json", "data": {"driver": "%4$s"}}
                """.formatted(type, passenger, ride, driver);
        return EgressMessageBuilder.forEgress(NEWS).withCustomType(EVENT, json).build();
    }

    private static Type<String> text(String name) {
        return SimpleType.simpleImmutableTypeFrom(
                TypeName.typeNameFromString(name),
                text -> text.getBytes(StandardCharsets.UTF_8),
                bytes -> new String(bytes, StandardCharsets.UTF_8));
    }
}
