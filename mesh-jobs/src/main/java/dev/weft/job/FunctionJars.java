package dev.weft.job;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where the users' jars are that hold functions. */
public sealed interface FunctionJars extends Serializable {

    /**
     * Returns where the jars are to be read.
     *
     * @param job where the classes of the job are
     * @throws IOException if one is not there
     */
    List<URL> urls(ClassLoader job) throws IOException;

    /** No jars: functions are on the class path. */
    FunctionJars NONE = new Files(List.of());

    /** In the job's own jar, the folder of the users' jars that travel in it. */
    String FOLDER = "weft/functions/";

    /**
     * Jars on this machine.
     *
     * @param paths absolute
     */
    record Files(List<String> paths) implements FunctionJars {

        public Files {
            paths = List.copyOf(paths);
        }

        @Override
        public List<URL> urls(ClassLoader job) throws IOException {
            List<URL> urls = new ArrayList<>();
            for (String path : paths) {
                urls.add(Path.of(path).toUri().toURL());
            }
            return urls;
        }
    }

    /**
     * Jars that travel in the job's own jar.
     *
     * @param names of their files in {@link #FOLDER}
     */
    record Nested(List<String> names) implements FunctionJars {

        public Nested {
            names = List.copyOf(names);
        }

        @Override
        public List<URL> urls(ClassLoader job) throws IOException {
            List<URL> urls = new ArrayList<>();
            for (String name : names) {
                URL url = job.getResource(FOLDER + name);
                if (url == null) {
                    throw new FileNotFoundException("found no " + FOLDER + name
                            + " in the job's jar, expected the jar that was submitted with it");
                }
                urls.add(url);
            }
            return urls;
        }
    }
}
