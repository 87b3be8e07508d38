package dev.neap.control;

import dev.neap.change.ChangeName;
import dev.neap.jdbc.ServerEncoding;
import dev.neap.run.RunId;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who asked for what while a run was open, in {@code neap.audit}; kept for good. */
public final class AuditStore {

    /** What it is called that somebody agreed to lose data; {@code to} is then what the change file says about it. */
    public static final String AGREED = "irreversible";

    /**
     * One thing that somebody does.
     *
     * @param what {@code control}, {@link #AGREED}, or the name of a setting
     * @param from what it was; empty where that is as the change file or the configuration says
     * @param to what it became; empty likewise
     * @param reason why, or on what terms: a phrase
     * @param by user@host (process)
     */
    public record Deed(String what, Optional<String> from, Optional<String> to, String reason, String by) {}

    /** One thing that somebody did; the component names are keys of JSON. */
    public record Entry(
            String what,
            Optional<String> from,
            Optional<String> to,
            String reason,
            String by,
            Instant at) {}

    private final JdbcClient jdbc;

    /** @param jdbc whose transaction the notes take part in, if there is one */
    public AuditStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Notes it with the newest run of the change, now by the server's clock; does nothing where there is none. */
    public void note(ChangeName change, Deed deed) {
        ServerEncoding encoding = ServerEncoding.of(jdbc);
        jdbc.sql("""
                INSERT INTO neap.audit (run_id, what, from_text, to_text, reason, by)
                SELECT id, ?, ?, ?, ?, ? FROM neap.run WHERE change = ? ORDER BY id DESC LIMIT 1""")
                .param(deed.what())
                .param(deed.from().orElse(null))
                .param(deed.to().map(encoding::fit).orElse(null))
                .params(encoding.fit(deed.reason()), encoding.fit(deed.by()), change.value())
                .update();
    }

    /** What happened to a run, the oldest first. */
    public List<Entry> of(RunId run) {
        return jdbc.sql("SELECT what, from_text, to_text, reason, by, at FROM neap.audit WHERE run_id = ? ORDER BY id")
                .param(run.value())
                .query((row, i) -> new Entry(
                        row.getString("what"),
                        Optional.ofNullable(row.getString("from_text")),
                        Optional.ofNullable(row.getString("to_text")),
                        row.getString("reason"),
                        row.getString("by"),
                        row.getObject("at", OffsetDateTime.class).toInstant()))
                .list();
    }
}
