package dev.weft.scale.control;

import java.io.IOException;
import java.util.Map;

/** Where {@link ScaledQueue#remembered()} outlives the scaler, by the name of the ScaledObject. */
public interface Memories {

    /**
     * Returns all that is kept; blocks.
     *
     * @throws IOException if it cannot be read now; it may be tried again
     */
    Map<String, byte[]> load() throws IOException;

    /** Keeps a memory in place of the one of the same name, sooner or later; does not block and does not fail. */
    void keep(String name, byte[] memory);

    /** Returns how often something could not be kept, since the start; it is tried again. */
    long failed();

    /** Keeps nothing: after a restart the scaler knows only what it sees. */
    static Memories none() {
        return new Memories() {
            @Override
            public Map<String, byte[]> load() {
                return Map.of();
            }

            @Override
            public void keep(String name, byte[] memory) {}

            @Override
            public long failed() {
                return 0;
            }
        };
    }
}
