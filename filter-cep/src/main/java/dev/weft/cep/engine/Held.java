package dev.weft.cep.engine;

/**
 * A complete match that is not told as long as one may come that began earlier.
 *
 * @param time when it was complete
 */
record Held(Link link, long time) {

    long start() {
        return link.start();
    }
}
