package dev.neap.control;

import dev.neap.change.ChangeName;
import dev.neap.jdbc.Transactions;
import dev.neap.run.Attendant;
import dev.neap.run.ControlState;
import dev.neap.run.ProcessIdentity;
import dev.neap.run.Watcher;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Looks four times a second what is asked, and writes once a second how far the run is: on a thread and with a connection of
 * its own, so that no chunk ever waits for it. It polls, since a notification does not get through a pooler in transaction
 * mode.
 */
final class LiveAttention implements Attendant.Attention {

    private static final Logger LOG = LoggerFactory.getLogger(LiveAttention.class);

    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final int LOOKS_A_PUBLICATION = 4;

    /**
     * Where it is.
     *
     * @param lease the token under which this process holds the change
     */
    record Post(ChangeName change, UUID lease, Dials dials, Supplier<List<Published.SignalReading>> readings) {}

    private final Post post;
    private final Transactions transactions;
    private final ControlStore control;
    private final TuningStore tuning;
    private final ProgressStore progress;
    private final Relay relay;
    private final String self = ProcessIdentity.current().words();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().daemon().name("neap-control").unstarted(task));

    private Asked last = Asked.NOTHING;
    private int looks;
    private boolean forgotten;

    LiveAttention(Post post, Transactions transactions, Watcher watcher) {
        this.post = post;
        this.transactions = transactions;
        this.control = new ControlStore(transactions);
        this.tuning = new TuningStore(transactions);
        this.progress = new ProgressStore(transactions.jdbc());
        this.relay = new Relay(watcher, InstantSource.system());
    }

    void begin() {
        control.begin(post.change(), post.lease(), self);
        look();
        ScheduledFuture<?> unused = thread.scheduleWithFixedDelay(
                this::tick, LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public Watcher watcher() {
        return relay;
    }

    @Override
    public void agreed(String note, String how) {
        new AuditStore(transactions.jdbc()).note(
                post.change(),
                new AuditStore.Deed(AuditStore.AGREED, Optional.empty(), Optional.of(note), how, self));
    }

    private void tick() {
        try {
            look();
            if (looks++ % LOOKS_A_PUBLICATION == 0) {
                publish();
            }
        } catch (DataAccessException | TransactionException e) {
            LOG.debug("Nothing heard of what is asked of change {}; what was asked last stays.", post.change(), e);
        } catch (RuntimeException e) {
            // Nobody else would see it, and the next look would never come.
            LOG.warn("What is asked of change {} can't be followed.", post.change(), e);
        }
    }

    private void look() {
        Asked asked = control.read(post.change());
        if (asked.isOlderThan(last)) {
            // Failover to a standby that had not heard of it yet, or somebody's DELETE: what was asked last stays.
            if (!forgotten) {
                relay.event(
                        "what was asked of the change is gone from the database; it stays as it is, until asked again");
            }
            forgotten = true;
            return;
        }
        forgotten = false;
        ControlState reached = post.dials().follow(post.change(), asked);
        tell(asked);
        last = asked;
        if (reached != asked.state() || asked.heard() < asked.number()) {
            control.reached(post.change(), post.lease(), asked, reached, self);
        }
        if (asked.runOut()) {
            tuning.expire(post.change(), post.lease(), self)
                    .forEach(gone -> relay.event("%s is %s again: %s has run out"
                            .formatted(gone.what().key(), gone.next().orElse("as set"), gone.value())));
        }
    }

    /** So that whoever started the process reads who else has a hand in it. */
    private void tell(Asked asked) {
        if (asked.state() != last.state()) {
            Words.of(post.change(), asked).ifPresent(relay::event);
        }
        asked.settings()
                .stream()
                .filter(setting -> !last.settings().contains(setting))
                .forEach(setting -> relay.event(Words.of(setting)));
    }

    private void publish() {
        relay.told().ifPresent(told -> progress.publish(post.change(), post.lease(), told, post.readings().get()));
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(2, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
            publish();
            control.end(post.change(), post.lease(), self);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (DataAccessException | TransactionException e) {
            LOG.debug("The end of the work on change {} could not be told.", post.change(), e);
        }
    }
}
