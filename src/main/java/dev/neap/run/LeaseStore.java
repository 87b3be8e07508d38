package dev.neap.run;

import dev.neap.change.ChangeName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The leases in {@code neap.lease}: at most one process works on a change. */
public final class LeaseStore {

    private final JdbcClient jdbc;

    public LeaseStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Held(UUID token, ProcessIdentity holder, String words, double heartbeatAge, double ttl) {
        boolean isFree() {
            return heartbeatAge > ttl || holder.isKnownDead();
        }
    }

    /**
     * Takes the lease: if nobody has it, if its holder's heartbeat is older than its time to live, or if its holder is
     * known to be dead.
     *
     * @param ttl without a heartbeat for so long, another process may take it
     * @return the token under which this process may write
     * @throws RunFailed with reason BUSY if another process has it
     */
    public UUID take(ChangeName change, ProcessIdentity self, Duration ttl) {
        UUID token = UUID.randomUUID();
        Optional<Held> held = find(change);
        if (held.isEmpty() && insert(change, token, self, ttl)) {
            return token;
        }
        Held other = held.or(() -> find(change)).orElseThrow(() -> busy(change, "another process"));
        if (!other.isFree() || !replace(change, other.token(), token, self, ttl)) {
            throw busy(
                    change,
                    "%s (last heartbeat %.0f s ago; without one, the change is free after %.0f s)"
                            .formatted(other.words(), other.heartbeatAge(), other.ttl()));
        }
        return token;
    }

    private static RunFailed busy(ChangeName change, String who) {
        return new RunFailed(
                RunFailed.Reason.BUSY,
                "Change %s is being worked on by %s. Wait for it, or stop it first.".formatted(change, who));
    }

    private Optional<Held> find(ChangeName change) {
        return jdbc.sql("""
                SELECT token, holder, host, pid, started,
                       extract(epoch FROM clock_timestamp() - heartbeat_at) AS age,
                       extract(epoch FROM ttl) AS ttl
                  FROM neap.lease WHERE change = ?""")
                .param(change.value())
                .query((row, i) -> held(row))
                .optional();
    }

    private static Held held(ResultSet row) throws SQLException {
        return new Held(
                row.getObject("token", UUID.class),
                new ProcessIdentity(row.getString("host"), row.getLong("pid"), row.getString("started"), ""),
                row.getString("holder"),
                row.getDouble("age"),
                row.getDouble("ttl"));
    }

    private boolean insert(ChangeName change, UUID token, ProcessIdentity self, Duration ttl) {
        return jdbc.sql("""
                INSERT INTO neap.lease (change, token, holder, host, pid, started, ttl)
                VALUES (?, ?, ?, ?, ?, ?, make_interval(secs => ?))
                ON CONFLICT (change) DO NOTHING""")
                .params(
                        change.value(),
                        token,
                        self.words(),
                        self.host(),
                        self.pid(),
                        self.started(),
                        ttl.toMillis() / 1000.0)
                .update() == 1;
    }

    private boolean replace(ChangeName change, UUID old, UUID token, ProcessIdentity self, Duration ttl) {
        return jdbc.sql("""
                UPDATE neap.lease
                   SET token = ?, holder = ?, host = ?, pid = ?, started = ?, ttl = make_interval(secs => ?),
                       taken_at = clock_timestamp(), heartbeat_at = clock_timestamp()
                 WHERE change = ? AND token = ?""")
                .params(
                        token,
                        self.words(),
                        self.host(),
                        self.pid(),
                        self.started(),
                        ttl.toMillis() / 1000.0,
                        change.value(),
                        old)
                .update() == 1;
    }

    /**
     * @return whether the lease is still held under the token
     */
    public boolean heartbeat(ChangeName change, UUID token) {
        return jdbc.sql("UPDATE neap.lease SET heartbeat_at = clock_timestamp() WHERE change = ? AND token = ?")
                .params(change.value(), token)
                .update() == 1;
    }

    /**
     * Keeps the lease from being taken over until the transaction at hand ends.
     *
     * @param within the client of that transaction
     * @return whether it is still held under the token
     */
    public static boolean pin(JdbcClient within, ChangeName change, UUID token) {
        return within.sql("SELECT 1 FROM neap.lease WHERE change = ? AND token = ? FOR SHARE")
                .params(change.value(), token)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** Gives it back, if it is still held under the token. */
    public void release(ChangeName change, UUID token) {
        jdbc.sql("DELETE FROM neap.lease WHERE change = ? AND token = ?")
                .params(change.value(), token)
                .update();
    }
}
