package dev.weft.job.flink.function;

import dev.weft.function.FunctionCatalog;
import dev.weft.function.FunctionType;
import dev.weft.function.Invoker;
import dev.weft.function.jvm.FunctionClasses;
import dev.weft.function.jvm.FunctionLoader;
import dev.weft.function.jvm.JvmFunctions;
import dev.weft.function.jvm.NoFunctionsException;
import dev.weft.function.remote.RemoteFunctions;
import dev.weft.job.FunctionPlan;
import dev.weft.job.FunctionProvider;
import dev.weft.job.Workflows;
import dev.weft.job.flink.connect.CarriedSecrets;
import dev.weft.workflow.host.UnreadableException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.statefun.sdk.java.StatefulFunctionSpec;

/** Opens the functions that a job config names. */
public final class PlannedFunctions implements CatalogFactory {

    private static final long serialVersionUID = 1;

    private final FunctionPlan plan;
    private final CarriedSecrets secrets;

    /**
     * Makes a factory.
     *
     * @param environment where secrets are looked up; what is not there is looked up where the call is made
     */
    public PlannedFunctions(FunctionPlan plan, Map<String, String> environment) {
        this.plan = plan;
        this.secrets =
                CarriedSecrets.named(plan.providers().stream().flatMap(FunctionProvider::variables), environment);
    }

    /**
     * Opens them.
     *
     * @throws IOException if a jar is not there
     * @throws NoFunctionsException if a class is not there, or holds no functions
     * @throws UnreadableException if the state has definitions of workflows that cannot be read
     */
    @Override
    public Opened open(Opening opening) throws IOException, NoFunctionsException, UnreadableException {
        ClassLoader userCode = opening.userCode();
        Catalog catalog = new Catalog(FunctionLoader.open(plan.jars().urls(userCode), userCode));
        try {
            for (FunctionProvider provider : plan.providers()) {
                catalog.add(provider, opening);
            }
        } catch (NoFunctionsException | UnreadableException | RuntimeException e) {
            catalog.close();
            throw e;
        }
        return new Opened(catalog, catalog, catalog.companion);
    }

    private final class Catalog implements FunctionCatalog, AutoCloseable {

        private final Map<String, String> environment = secrets.environment();
        private final FunctionLoader loader;
        private final List<Invoker> invokers = new ArrayList<>();
        private final Map<FunctionType, Entry> inJvm = new HashMap<>();
        private final List<Served> served = new ArrayList<>();
        private Companion companion = Companion.NONE;

        Catalog(FunctionLoader loader) {
            this.loader = loader;
        }

        void add(FunctionProvider provider, Opening opening) throws NoFunctionsException, UnreadableException {
            if (provider instanceof FunctionProvider.Durable durable) {
                host(durable.workflows(), opening);
                return;
            }
            if (provider instanceof FunctionProvider.Remote remote) {
                Invoker invoker = new RemoteFunctions(remote.endpoint(), plan.network(), environment);
                invokers.add(invoker);
                served.add(new Served(remote, new Entry(invoker, remote.terms())));
                return;
            }
            Map<FunctionType, StatefulFunctionSpec> specs = provider instanceof FunctionProvider.OfClass named
                    ? FunctionClasses.of(named.className(), loader.classLoader())
                    : FunctionClasses.discovered(loader.classLoader());
            Invoker invoker = new JvmFunctions(
                    specs, loader.classLoader(), provider.terms().timeout());
            invokers.add(invoker);
            Entry entry = new Entry(invoker, provider.terms());
            specs.keySet().forEach(type -> inJvm.putIfAbsent(type, entry));
        }

        private void host(Workflows workflows, Opening opening) throws UnreadableException {
            HostedWorkflows hosted =
                    new HostedWorkflows(workflows, new WorkflowCaller(workflows, plan.network(), environment), opening);
            companion = hosted;
            inJvm.putAll(hosted.entries());
            hosted.entries().values().forEach(entry -> invokers.add(entry.invoker()));
        }

        @Override
        public Optional<Entry> of(FunctionType type) {
            return Optional.ofNullable(inJvm.get(type)).or(() -> remote(type));
        }

        /** One that names the type goes before one that means its namespace. */
        private Optional<Entry> remote(FunctionType type) {
            return served.stream()
                    .filter(each -> each.remote.endpoint().functions().matches(type))
                    .min((one, other) -> Boolean.compare(one.isForMany(), other.isForMany()))
                    .map(Served::entry);
        }

        @Override
        public void close() throws IOException {
            invokers.forEach(Invoker::close);
            loader.close();
        }
    }

    private record Served(FunctionProvider.Remote remote, FunctionCatalog.Entry entry) {

        boolean isForMany() {
            return remote.endpoint().functions().name() == null;
        }
    }
}
