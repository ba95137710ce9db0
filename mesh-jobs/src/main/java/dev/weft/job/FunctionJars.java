package dev.weft.job;

import java.io.Serializable;
import java.util.List;

/** Where the users' jars are that hold functions. */
public sealed interface FunctionJars extends Serializable {

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
    }
}
