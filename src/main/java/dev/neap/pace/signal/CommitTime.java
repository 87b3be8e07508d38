package dev.neap.pace.signal;

import dev.neap.pace.ChunkDone;
import dev.neap.pace.PaceListener;
import dev.neap.pace.Reading;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.Instant;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.StatementCallback;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How long a commit waits for the disk: those of others wait for the WAL of chunks, which is written before theirs, while
 * chunks commit without waiting. One commit of nothing is made and timed by the server itself at each look, so that neither
 * the network nor this process counts. It waits for no standby, whatever the server is set to: how far those are is told by
 * other signals, and one that hangs would keep this waiting for ever.
 *
 * <p>Only while others change something is a commit made, or counted ({@link OthersCommits}): nobody else is slowed down by
 * it, and work is slowed down for nobody. What is made of the times is said by {@link CommitTimes}.
 */
final class CommitTime implements PaceListener {

    /**
     * Each transaction that changes something takes a number, in all databases of the server; not all that are ours are known
     * here. So somebody else must have been at work of late, too: or may have been, where this role is not told.
     */
    private static final String ACTIVITY = """
            SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS transactions,
              EXISTS (SELECT FROM pg_stat_activity
                WHERE usesysid IS NOT NULL AND coalesce(backend_type, 'client backend') = 'client backend'
                  AND coalesce(application_name, '') NOT IN (:ours, :ours || ' signals') AND pid <> pg_backend_pid()
                  AND coalesce(state = 'active' OR state_change > clock_timestamp() - interval '2 s', true)) AS busy,
              EXISTS (SELECT FROM pg_stat_activity
                WHERE backend_type = 'client backend' AND lower(wait_event) IN ('walsync', 'walwrite')
                  AND coalesce(application_name, '') NOT IN (:ours, :ours || ' signals')) AS waiting""";

    /**
     * A commit is waited for only if something was written before it: the least there is, which only those hear of who
     * decode WAL and ask for messages. It is told at the level INFO, which no setting holds back. With synchronous_commit
     * off for this role nothing waits, and so does nobody else, as far as is known.
     */
    private static final String COMMIT = """
            DO $$
            DECLARE
              begun timestamptz;
            BEGIN
              PERFORM set_config('synchronous_commit', 'local', true)
                WHERE current_setting('synchronous_commit') <> 'off';
              PERFORM pg_logical_emit_message(true, 'neap', ''::text);
              begun := clock_timestamp();
              COMMIT;
              RAISE INFO '%', extract(epoch FROM clock_timestamp() - begun);
            END
            $$""";

    private final OthersCommits others = new OthersCommits();
    private final CommitTimes times;
    private final AtomicLong chunks = new AtomicLong();
    private final String application;
    private long own;

    /**
     * @param limit seconds; asked at each look
     * @param application application_name of the sessions that do the work
     */
    CommitTime(DoubleSupplier limit, String application) {
        this.times = new CommitTimes(limit);
        this.application = application;
    }

    /**
     * @param busy whether somebody else is at work, or was of late
     * @param waiting whether somebody else waits for the disk just now: few commits are seen to end where each takes long
     */
    private record Activity(long transactions, boolean busy, boolean waiting) {}

    @Override
    public void done(ChunkDone chunk) {
        chunks.incrementAndGet();
    }

    /** On a connection without a transaction: it commits. */
    Reading read(DataSource server, Instant now) {
        JdbcTemplate jdbc = new JdbcTemplate(server);
        // First what is ours: a chunk that ends in between counts as one of others now, and as one less the next time.
        long ours = own + chunks.get();
        Activity activity = JdbcClient.create(jdbc)
                .sql(ACTIVITY)
                .param("ours", application)
                .query((row, i) -> new Activity(row.getLong("transactions"), row.getBoolean("busy"),
                        row.getBoolean("waiting")))
                .single();
        boolean many = others.areSeen(activity.transactions(), ours, now);
        if (!activity.waiting() && !(many && activity.busy())) {
            return times.nobody(now);
        }
        own++;
        OptionalDouble seconds = jdbc.execute((StatementCallback<OptionalDouble>) CommitTime::commit);
        return seconds == null || seconds.isEmpty()
                ? new Reading.Unreadable(now, "the server did not say how long its commit took")
                : times.read(seconds.getAsDouble(), now);
    }

    private static OptionalDouble commit(Statement statement) throws java.sql.SQLException {
        statement.execute(COMMIT);
        SQLWarning told = statement.getWarnings();
        return told == null || told.getMessage() == null ? OptionalDouble.empty() : Numbers.parse(told.getMessage());
    }
}
