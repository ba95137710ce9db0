package dev.weft.workflow.jq;

import java.util.Arrays;
import java.util.List;
import net.thisptr.jackson.jq.internal.operators.PlusOperator;

/**
 * What becomes of the members of a variable in an expression: whether they only come to stand in the result as they
 * are, by themselves or within text, or whether the result depends on what they are.
 */
enum Passage {
    UNUSED,
    PASSED_ON,
    COMPUTED_WITH;

    /** Follows the variable of that name. */
    static Passage of(Direct direct, String variable) {
        if (direct instanceof Direct.Variable it) {
            return it.name().equals(variable) ? COMPUTED_WITH : UNUSED;
        }
        if (direct instanceof Direct.Member member) {
            return isIt(member.target(), variable) ? PASSED_ON : used(of(member.target(), variable));
        }
        if (direct instanceof Direct.Item item) {
            return isIt(item.target(), variable) && item.key() instanceof Direct.Constant
                    ? PASSED_ON
                    : used(of(variable, item.target(), item.key()));
        }
        if (direct instanceof Direct.NewArray array) {
            return of(array.items(), variable);
        }
        if (direct instanceof Direct.NewObject object) {
            return most(used(of(object.names(), variable)), of(object.values(), variable));
        }
        if (direct instanceof Direct.Interpolation text) {
            return of(text.values(), variable);
        }
        if (direct instanceof Direct.Arithmetic sum) {
            Passage parts = of(variable, sum.left(), sum.right());
            return sum.operator() instanceof PlusOperator ? parts : used(parts);
        }
        return ofConditions(direct, variable);
    }

    private static Passage ofConditions(Direct direct, String variable) {
        if (direct instanceof Direct.Choice choice) {
            return most(used(of(choice.condition(), variable)), of(variable, choice.then(), choice.otherwise()));
        }
        if (direct instanceof Direct.Alternative either) {
            return most(used(of(either.left(), variable)), of(either.right(), variable));
        }
        if (direct instanceof Direct.Pipe pipe) {
            return most(used(of(pipe.first(), variable)), of(pipe.second(), variable));
        }
        if (direct instanceof Direct.And both) {
            return used(of(variable, both.left(), both.right()));
        }
        if (direct instanceof Direct.Or either) {
            return used(of(variable, either.left(), either.right()));
        }
        if (direct instanceof Direct.Comparison comparison) {
            return used(of(variable, comparison.left(), comparison.right()));
        }
        return direct instanceof Direct.Negation negation ? used(of(negation.value(), variable)) : UNUSED;
    }

    private static boolean isIt(Direct direct, String variable) {
        return direct instanceof Direct.Variable it && it.name().equals(variable);
    }

    private static Passage of(String variable, Direct... parts) {
        return of(Arrays.asList(parts), variable);
    }

    private static Passage of(List<Direct> parts, String variable) {
        return parts.stream().map(part -> of(part, variable)).reduce(UNUSED, Passage::most);
    }

    private static Passage used(Passage passage) {
        return passage == UNUSED ? UNUSED : COMPUTED_WITH;
    }

    private static Passage most(Passage one, Passage other) {
        return one.compareTo(other) < 0 ? other : one;
    }
}
