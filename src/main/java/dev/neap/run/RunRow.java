package dev.neap.run;

import dev.neap.change.ChangeName;
import dev.neap.change.Fingerprint;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@code neap.run}, and what columns of the tables beside it have in common. */
final class RunRow {

    /** Of a run whatever {@link #run} reads; a condition may follow. */
    static final String SELECT = """
            SELECT id, change, table_name, fingerprint, definition, snapshot, plan_fingerprint, neap_version, state, message,
                   created_at, updated_at
            FROM neap.run
            """;

    private RunRow() {}

    static Run run(ResultSet row) throws SQLException {
        return new Run(
                new RunId(row.getLong("id")),
                new ChangeName(row.getString("change")),
                row.getString("table_name"),
                new Fingerprint(row.getString("fingerprint")),
                row.getString("definition"),
                row.getString("snapshot"),
                new Fingerprint(row.getString("plan_fingerprint")),
                row.getString("neap_version"),
                RunState.valueOf(row.getString("state")),
                text(row, "message"),
                instant(row, "created_at"),
                instant(row, "updated_at"));
    }

    static Optional<String> text(ResultSet row, String column) throws SQLException {
        @Nullable
        String text = row.getString(column);
        return Optional.ofNullable(text);
    }

    /** @param column that is never NULL */
    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
