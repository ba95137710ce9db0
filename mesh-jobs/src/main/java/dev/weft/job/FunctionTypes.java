package dev.weft.job;

import dev.weft.function.FunctionType;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells which functions the users' jars hold, for a config to be checked against them. */
public interface FunctionTypes {

    /** Knows no jars: whatever a config says of classes is taken as it is. */
    FunctionTypes UNKNOWN = new FunctionTypes() {
        @Override
        public @Nullable Found ofClass(String name) {
            return null;
        }

        @Override
        public @Nullable Found discovered() {
            return null;
        }
    };

    /** Returns the functions of that class; null where jars are not looked at. */
    @Nullable
    Found ofClass(String name);

    /** Returns the functions of all classes that are named as a service; null where jars are not looked at. */
    @Nullable
    Found discovered();

    /**
     * What was found.
     *
     * @param mistake why there are no functions, in words that complete "found ..."; null where there are
     */
    record Found(Set<FunctionType> types, @Nullable String mistake) {}
}
