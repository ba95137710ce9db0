package dev.weft.scale.cli;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes what may fail to be closed, at an end that nothing should hold up. */
final class Closing {

    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

    private Closing() {}

    static void quietly(AutoCloseable what) {
        try {
            what.close();
        } catch (Exception e) {
            LOG.warn("Could not be closed: {}", what, e);
        }
    }
}
