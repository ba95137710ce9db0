package dev.weft.scale.control;

import dev.weft.scale.control.Answers.Subscription;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who wants to hear of each other answer. Each of them is told by one thread at a time and not by the one that has the
 * answer; whoever is slow misses answers in between, never the newest. Safe for use by several threads.
 */
final class Subscribers {

    private static final Logger LOG = LoggerFactory.getLogger(Subscribers.class);

    private final Executor tellers;
    private final Set<Subscriber> all = ConcurrentHashMap.newKeySet();

    Subscribers(Executor tellers) {
        this.tellers = tellers;
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    Subscription add(Consumer<Answer> listener, Answer present) {
        Subscriber subscriber = new Subscriber(listener);
        all.add(subscriber);
        subscriber.offer(present);
        return () -> all.remove(subscriber);
    }

    void tell(Answer answer) {
        all.forEach(each -> each.offer(answer));
    }

    private final class Subscriber {

        private final Consumer<Answer> listener;
        private @Nullable Answer newest;
        private @Nullable Answer told;
        private boolean running;

        Subscriber(Consumer<Answer> listener) {
            this.listener = listener;
        }

        private synchronized void offer(Answer answer) {
            newest = answer;
            if (!running) {
                running = true;
                tellers.execute(this::tell);
            }
        }

        private void tell() {
            for (Answer answer = next(); answer != null; answer = next()) {
                try {
                    listener.accept(answer);
                } catch (RuntimeException e) {
                    LOG.warn("A listener failed and hears no more", e);
                    all.remove(this);
                }
            }
        }

        private synchronized @Nullable Answer next() {
            Answer next = newest;
            if (next == null || next.equals(told) || !all.contains(this)) {
                running = false;
                return null;
            }
            told = next;
            return next;
        }
    }
}
