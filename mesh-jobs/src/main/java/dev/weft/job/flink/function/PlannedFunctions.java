package dev.weft.job.flink.function;

import dev.weft.function.FunctionCatalog;
import dev.weft.function.FunctionType;
import dev.weft.function.remote.RemoteFunctions;
import dev.weft.job.FunctionPlan;
import dev.weft.job.FunctionProvider;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Opens the functions that a job config names. */
public final class PlannedFunctions implements CatalogFactory {

    private static final long serialVersionUID = 1;

    private final FunctionPlan plan;
    private final Map<String, String> secrets;

    /**
     * Makes a factory.
     *
     * @param environment where secrets are looked up. Those that endpoints refer to travel with the job; what is not
     *     there is looked up where the call is made
     */
    public PlannedFunctions(FunctionPlan plan, Map<String, String> environment) {
        this.plan = plan;
        Map<String, String> needed = new HashMap<>();
        for (FunctionProvider provider : plan.providers()) {
            if (provider instanceof FunctionProvider.Remote remote) {
                remote.endpoint().http().variables().forEach(name -> {
                    String value = environment.get(name);
                    if (value != null) {
                        needed.put(name, value);
                    }
                });
            }
        }
        this.secrets = Map.copyOf(needed);
    }

    @Override
    public Opened open(ClassLoader userCode) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putAll(secrets);
        List<Served> served = new ArrayList<>();
        for (FunctionProvider provider : plan.providers()) {
            if (provider instanceof FunctionProvider.Remote remote) {
                RemoteFunctions functions = new RemoteFunctions(remote.endpoint(), plan.network(), environment);
                served.add(new Served(remote, new FunctionCatalog.Entry(functions, remote.terms())));
            }
        }
        return new Opened(type -> remote(served, type), () -> {
            for (Served each : served) {
                each.entry.invoker().close();
            }
        });
    }

    private record Served(FunctionProvider.Remote remote, FunctionCatalog.Entry entry) {}

    /** One that names the type goes before one that means its namespace. */
    private static Optional<FunctionCatalog.Entry> remote(List<Served> served, FunctionType type) {
        return served.stream()
                .filter(each -> each.remote.endpoint().functions().matches(type))
                .min((one, other) -> Boolean.compare(isForMany(one), isForMany(other)))
                .map(Served::entry);
    }

    private static boolean isForMany(Served served) {
        return served.remote.endpoint().functions().name() == null;
    }
}
