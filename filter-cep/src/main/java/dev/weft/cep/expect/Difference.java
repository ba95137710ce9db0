package dev.weft.cep.expect;

/**
 * One member of an event that is not as expected.
 *
 * @param member its name: {@code subject}, {@code data.total}, {@code events.placed}
 * @param expected as JSON
 * @param found as JSON; {@code nothing} where it is not there
 */
public record Difference(String member, String expected, String found) {

    static final String NOTHING = "nothing";
}
