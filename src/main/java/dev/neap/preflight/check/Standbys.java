package dev.neap.preflight.check;

import dev.neap.preflight.estimate.Quantity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The standbys that will replay all that the change writes, and how far behind they are already. */
final class Standbys implements Check {

    private static final Duration FAR_BEHIND = Duration.ofSeconds(10);
    private static final long FAR_BEHIND_BYTES = 1L << 30;

    @Override
    public String id() {
        return "standbys";
    }

    @Override
    public List<Finding> find(Target target) {
        if (!target.seesOthers()) {
            return List.of(unseen(target, "standbys and their lag"));
        }
        List<Seen> seen = target.jdbc()
                .sql(
                        """
                                SELECT application_name, coalesce(host(client_addr), 'local'), state, sync_state,
                                       pg_wal_lsn_diff(CASE WHEN pg_is_in_recovery() THEN pg_last_wal_receive_lsn()
                                                            ELSE pg_current_wal_lsn() END, replay_lsn)::bigint,
                                       extract(epoch FROM replay_lag) * 1000
                                FROM pg_stat_replication
                                ORDER BY application_name, pid""")
                .query((row, n) -> {
                    long bytes = row.getLong(5);
                    Optional<Long> behind = row.wasNull() ? Optional.empty() : Optional.of(bytes);
                    return new Seen(
                            row.getString(1), row.getString(2), row.getString(3), row.getString(4), behind,
                            row.getLong(6));
                })
                .list();
        String awaited = target.jdbc()
                .sql("SELECT current_setting('synchronous_standby_names')")
                .query(String.class)
                .single();
        return judge(seen, awaited);
    }

    List<Finding> judge(List<Seen> seen, String awaited) {
        List<Finding> findings = new ArrayList<>();
        if (!awaited.isEmpty()
                && seen.stream().noneMatch(s -> s.sync().equals("sync") || s.sync().equals("quorum"))) {
            findings.add(blocker(
                    "server",
                    "synchronous_standby_names is %s and no such standby is connected: commits wait for it."
                            .formatted(awaited),
                    "Bring the standby back, or take it out of synchronous_standby_names."));
        }
        if (seen.isEmpty()) {
            findings.add(note(
                    "server",
                    "No standby is connected, so there is no replication lag to watch.",
                    "If there should be one, find out why it is away before you begin."));
        }
        seen.forEach(standby -> findings.add(judge(standby)));
        return findings;
    }

    private Finding judge(Seen standby) {
        String object = "standby %s (%s)".formatted(standby.name(), standby.address());
        String fact = "It is %s (%s), %s behind%s."
                .formatted(
                        standby.state(),
                        standby.sync(),
                        standby.behind().map(Quantity::bytes).orElse("an unknown distance"),
                        standby.lagMillis() > 0
                                ? " and " + Quantity.time(Duration.ofMillis(standby.lagMillis())) + " late"
                                : "");
        boolean far = !standby.state().equals("streaming")
                || standby.behind().orElse(Long.MAX_VALUE) > FAR_BEHIND_BYTES
                || standby.lagMillis() > FAR_BEHIND.toMillis();
        return far
                ? warning(object, fact, "Let it catch up before you begin; Neap holds while it lags.")
                : note(object, fact, "Nothing to do: Neap slows down when it falls behind.");
    }

    /**
     * @param behind bytes of WAL not yet replayed; empty if it does not tell
     * @param lagMillis {@code replay_lag}; 0 if it is idle
     */
    record Seen(String name, String address, String state, String sync, Optional<Long> behind, long lagMillis) {}
}
