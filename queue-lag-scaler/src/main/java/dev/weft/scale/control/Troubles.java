package dev.weft.scale.control;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log what does not work and when it works again: once, not with every attempt. Safe for several threads.
 */
final class Troubles {

    private static final Logger LOG = LoggerFactory.getLogger(Collector.class);

    /** A trouble whose words are others each time is written down no more often than this, in milliseconds. */
    private static final long APART = 60_000;

    private final Map<String, Trouble> troubles = new ConcurrentHashMap<>();

    private record Trouble(String words, long since) {}

    /** Something works, or there are words why not. */
    void are(String what, Optional<String> words, long now) {
        Trouble before = troubles.get(what);
        if (words.isEmpty()) {
            if (troubles.remove(what) != null) {
                LOG.info("{}: works again", what);
            }
        } else if (before == null || (!before.words.equals(words.get()) && now - before.since >= APART)) {
            troubles.put(what, new Trouble(words.get(), now));
            LOG.warn("{}: {}", what, words.get());
        }
    }
}
