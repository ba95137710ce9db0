package dev.weft.job.cli;

import dev.weft.job.JobConfig;
import java.util.Locale;

/** Numbers of things, as a sentence says them. */
final class Counted {

    private Counted() {}

    /** Returns {@code 1 route}, {@code 2 routes}, {@code 0 routes}. */
    static String of(long count, String thing) {
        return count + " " + thing + (count == 1 ? "" : "s");
    }

    /** Returns how many routes a job has, and how many patterns, providers of functions and workflows if it has any. */
    static String rules(JobConfig config) {
        String routes = of(config.routes().size(), "route");
        String patterns =
                config.patterns().isEmpty() ? "" : ", " + of(config.patterns().size(), "pattern");
        int workflows = config.functions()
                .workflows()
                .map(all -> all.definitions().size())
                .orElse(0);
        int providers = config.functions().providers().size() - (workflows == 0 ? 0 : 1);
        return routes
                + patterns
                + (providers == 0 ? "" : ", " + of(providers, "provider") + " of functions")
                + (workflows == 0 ? "" : ", " + of(workflows, "workflow"));
    }

    /** Returns the number with a comma between thousands. */
    static String grouped(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
