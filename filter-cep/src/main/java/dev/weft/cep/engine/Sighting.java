package dev.weft.cep.engine;

/**
 * An event that a pattern looks at, and what its constant conditions say of it.
 *
 * @param holds bits of {@link Bits}
 */
public record Sighting(KeptEvent event, long holds) {

    boolean holds(long bit) {
        return (holds & bit) != 0;
    }
}
