package dev.weft.filter.cel;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What {@code all}, {@code exists}, {@code map} and the like are made of: each element of a list, or key of a map,
 * changes what the ones before made, as long as a condition holds.
 */
record Loop(Code range, int element, int accumulator, Code start, Code condition, Code step, Code result)
        implements Code {

    @Override
    public Object eval(Run run) {
        Object over = range.eval(run);
        if (over instanceof Failed) {
            return over;
        }
        Collection<?> elements;
        if (over instanceof Map<?, ?> map) {
            elements = map.keySet();
        } else if (over instanceof List<?> list) {
            elements = list;
        } else {
            return new Failed("only lists and maps have elements, not a value of the type " + Values.typeOf(over));
        }
        Object made = start.eval(run);
        run.slots[accumulator] = made instanceof List<?> ? new Growing() : made;
        for (Object each : elements) {
            run.pay(1);
            run.slots[element] = each;
            if (!Boolean.TRUE.equals(condition.eval(run))) {
                break;
            }
            run.slots[accumulator] = step.eval(run);
        }
        Object finished = result.eval(run);
        return finished instanceof Growing growing ? growing.finished() : finished;
    }
}
