package dev.neap.preflight.check;

import dev.neap.change.operation.DropIndex;
import dev.neap.change.operation.Operation;
import dev.neap.change.operation.ReplaceIndex;
import dev.neap.plan.Plan;
import dev.neap.sql.Identifier;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether queries use an index that the plan drops, as far as the statistics of this server know. */
final class IndexInUse implements Check {

    @Override
    public String id() {
        return "index-in-use";
    }

    @Override
    public List<Finding> find(Target target) {
        return target.plan()
                .stream()
                .flatMap(IndexInUse::dropped)
                .flatMap(index -> look(target, index).stream())
                .toList();
    }

    private static Stream<Identifier> dropped(Plan plan) {
        return Stream.concat(plan.change().operations().stream(), plan.change().contract().stream())
                .flatMap(operation -> name(operation).stream());
    }

    private static Optional<Identifier> name(Operation operation) {
        if (operation instanceof DropIndex drop) {
            return Optional.of(drop.name());
        }
        // The same index once more is as good as before.
        return operation instanceof ReplaceIndex replace && replace.definition().isPresent()
                ? Optional.of(replace.name())
                : Optional.empty();
    }

    /** When it was last used is known since PostgreSQL 16. */
    private Optional<Finding> look(Target target, Identifier index) {
        return target.jdbc()
                .sql(
                        """
                                SELECT coalesce(s.idx_scan, 0) AS scans,
                                       left(to_jsonb(s) ->> 'last_idx_scan', 16) AS last,
                                       (SELECT to_char(d.stats_reset, 'YYYY-MM-DD') FROM pg_stat_database d
                                        WHERE d.datname = current_database()) AS since
                                FROM pg_stat_all_indexes s
                                WHERE s.relid = :oid AND s.indexrelname = :index""")
                .param("oid", target.oid())
                .param("index", index.value())
                .query((row, n) -> judge(
                        index,
                        row.getLong("scans"),
                        Optional.ofNullable(row.getString("last"))
                                .map(at -> ", last at " + at.replace('T', ' '))
                                .orElse(""),
                        Optional.ofNullable(row.getString("since")).map(day -> " since " + day).orElse("")))
                .optional();
    }

    private Finding judge(Identifier index, long scans, String last, String since) {
        return scans > 0
                ? warning(
                        "index " + index,
                        "Queries have used it: %d scans%s%s.".formatted(scans, since, last),
                        "See which queries those are, and that another index serves them.")
                : note(
                        "index " + index,
                        "No query has used it here%s; of standbys this server knows nothing.".formatted(since),
                        "Look at pg_stat_user_indexes on the standbys too.");
    }
}
