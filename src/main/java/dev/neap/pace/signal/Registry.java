package dev.neap.pace.signal;

import dev.neap.change.signal.SignalKind;
import dev.neap.change.signal.SignalOptions;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/** The one list of the signals that are read from the server: a kind and the class that reads it. */
final class Registry {

    private Registry() {}

    /**
     * Empty for what is not to be read, or not from the server.
     *
     * @param history shared by all that judge positions
     */
    static Optional<ServerSignal> of(SignalKind kind, SignalTerms terms, WalHistory history) {
        SignalOptions options = terms.watched().of(kind);
        if (!options.isOn(kind)) {
            return Optional.empty();
        }
        DoubleSupplier limit = () -> terms.limit(kind);
        String ours = terms.ours();
        return switch (kind) {
            case REPLICATION_LAG ->
                Optional.of(new ReplicationLag(
                        terms.limits()::maxReplicationLag, terms::maxReplicationBytes, options, history));
            case REQUIRED_STANDBYS -> terms.watched()
                    .requiredStandbys()
                    .filter(names -> !names.isEmpty())
                    .map(RequiredStandbys::new);
            case SLOTS -> Optional.of(new Slots(limit, options));
            case WAL_RATE -> Optional.of(new WalRate(limit));
            case ARCHIVE_FAILING -> Optional.of(new ArchiveFailing());
            case ARCHIVE_BACKLOG -> Optional.of(new ArchiveBacklog(limit));
            case BLOCKED_SESSIONS -> Optional.of(new BlockedSessions(limit, ours, options));
            case ACTIVE_SESSIONS -> Optional.of(new ActiveSessions(limit, ours, options));
            case OLDEST_TRANSACTION -> Optional.of(new OldestTransaction(limit, ours, options));
            case HORIZON -> Optional.of(new Horizon(limit, ours));
            case DEAD_ROWS -> Optional.of(new DeadRows(limit, terms.tables()));
            case TABLE_VACUUM -> Optional.of(new TableVacuum(terms.tables(), ours));
            case WRAPAROUND -> Optional.of(new Wraparound(limit, terms.tables()));
            case FORCED_CHECKPOINTS -> Optional.of(new ForcedCheckpoints(limit));
            // What each chunk tells, and what is more than read: on a connection of its own.
            case CHUNK_TIME, COMMIT_TIME -> Optional.empty();
        };
    }
}
