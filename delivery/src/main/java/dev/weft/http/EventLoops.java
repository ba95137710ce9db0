package dev.weft.http;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The threads that all endpoints of a process share: few that carry calls, and some, started when needed, for what
 * blocks: looking up names and reading key files. They end with the last endpoint, so that they hold no class loader.
 */
final class EventLoops {

    private static final int MOST_LOOPS = 4;
    private static final int MOST_BLOCKED = 16;
    private static final long LOOKUP_THREAD_SECONDS = 10;
    private static final long ENDS_WITHIN_SECONDS = 5;

    private static @Nullable EventLoops shared;

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(
            Math.min(MOST_LOOPS, Math.max(1, Runtime.getRuntime().availableProcessors() / 2)),
            new DefaultThreadFactory("weft-http", true),
            NioIoHandler.newFactory());
    private final ThreadPoolExecutor blocking = new ThreadPoolExecutor(
            MOST_BLOCKED,
            MOST_BLOCKED,
            LOOKUP_THREAD_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            new DefaultThreadFactory("weft-http-lookup", true));
    private int users;

    private EventLoops() {
        blocking.allowCoreThreadTimeOut(true);
    }

    /** Every call of this is followed by one of {@link #release}. */
    static synchronized EventLoops acquire() {
        EventLoops loops = shared;
        if (loops == null) {
            loops = new EventLoops();
            shared = loops;
        }
        loops.users++;
        return loops;
    }

    EventLoop next() {
        return group.next();
    }

    Executor blocking() {
        return blocking;
    }

    /**
     * Ends what nobody uses any more.
     *
     * @param mayWait not true on one of these threads
     */
    void release(boolean mayWait) {
        synchronized (EventLoops.class) {
            users--;
            if (users > 0) {
                return;
            }
            shared = null;
        }
        blocking.shutdownNow();
        var ending = group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        if (mayWait) {
            // Threads that outlive their job's class loader find classes no more.
            ending.awaitUninterruptibly(ENDS_WITHIN_SECONDS, TimeUnit.SECONDS);
        }
    }
}
