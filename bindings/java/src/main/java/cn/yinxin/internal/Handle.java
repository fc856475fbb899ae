package cn.yinxin.internal;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;

import com.sun.jna.Pointer;

/**
 * A native object that is freed once, and not before the last call that uses it has ended, whatever
 * the threads do.
 */
public final class Handle implements AutoCloseable {
    private final Pointer object;
    private final Consumer<Pointer> free;
    /** Calls in progress, and one for being open. */
    private final AtomicLong users = new AtomicLong(1);
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * Takes an object over.
     *
     * @param object the native object
     * @param free what frees it
     */
    public Handle(Pointer object, Consumer<Pointer> free) {
        this.object = object;
        this.free = free;
    }

    /**
     * Uses the object for one call.
     *
     * @param <T> what the call gives
     * @param call the call
     * @return its result
     */
    public <T> T use(Function<Pointer, T> call) {
        long now;
        do {
            now = users.get();
            if (now == 0 || closed.get()) {
                throw new IllegalStateException("closed");
            }
        } while (!users.compareAndSet(now, now + 1));
        try {
            return call.apply(object);
        } finally {
            release();
        }
    }

    /** Frees the object once nobody uses it; again is fine. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            release();
        }
    }

    private void release() {
        if (users.decrementAndGet() == 0) {
            free.accept(object);
        }
    }
}
