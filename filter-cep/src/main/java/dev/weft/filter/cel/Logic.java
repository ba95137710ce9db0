package dev.weft.filter.cel;

/** Operators that decide: they may leave an operand out, or go on after one that failed. */
final class Logic {

    private Logic() {}

    /** False if one operand is, whatever the others are; else open or the first failure, else true. */
    static Code and(Code[] operands) {
        return run -> decide(operands, false, "&&", run);
    }

    /** True if one operand is, whatever the others are; else open or the first failure, else false. */
    static Code or(Code[] operands) {
        return run -> decide(operands, true, "||", run);
    }

    private static Object decide(Code[] operands, boolean decisive, String name, Run run) {
        run.pay(1);
        Object otherwise = !decisive;
        for (Code operand : operands) {
            Object value = operand.eval(run);
            if (value instanceof Boolean flag) {
                if (flag == decisive) {
                    return flag;
                }
            } else if (!(otherwise instanceof Failed) || value == Failed.UNREADABLE) {
                otherwise = value instanceof Failed ? value : Functions.inapplicable(name, value);
            }
        }
        return otherwise;
    }

    static Code choice(Code condition, Code one, Code other) {
        return run -> {
            run.pay(1);
            Object value = condition.eval(run);
            if (value instanceof Boolean holds) {
                return holds ? one.eval(run) : other.eval(run);
            }
            return value instanceof Failed ? value : Functions.inapplicable("? :", value);
        };
    }

    /** The condition of a loop: whether it may still be decided otherwise. */
    static Code notStrictlyFalse(Code operand) {
        return run -> !Boolean.FALSE.equals(operand.eval(run));
    }

    static Code equality(Code one, Code other, boolean wanted) {
        return run -> {
            Object left = one.eval(run);
            if (left instanceof Failed) {
                return left;
            }
            Object right = other.eval(run);
            return right instanceof Failed ? right : (Object) (Equality.same(left, right, run) == wanted);
        };
    }

    static Code type(Code operand) {
        return run -> {
            Object value = operand.eval(run);
            return value instanceof Failed ? value : new TypeName(Values.typeOf(value));
        };
    }
}
