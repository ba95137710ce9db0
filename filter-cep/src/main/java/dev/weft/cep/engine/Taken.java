package dev.weft.cep.engine;

/**
 * An event that partial matches have taken.
 *
 * @param position its place among the events of the key, counted while there are partial matches
 */
record Taken(long position, KeptEvent event) {}
