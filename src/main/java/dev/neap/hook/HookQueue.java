package dev.neap.hook;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells one hook, one message after the other, on a daemon thread of its own. Whoever hands a message over never waits:
 * where too many wait already, it is dropped, and the log says so.
 */
final class HookQueue {

    private static final Logger LOG = LoggerFactory.getLogger(HookQueue.class);

    /** Messages that may wait. */
    static final int ROOM = 32;

    private final Hook hook;
    private final Duration timeout;
    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(ROOM),
            task -> Thread.ofPlatform().daemon().name("neap-hook").unstarted(task));

    /**
     * @param timeout of one call
     */
    HookQueue(Hook hook, Duration timeout) {
        this.hook = hook;
        this.timeout = timeout;
    }

    /** Hands it over if the hook wants such; returns at once. */
    void offer(HookEvent event, Message message) {
        if (hook.on().contains(event)) {
            try {
                thread.execute(() -> tell(message));
            } catch (RejectedExecutionException e) {
                LOG.warn("Event {} was not told to {}: it is slower than events come.", message.event(), words());
            }
        }
    }

    private String words() {
        return hook.recipient().words();
    }

    private void tell(Message message) {
        try {
            hook.recipient().tell(message, timeout);
        } catch (IOException e) {
            LOG.warn("Event {} was not told to {}: {}.", message.event(), words(), e.getMessage());
        } catch (InterruptedException e) {
            LOG.warn("Event {} was not told to {}: the process ends.", message.event(), words());
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn("Event {} was not told to {}: {}.", message.event(), words(), e.getClass().getSimpleName());
        }
    }

    /** No more messages come. */
    void end() {
        thread.shutdown();
    }

    /** Waits for those that came; what is not told by then never is. */
    void drain(Duration atMost) {
        try {
            if (!thread.awaitTermination(Math.max(0, atMost.toMillis()), TimeUnit.MILLISECONDS)) {
                int left = thread.shutdownNow().size();
                if (left > 0) {
                    LOG.warn("{} events were not told to {}: the process ends.", left, words());
                }
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
