package dev.weft.scale.grpc;

import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Completes each call of one answer exactly once and within a bound, whatever becomes of who should answer it: KEDA
 * sets no deadline, and holds the ScaledObject's lock while it waits.
 */
final class CallGuard {

    private static final Logger LOG = LoggerFactory.getLogger(CallGuard.class);

    private final ExecutorService workers;
    private final ScheduledExecutorService timers;
    private final Duration bound;

    CallGuard(ExecutorService workers, ScheduledExecutorService timers, Duration bound) {
        this.workers = workers;
        this.timers = timers;
        this.bound = bound;
    }

    /** Answers with what {@code work} returns, or with the status it throws. */
    <T> void answer(StreamObserver<T> observer, Callable<T> work) {
        Call<T> call = new Call<>((ServerCallStreamObserver<T>) observer);
        call.observer.setOnCancelHandler(call::release);
        call.timer.set(timers.schedule(call::expire, bound.toMillis(), TimeUnit.MILLISECONDS));
        run(() -> call.run(work), call::refuse, call.worker);
    }

    /** Runs what begins a stream; nobody waits for it. */
    void begin(Runnable beginning, Consumer<Status> refused) {
        run(beginning, refused, new AtomicReference<>());
    }

    private void run(Runnable task, Consumer<Status> refused, AtomicReference<@Nullable Future<?>> submitted) {
        try {
            submitted.set(workers.submit(task));
        } catch (RejectedExecutionException e) {
            refused.accept(Status.UNAVAILABLE.withDescription("the scaler has too many calls to answer, or is ending"));
        }
    }

    /** Returns the status that tells what went wrong; what nobody foresaw is logged. */
    static Status status(Throwable failure) {
        if (failure instanceof StatusException told) {
            return told.getStatus();
        }
        LOG.error("A call failed", failure);
        return Status.INTERNAL.withDescription("the scaler failed: see its log");
    }

    private final class Call<T> {

        private final ServerCallStreamObserver<T> observer;
        private final AtomicBoolean completed = new AtomicBoolean();
        private final AtomicReference<@Nullable Future<?>> timer = new AtomicReference<>();
        private final AtomicReference<@Nullable Future<?>> worker = new AtomicReference<>();

        Call(ServerCallStreamObserver<T> observer) {
            this.observer = observer;
        }

        void run(Callable<T> work) {
            try {
                T answer = work.call();
                if (completed.compareAndSet(false, true)) {
                    observer.onNext(answer);
                    observer.onCompleted();
                }
            } catch (Exception | Error e) {
                refuse(status(e));
            } finally {
                cancel(timer, false);
            }
        }

        void refuse(Status status) {
            if (completed.compareAndSet(false, true)) {
                observer.onError(status.asRuntimeException());
            }
            cancel(timer, false);
        }

        void expire() {
            refuse(Status.UNAVAILABLE.withDescription("no answer within " + bound.toMillis() + " ms"));
            cancel(worker, true);
        }

        /** The client has gone. */
        void release() {
            completed.set(true);
            cancel(timer, false);
            cancel(worker, true);
        }

        private void cancel(AtomicReference<@Nullable Future<?>> task, boolean interrupt) {
            Future<?> running = task.get();
            if (running != null) {
                running.cancel(interrupt);
            }
        }
    }
}
