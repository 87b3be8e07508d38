package dev.neap.run;

import dev.neap.change.ChangeName;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * A lease while it is held: beats three times in its time to live, and gives it back at the end. A lost lease needs no
 * alarm here: no chunk of a former holder commits, since each compares the token first.
 */
public final class HeldLease implements Lease, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HeldLease.class);

    private final LeaseStore store;
    private final ChangeName change;
    private final UUID token;
    private final Consumer<Boolean> beats;
    private final ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().daemon().name("neap-heartbeat").unstarted(task));

    private HeldLease(LeaseStore store, ChangeName change, UUID token, Consumer<Boolean> beats) {
        this.store = store;
        this.change = change;
        this.token = token;
        this.beats = beats;
    }

    /**
     * @param beats told after each heartbeat whether the lease was still held
     * @throws RunFailed with reason BUSY if another process has it
     */
    public static HeldLease take(LeaseStore store, ChangeName change, Duration ttl, Consumer<Boolean> beats) {
        HeldLease lease = new HeldLease(store, change, store.take(change, ProcessIdentity.current(), ttl), beats);
        long interval = Math.max(100, ttl.toMillis() / 3);
        ScheduledFuture<?> unused = lease.heart.scheduleWithFixedDelay(lease::beat, interval, interval,
                TimeUnit.MILLISECONDS);
        return lease;
    }

    public UUID token() {
        return token;
    }

    @Override
    public boolean isHeld() {
        return store.heartbeat(change, token);
    }

    private void beat() {
        try {
            boolean held = store.heartbeat(change, token);
            beats.accept(held);
            if (!held) {
                LOG.warn("Another process has taken change {} over.", change);
            }
        } catch (DataAccessException | TransactionException e) {
            LOG.debug("No heartbeat for change {}; the next may succeed.", change, e);
        }
    }

    @Override
    public void close() {
        heart.shutdownNow();
        try {
            store.release(change, token);
        } catch (DataAccessException | TransactionException e) {
            LOG.debug("The lease of change {} could not be given back; it expires by itself.", change, e);
        }
    }
}
