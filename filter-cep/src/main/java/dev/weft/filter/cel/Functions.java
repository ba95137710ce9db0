package dev.weft.filter.cel;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelOptions;
import dev.cel.common.exceptions.CelDivideByZeroException;
import dev.cel.common.exceptions.CelNumericOverflowException;
import dev.cel.common.exceptions.CelOverloadNotFoundException;
import dev.cel.common.values.CelByteString;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload;
import dev.cel.runtime.CelStandardFunctions;
import dev.cel.runtime.RuntimeEquality;
import dev.cel.runtime.RuntimeHelpers;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The standard functions and operators, as the library calculates them. */
final class Functions {

    /** What the library is told wherever it is asked; its bounds on text and tree are the expression's. */
    static final CelOptions OPTIONS = CelOptions.current()
            .enableHeterogeneousNumericComparisons(true)
            .maxExpressionCodePointSize(CelReader.LONGEST)
            .maxParseRecursionDepth(CelReader.DEEPEST)
            .maxParseExpressionNodeCount(CelReader.MOST_NODES)
            .build();

    /** What a person calls; the operators have names of their own. */
    static final List<String> NAMES = List.of(
            "all",
            "bool",
            "bytes",
            "contains",
            "double",
            "duration",
            "dyn",
            "endsWith",
            "exists",
            "exists_one",
            "existsOne",
            "filter",
            "getDate",
            "getDayOfMonth",
            "getDayOfWeek",
            "getDayOfYear",
            "getFullYear",
            "getHours",
            "getMilliseconds",
            "getMinutes",
            "getMonth",
            "getSeconds",
            "has",
            "int",
            "map",
            "matches",
            "size",
            "startsWith",
            "string",
            "timestamp",
            "type",
            "uint");

    /** By the names of functions, which choose by their arguments, and by those of overloads. */
    private static final Map<String, CelFunctionBinding> BINDINGS = bindings();

    private Functions() {}

    private static Map<String, CelFunctionBinding> bindings() {
        Map<String, CelFunctionBinding> bindings = new HashMap<>();
        RuntimeEquality equality = RuntimeEquality.create(RuntimeHelpers.create(), OPTIONS);
        CelStandardFunctions.newBuilder()
                .build()
                .newFunctionBindings(equality, OPTIONS)
                .forEach(binding -> bindings.put(binding.getOverloadId(), binding));
        return bindings;
    }

    /**
     * Returns the function of that name.
     *
     * @param overloads those that the types known before leave open
     */
    static Operation operation(String function, List<String> overloads) {
        CelFunctionBinding binding = BINDINGS.get(overloads.size() == 1 ? overloads.get(0) : function);
        if (binding == null) {
            throw new IllegalStateException("no function " + function);
        }
        return new Operation(written(function), binding);
    }

    /** A function to be applied to values. */
    record Operation(String name, CelFunctionBinding binding) {

        /** Returns the call of the function with what the arguments are worth. */
        Code call(Code[] arguments) {
            return run -> {
                run.pay(1);
                Object[] values = new Object[arguments.length];
                for (int i = 0; i < values.length; i++) {
                    values[i] = arguments[i].eval(run);
                    if (values[i] instanceof Failed) {
                        return values[i];
                    }
                }
                return on(run, values);
            };
        }

        Object on(Run run, Object... values) {
            for (Object value : values) {
                payFor(value, run);
            }
            // Types that are known only now may not be the one overload's; the one for many chooses by itself.
            ImmutableList<Class<?>> types = binding.getArgTypes();
            if (!types.isEmpty() && !CelFunctionOverload.canHandle(values, types, true)) {
                return inapplicable(name, values);
            }
            try {
                return binding.getDefinition().apply(values);
            } catch (CelOverloadNotFoundException e) {
                return inapplicable(name, values);
            } catch (CelEvaluationException | RuntimeException e) {
                return new Failed(why(e, name, values));
            }
        }

        /** Whatever is read to its end or copied is paid for by its length. */
        private static void payFor(Object value, Run run) {
            if (value instanceof String text) {
                run.payForText(text.length());
            } else if (value instanceof CelByteString bytes) {
                run.payForText(bytes.size());
            }
        }
    }

    /** The library's own words quote the values. */
    private static String why(Exception e, String name, Object[] values) {
        if (e instanceof CelDivideByZeroException) {
            return "division by zero";
        } else if (e instanceof CelNumericOverflowException) {
            return "the result of " + name + " is too large";
        }
        return name + " has no result for this " + types(values);
    }

    static Failed inapplicable(String name, Object... values) {
        return new Failed(name + " cannot be applied to " + (values.length == 1 ? "" : "(") + types(values)
                + (values.length == 1 ? "" : ")"));
    }

    private static String types(Object[] values) {
        return Arrays.stream(values).map(Values::typeOf).collect(Collectors.joining(", "));
    }

    /** Returns the name of a function as a person writes it: operators have placeholders around theirs. */
    static String written(String function) {
        return switch (function) {
            case "_[_]" -> "[]";
            case "_?_:_" -> "? :";
            case "@in" -> "in";
            default ->
                function.startsWith("_") || function.startsWith("!") || function.startsWith("-")
                        ? function.replace("_", "")
                        : function;
        };
    }
}
