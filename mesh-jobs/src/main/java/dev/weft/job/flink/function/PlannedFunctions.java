package dev.weft.job.flink.function;

import dev.weft.function.FunctionCatalog;
import dev.weft.function.FunctionType;
import dev.weft.function.jvm.FunctionClasses;
import dev.weft.function.jvm.FunctionLoader;
import dev.weft.function.jvm.JvmFunctions;
import dev.weft.function.jvm.NoFunctionsException;
import dev.weft.function.remote.RemoteFunctions;
import dev.weft.job.FunctionPlan;
import dev.weft.job.FunctionProvider;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.statefun.sdk.java.StatefulFunctionSpec;

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
    public Opened open(ClassLoader userCode) throws Exception {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putAll(secrets);
        Deque<AutoCloseable> closing = new ArrayDeque<>();
        try {
            return opened(userCode, environment, closing);
        } catch (Exception e) {
            close(closing);
            throw e;
        }
    }

    private Opened opened(ClassLoader userCode, Map<String, String> environment, Deque<AutoCloseable> closing)
            throws Exception {
        FunctionLoader loader = FunctionLoader.open(plan.jars().urls(userCode), userCode);
        closing.push(loader);
        Map<FunctionType, FunctionCatalog.Entry> known = new HashMap<>();
        List<Served> served = new ArrayList<>();
        for (FunctionProvider provider : plan.providers()) {
            if (provider instanceof FunctionProvider.Remote remote) {
                RemoteFunctions functions = new RemoteFunctions(remote.endpoint(), plan.network(), environment);
                closing.push(functions);
                served.add(new Served(remote, new FunctionCatalog.Entry(functions, remote.terms())));
            } else {
                Map<FunctionType, StatefulFunctionSpec> specs = specs(provider, loader.classLoader());
                JvmFunctions functions = new JvmFunctions(
                        specs, loader.classLoader(), provider.terms().timeout());
                closing.push(functions);
                specs.keySet().forEach(type -> known.put(type, new FunctionCatalog.Entry(functions, provider.terms())));
            }
        }
        return new Opened(
                type -> known.containsKey(type) ? Optional.of(known.get(type)) : remote(served, type),
                () -> close(closing));
    }

    private static Map<FunctionType, StatefulFunctionSpec> specs(FunctionProvider provider, ClassLoader classes)
            throws NoFunctionsException {
        return provider instanceof FunctionProvider.OfClass one
                ? FunctionClasses.of(one.className(), classes)
                : FunctionClasses.discovered(classes);
    }

    /** What was opened last is closed first: functions before the jars that they are in. */
    private static void close(Deque<AutoCloseable> closing) throws Exception {
        while (!closing.isEmpty()) {
            closing.pop().close();
        }
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
