package dev.weft.filter;

import java.util.List;

/**
 * What some rules ask of one field. Rules that ask the same share the test, so an event is asked at most once.
 *
 * @param number by which a {@link Walk} remembers the answer
 * @param field the field's number
 */
record FieldTest(int number, int field, Alternatives asked, boolean acceptsAbsence) {

    boolean holds(FieldValues values) {
        if (values.count() == 0) {
            return acceptsAbsence;
        }
        List<Condition> anyOf = asked.anyOf();
        for (int i = 0; i < values.count(); i++) {
            Value value = values.get(i);
            for (int j = 0; j < anyOf.size(); j++) {
                if (value.isWhat(anyOf.get(j))) {
                    return true;
                }
            }
        }
        return false;
    }
}
