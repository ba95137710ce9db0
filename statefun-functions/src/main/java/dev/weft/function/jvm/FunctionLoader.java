package dev.weft.function.jvm;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The classes of users' jars. These go before classes of the job, so that functions may use other versions of
 * libraries; the JDK's, the SDK's and those of slf4j are the job's always, as both sides speak of them.
 *
 * <p>All who open the same jars in a JVM share one loader, and so what functions keep in static fields. It is closed
 * when the last of them closes.
 */
public final class FunctionLoader implements AutoCloseable {

    private static final String[] SHARED = {"java.", "org.apache.flink.statefun.sdk.", "org.slf4j."};

    /** Guarded by itself. */
    private static final Map<Key, Shared> OPEN = new HashMap<>();

    private final Key key;
    private final Shared shared;
    private boolean isClosed;

    private FunctionLoader(Key key, Shared shared) {
        this.key = key;
        this.shared = shared;
    }

    /**
     * Opens jars.
     *
     * @param jars files, or whatever else a URL may name, such as a jar in a jar, which is copied to a temporary file;
     *     none for the classes of the parent
     * @param parent where the job's classes are
     * @throws IOException if a jar is not there, or cannot be read
     */
    public static FunctionLoader open(List<URL> jars, ClassLoader parent) throws IOException {
        Key key = new Key(jars.stream().map(URL::toExternalForm).toList(), parent);
        synchronized (OPEN) {
            Shared shared = OPEN.get(key);
            if (shared == null) {
                shared = jars.isEmpty() ? new Shared(parent, null, null) : load(jars, parent);
                OPEN.put(key, shared);
            }
            shared.users++;
            return new FunctionLoader(key, shared);
        }
    }

    /** Returns the loader, which is to be used until this is closed. */
    public ClassLoader classLoader() {
        return shared.loader;
    }

    /** Closes the loader, if nobody else uses it. */
    @Override
    public void close() throws IOException {
        synchronized (OPEN) {
            if (isClosed) {
                return;
            }
            isClosed = true;
            if (--shared.users == 0) {
                OPEN.remove(key);
                shared.close();
            }
        }
    }

    private static Shared load(List<URL> jars, ClassLoader parent) throws IOException {
        Path copies = null;
        List<URL> files = new ArrayList<>();
        try {
            for (URL jar : jars) {
                if (jar.getProtocol().equals("file")) {
                    files.add(existing(jar));
                } else {
                    copies = copies == null ? Files.createTempDirectory("weft-functions") : copies;
                    files.add(copied(jar, copies.resolve(files.size() + ".jar")));
                }
            }
        } catch (IOException | RuntimeException e) {
            delete(copies);
            throw e;
        }
        JarsFirst loader = new JarsFirst(files.toArray(URL[]::new), parent);
        return new Shared(loader, loader, copies);
    }

    private static URL existing(URL jar) throws IOException {
        Path path = Path.of(URI.create(jar.toExternalForm()));
        if (!Files.isReadable(path)) {
            throw new NoSuchFileException("found no readable file " + path + ", expected a jar of functions");
        }
        return jar;
    }

    private static URL copied(URL jar, Path copy) throws IOException {
        try (InputStream in = jar.openStream()) {
            Files.copy(in, copy);
        }
        return copy.toUri().toURL();
    }

    private static void delete(@Nullable Path copies) throws IOException {
        if (copies == null) {
            return;
        }
        try (var files = Files.newDirectoryStream(copies)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(copies);
    }

    private record Key(List<String> jars, ClassLoader parent) {}

    private static final class Shared {
        final ClassLoader loader;
        private final @Nullable JarsFirst jars;
        private final @Nullable Path copies;
        int users;

        Shared(ClassLoader loader, @Nullable JarsFirst jars, @Nullable Path copies) {
            this.loader = loader;
            this.jars = jars;
            this.copies = copies;
        }

        void close() throws IOException {
            if (jars != null) {
                jars.close();
            }
            delete(copies);
        }
    }

    /** Looks into jars first, and then where the job's classes are. */
    private static final class JarsFirst extends URLClassLoader {

        static {
            registerAsParallelCapable();
        }

        JarsFirst(URL[] jars, ClassLoader parent) {
            super("functions", jars, parent);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded == null) {
                    loaded = isShared(name) ? super.loadClass(name, false) : own(name);
                }
                if (resolve) {
                    resolveClass(loaded);
                }
                return loaded;
            }
        }

        private Class<?> own(String name) throws ClassNotFoundException {
            try {
                return getPlatformClassLoader().loadClass(name);
            } catch (ClassNotFoundException notOfTheJdk) {
                try {
                    return findClass(name);
                } catch (ClassNotFoundException notOfTheJars) {
                    return super.loadClass(name, false);
                }
            }
        }

        private static boolean isShared(String name) {
            for (String prefix : SHARED) {
                if (name.startsWith(prefix)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public @Nullable URL getResource(String name) {
            URL own = findResource(name);
            return own == null ? super.getResource(name) : own;
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            List<URL> all = new ArrayList<>(Collections.list(findResources(name)));
            for (URL other : Collections.list(super.getResources(name))) {
                if (all.stream().noneMatch(url -> url.toExternalForm().equals(other.toExternalForm()))) {
                    all.add(other);
                }
            }
            return Collections.enumeration(all);
        }
    }
}
