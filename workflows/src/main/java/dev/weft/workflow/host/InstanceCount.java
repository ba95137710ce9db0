package dev.weft.workflow.host;

import dev.weft.workflow.DefinitionId;

/**
 * How many instances of a definition have begun and not ended, as far as one who counts them was told, in a form that
 * can be kept. Counts of the same definition can be added, whoever kept them.
 *
 * @param active negative where others were told of beginnings, and this one of ends
 */
public record InstanceCount(DefinitionId definition, long active) {

    private static final int VERSION = 1;

    /** Writes it, with the version of the form. */
    public byte[] form() {
        return new FormWriter(VERSION)
                .text(definition.namespace())
                .text(definition.name())
                .text(definition.version())
                .signed(active)
                .done();
    }

    /** Reads what {@link #form} wrote. */
    public static InstanceCount read(byte[] form) throws UnreadableException {
        FormReader in = new FormReader("how many instances there are", form, VERSION);
        InstanceCount read = new InstanceCount(new DefinitionId(in.text(), in.text(), in.text()), in.signed());
        in.end();
        return read;
    }
}
