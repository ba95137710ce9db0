package dev.weft.job;

import dev.weft.function.FunctionType;
import dev.weft.function.jvm.FunctionClasses;
import dev.weft.function.jvm.FunctionLoader;
import dev.weft.function.jvm.NoFunctionsException;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.apache.flink.statefun.sdk.java.StatefulFunctionSpec;

/** Looks into users' jars, by loading the classes that a config names. */
public final class JarFunctions implements FunctionTypes, AutoCloseable {

    private final FunctionLoader loader;

    private JarFunctions(FunctionLoader loader) {
        this.loader = loader;
    }

    /** Opens jars. Throws {@link IOException} if one is not there or cannot be read. */
    public static JarFunctions in(FunctionJars jars) throws IOException {
        ClassLoader ours = JarFunctions.class.getClassLoader();
        return new JarFunctions(FunctionLoader.open(jars.urls(ours), ours));
    }

    private interface Finding {
        Map<FunctionType, StatefulFunctionSpec> find(ClassLoader classes) throws NoFunctionsException;
    }

    @Override
    public Found ofClass(String name) {
        return found(classes -> FunctionClasses.of(name, classes));
    }

    @Override
    public Found discovered() {
        return found(FunctionClasses::discovered);
    }

    private Found found(Finding finding) {
        try {
            return new Found(finding.find(loader.classLoader()).keySet(), null);
        } catch (NoFunctionsException e) {
            return new Found(Set.of(), "which stands for " + e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }
}
