package dev.weft.benchmarks.matching;

import io.cloudevents.CloudEvent;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.BitSet;
import java.util.List;

/**
 * Expressions in CESQL that the CloudEvents project's library evaluates. It needs another ANTLR than the library for
 * CEL, so it lives in a class loader of its own, with the jars that the build puts into a folder. Public, because
 * classes of two loaders are of two packages.
 */
public interface CesqlSdk {

    /** Returns how many expressions are true of the event. */
    int count(CloudEvent event);

    /** Returns the numbers of the expressions that are true of the event. */
    BitSet matched(CloudEvent event);

    /** Parses the expressions. */
    static CesqlSdk of(List<String> expressions) throws ReflectiveOperationException, MalformedURLException {
        Class<?> there = new Apart().loadClass(CesqlExpressions.class.getName());
        return (CesqlSdk) there.getDeclaredConstructor(List.class).newInstance(expressions);
    }

    /** Looks for the library and for what calls it here first, and for all else where everybody does. */
    final class Apart extends URLClassLoader {

        private static final File JARS = new File("benchmarks/target/cesql-sdk");

        Apart() throws MalformedURLException {
            super(jars(), CesqlSdk.class.getClassLoader());
        }

        private static URL[] jars() throws MalformedURLException {
            File[] jars = JARS.listFiles();
            if (jars == null) {
                throw new IllegalStateException(JARS + " does not hold the library: run benchmarks/run from anywhere");
            }
            URL[] all = new URL[jars.length + 1];
            for (int i = 0; i < jars.length; i++) {
                all[i] = jars[i].toURI().toURL();
            }
            all[jars.length] =
                    CesqlSdk.class.getProtectionDomain().getCodeSource().getLocation();
            return all;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                if (!name.startsWith("io.cloudevents.sql.")
                        && !name.startsWith("org.antlr.")
                        && !name.equals(CesqlExpressions.class.getName())) {
                    return super.loadClass(name, resolve);
                }
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }
    }
}
