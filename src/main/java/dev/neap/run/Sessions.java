package dev.neap.run;

import dev.neap.change.ChangeName;
import dev.neap.jdbc.Transactions;
import dev.neap.plan.Plan;
import dev.neap.window.Window;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;

/** Opens sessions, in which commands work on changes: one at a time for each change, whoever asks, on whatever machine. */
final class Sessions {

    private final DataSource dataSource;
    private final LeaseStore leases;
    private final RunTerms terms;
    private final Attendant attendant;

    /** @param attendant hears what others ask of the runs */
    Sessions(DataSource dataSource, RunTerms terms, Attendant attendant) {
        this.dataSource = dataSource;
        this.leases = new LeaseStore(new Transactions(dataSource).jdbc());
        this.terms = terms;
        this.attendant = attendant;
    }

    /**
     * Opens one, to be closed by the caller.
     *
     * @throws RunFailed with reason BUSY if another process works on the change
     */
    Session open(ChangeName change, WindowUse use, Watcher watcher) {
        long began = System.nanoTime();
        NeapSchema.migrate(dataSource);
        HeldLease lease = HeldLease.take(leases, change, terms.leaseTtl(), watcher::heartbeat);
        try {
            return new Session(lease, attendant.attend(change, lease.token(), watcher), use, began);
        } catch (RuntimeException e) {
            lease.close();
            throw e;
        }
    }

    /** A command at work: what it needs all the way down. */
    final class Session implements AutoCloseable {

        private final HeldLease lease;
        private final Attendant.Attention attention;
        private final ProgressBoard board;
        private final WindowUse use;
        private final long began;

        private Session(HeldLease lease, Attendant.Attention attention, WindowUse use, long began) {
            this.lease = lease;
            this.attention = attention;
            this.board = new ProgressBoard(attention.watcher(), terms.clock());
            this.use = use;
            this.began = began;
        }

        HeldLease lease() {
            return lease;
        }

        Attendant.Attention attention() {
            return attention;
        }

        ProgressBoard board() {
            return board;
        }

        /** In which this plan is worked on; empty if at any time. */
        Optional<Window> window(Plan plan) {
            return use.of(terms.window(plan.change()));
        }

        /** The window that is not heeded. */
        Optional<Window> ignored(Plan plan) {
            return use.ignored(terms.window(plan.change()));
        }

        /** What is written down of a beginning; empty if there is nothing to say of its hours. */
        Optional<String> note(String what, Plan plan) {
            return use.note(what, terms.window(plan.change()));
        }

        Duration lasted() {
            return Duration.ofNanos(System.nanoTime() - began);
        }

        @Override
        public void close() {
            // Only whoever has the lease may say what became of it.
            try (lease) {
                attention.close();
            }
        }
    }
}
