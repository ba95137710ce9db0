package dev.weft.route.chain;

/**
 * What a remembering step asks of its memory about one event. It holds all that the answer takes, whatever the step, so
 * that whoever keeps the memory need not know the step.
 *
 * @param key whose memory: of one route, step and key
 * @param slot which memory of the key: the number of a window; 0 where there is one memory for each key
 * @param observed what the event shows; equal texts are equal values
 * @param time the event's, in milliseconds since 1970
 * @param expires until when it has to be remembered, in event time
 */
public record Question(String key, long slot, String observed, long time, long expires) {}
