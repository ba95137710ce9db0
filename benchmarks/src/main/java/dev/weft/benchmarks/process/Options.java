package dev.weft.benchmarks.process;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a benchmark is told on its command line. */
public final class Options {

    private Options() {}

    /** Returns names and values, which alternate; a last name without a value is left out. */
    public static Map<String, String> of(String[] args) {
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = 0; i + 1 < args.length; i += 2) {
            options.put(args[i], args[i + 1]);
        }
        return options;
    }
}
