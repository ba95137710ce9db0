package dev.weft.workflow.jq;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.thisptr.jackson.jq.BuiltinFunctionLoader;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Version;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.internal.JsonQueryFunction;

/**
 * The functions an expression may call: those of jq 1.7 whose results depend on their input and arguments alone. An
 * instance that is restored evaluates again what it evaluated before, and must come to the same results.
 */
final class Builtins {

    static final Version JQ = Versions.JQ_1_7;

    /** The functions that are refused, by name, with the reason. */
    static final Map<String, String> REFUSED = refused();

    private static final String LIBRARY = JsonQueryFunction.class.getPackageName() + ".";

    private static final Scope ROOT = root();

    private Builtins() {}

    /** Returns a scope to set variables in. */
    static Scope scope() {
        return Scope.newChildScope(ROOT);
    }

    /** Returns whether there is such a function that an expression may call. */
    static boolean has(String name, int arguments) {
        return !name.startsWith("_") && ROOT.getFunction(name, arguments) != null;
    }

    /** Returns the names of all functions. */
    static Set<String> names() {
        Set<String> names = new TreeSet<>();
        ROOT.getLocalFunctions().keySet().stream()
                .map(key -> key.replaceFirst("/.*", ""))
                .filter(name -> !name.startsWith("_"))
                .forEach(names::add);
        return names;
    }

    private static Scope root() {
        Scope root = Scope.newEmptyScope();
        Map<String, Function> functions =
                new TreeMap<>(BuiltinFunctionLoader.getInstance().listFunctions(JQ, root));
        functions.forEach((key, function) -> {
            boolean ofTheLibrary = function.getClass().getName().startsWith(LIBRARY);
            if (ofTheLibrary && !REFUSED.containsKey(key.replaceFirst("/.*", ""))) {
                root.addFunction(key, metered(key, function));
            }
        });
        return root;
    }

    private static Function metered(String key, Function function) {
        if (function instanceof JsonQueryFunction) {
            SyntaxTree.replaceOwn(function, "body", Metered::expression);
        }
        return Metered.function(
                switch (key) {
                    case "_match_impl/3" -> new RegexMatch();
                    case "_sub_impl/3" -> new RegexReplacement();
                    case "setpath/2", "getpath/1" -> Metered.ofPaths(function);
                    case "contains/1", "indices/1", "index/1", "rindex/1", "join/1" -> Metered.ofPairs(function);
                    default -> function;
                });
    }

    private static Map<String, String> refused() {
        Map<String, String> refused = new LinkedHashMap<>();
        for (String clock : Set.of("now", "localtime", "mktime", "gmtime", "strflocaltime")) {
            refused.put(clock, "a function of its data alone; the time an instance started at is $workflow.startedAt");
        }
        for (String environment : Set.of("env", "$ENV")) {
            refused.put(environment, "a function of its data alone; what differs between places is $secrets");
        }
        for (String input : Set.of("input", "inputs", "input_filename", "input_line_number")) {
            refused.put(input, "a function of its data alone; there is one input, which is \".\"");
        }
        for (String output : Set.of("debug", "stderr", "halt", "halt_error", "debug_scope", "get_search_list")) {
            refused.put(output, "a function of its data alone, which gives its result and does nothing else");
        }
        return refused;
    }
}
