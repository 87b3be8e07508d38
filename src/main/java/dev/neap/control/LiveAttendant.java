package dev.neap.control;

import dev.neap.change.ChangeName;
import dev.neap.jdbc.Transactions;
import dev.neap.pace.SignalSource;
import dev.neap.pace.StopFlag;
import dev.neap.run.Attendant;
import dev.neap.run.Watcher;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** Hears through the database what is asked of a run, and writes there how far it is. */
public final class LiveAttendant implements Attendant {

    private final Transactions transactions;
    private final Dials dials;
    private final Supplier<List<? extends SignalSource>> signals;

    /**
     * @param dials are set to what is asked
     * @param signals that others are told of
     */
    public LiveAttendant(DataSource dataSource, Dials dials, Supplier<List<? extends SignalSource>> signals) {
        this.transactions = new Transactions(dataSource);
        this.dials = dials;
        this.signals = signals;
    }

    @Override
    public StopFlag stop() {
        return dials.turnstile().stop();
    }

    @Override
    public Attention attend(ChangeName change, UUID lease, Watcher watcher) {
        LiveAttention attention = new LiveAttention(
                new LiveAttention.Post(change, lease, dials, () -> Readings.of(signals.get())), transactions, watcher);
        attention.begin();
        return attention;
    }
}
