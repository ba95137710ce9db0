package dev.weft.job.flink.function;

import dev.weft.function.FunctionCatalog;
import dev.weft.function.FunctionCatalog.Entry;
import dev.weft.function.FunctionTerms;
import dev.weft.function.FunctionType;
import dev.weft.function.Invoker;
import dev.weft.function.TypePattern;
import dev.weft.function.jvm.FunctionClasses;
import dev.weft.function.jvm.FunctionLoader;
import dev.weft.function.jvm.JvmFunctions;
import dev.weft.function.jvm.NoFunctionsException;
import dev.weft.function.remote.RemoteFunctions;
import dev.weft.job.FunctionJars;
import dev.weft.job.FunctionPlan;
import dev.weft.job.FunctionProvider;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The functions that a job's config says: classes of users' jars, and what is served over HTTP. */
public final class PlannedFunctions implements CatalogFactory {

    private static final long serialVersionUID = 1;

    private final FunctionPlan plan;
    private final Map<String, String> secrets;

    /**
     * Makes them for a job.
     *
     * @param environment where secrets are looked up. Those the endpoints refer to travel with the job; what is not
     *     there is looked up where the call is made
     */
    public PlannedFunctions(FunctionPlan plan, Map<String, String> environment) {
        this.plan = plan;
        Map<String, String> needed = new HashMap<>();
        for (FunctionProvider provider : plan.providers()) {
            if (provider instanceof FunctionProvider.Remote remote) {
                for (String name : remote.endpoint().http().variables()) {
                    String value = environment.get(name);
                    if (value != null) {
                        needed.put(name, value);
                    }
                }
            }
        }
        this.secrets = Map.copyOf(needed);
    }

    @Override
    public Opened open(ClassLoader userCode) throws IOException, NoFunctionsException {
        Catalog catalog = new Catalog(FunctionLoader.open(jars(userCode), userCode));
        try {
            for (FunctionProvider provider : plan.providers()) {
                catalog.add(provider);
            }
        } catch (NoFunctionsException | RuntimeException e) {
            catalog.close();
            throw e;
        }
        return new Opened(catalog, catalog);
    }

    private List<URL> jars(ClassLoader userCode) throws IOException {
        List<URL> jars = new ArrayList<>();
        if (plan.jars() instanceof FunctionJars.Files files) {
            for (String path : files.paths()) {
                jars.add(Path.of(path).toUri().toURL());
            }
        } else if (plan.jars() instanceof FunctionJars.Nested nested) {
            for (String name : nested.names()) {
                URL jar = userCode.getResource(FunctionJars.FOLDER + name);
                if (jar == null) {
                    throw new FileNotFoundException("found no " + FunctionJars.FOLDER + name
                            + " in the job's jar, expected a jar of functions");
                }
                jars.add(jar);
            }
        }
        return jars;
    }

    /** What was opened. */
    private final class Catalog implements FunctionCatalog, AutoCloseable {

        private final FunctionLoader loader;
        private final Map<FunctionType, Entry> types = new HashMap<>();
        private final Map<TypePattern, Entry> namespaces = new HashMap<>();
        private final List<Invoker> invokers = new ArrayList<>();

        Catalog(FunctionLoader loader) {
            this.loader = loader;
        }

        void add(FunctionProvider provider) throws NoFunctionsException {
            FunctionTerms terms = provider.terms();
            ClassLoader classes = loader.classLoader();
            if (provider instanceof FunctionProvider.Remote remote) {
                TypePattern functions = remote.endpoint().functions();
                Map<String, String> environment = new HashMap<>(System.getenv());
                environment.putAll(secrets);
                Entry entry = opened(new RemoteFunctions(remote.endpoint(), plan.network(), environment), terms);
                String name = functions.name();
                if (name == null) {
                    namespaces.put(functions, entry);
                } else {
                    types.put(new FunctionType(functions.namespace(), name), entry);
                }
            } else {
                var specs = provider instanceof FunctionProvider.OfClass named
                        ? FunctionClasses.of(named.className(), classes)
                        : FunctionClasses.discovered(classes);
                Entry entry = opened(new JvmFunctions(specs, classes, terms.timeout()), terms);
                specs.keySet().forEach(type -> types.put(type, entry));
            }
        }

        private Entry opened(Invoker invoker, FunctionTerms terms) {
            invokers.add(invoker);
            return new Entry(invoker, terms);
        }

        @Override
        public Optional<Entry> of(FunctionType type) {
            Entry named = types.get(type);
            return Optional.ofNullable(named != null ? named : namespaces.get(new TypePattern(type.namespace(), null)));
        }

        @Override
        public void close() throws IOException {
            invokers.forEach(Invoker::close);
            loader.close();
        }
    }
}
