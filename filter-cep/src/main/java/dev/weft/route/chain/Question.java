package dev.weft.route.chain;

/**
 * What a remembering step asks of its memory about one event. It holds all that the answer takes, whatever the step, so
 * that whoever keeps the memory need not know the step.
 *
 * @param key whose memory: of one route, step and key, and for windows of one window
 * @param observed what the event shows; equal texts are equal values
 * @param time the event's, in milliseconds since 1970
 * @param expires until when it has to be remembered, in event time
 */
public record Question(String key, String observed, long time, long expires) {}
