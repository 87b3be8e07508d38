package dev.neap.catalog;

import dev.neap.catalog.Answers.ConstraintText;
import dev.neap.catalog.Answers.IndexText;
import dev.neap.catalog.Answers.Renamed;
import dev.neap.sql.Identifier;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Looks at an index or a constraint that is to go: what depends on it, and how it is made again, with its comment. A
 * constraint and its index bear one name, and are both described.
 */
final class RemovalProbe {

    private final JdbcTemplate jdbc;
    private final Table table;

    RemovalProbe(JdbcTemplate jdbc, Table table) {
        this.jdbc = jdbc;
        this.table = table;
    }

    /**
     * @throws Prober.Objection if something else depends on it, or it is more than an index or a constraint of this table
     */
    Renamed look(Identifier name) {
        refuseDependents(name);
        refuseMarked(name);
        refuseInherited(name);
        List<IndexText> indexes = table.index(name)
                .map(index -> new IndexText(
                        name, index.unique(), index.tail(), comment("pg_class", name), targets(name)))
                .stream()
                .toList();
        List<ConstraintText> constraints = table.constraint(name)
                .map(constraint -> new ConstraintText(
                        name, constraint.definition(), comment("pg_constraint", name),
                        Optional.empty()))
                .stream()
                .toList();
        return new Renamed(indexes, constraints, List.of());
    }

    /** Other tables' foreign keys depend on the index; views that GROUP BY a primary key, on the constraint. */
    private void refuseDependents(Identifier name) {
        List<String> dependents = jdbc.query(
                """
                        SELECT DISTINCT pg_describe_object(d.classid, d.objid, d.objsubid)
                        FROM pg_depend d
                        WHERE d.deptype = 'n'
                          AND (d.refclassid = 'pg_constraint'::regclass AND d.refobjid IN
                              (SELECT oid FROM pg_constraint WHERE conrelid = ? AND conname = ?)
                            OR d.refclassid = 'pg_class'::regclass AND d.refobjid IN
                              (SELECT c.oid FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
                               WHERE i.indrelid = ? AND c.relname = ?))
                        ORDER BY 1 LIMIT 5
                        """,
                (row, i) -> row.getString(1),
                table.oid(),
                name.value(),
                table.oid(),
                name.value());
        if (!dependents.isEmpty()) {
            throw new Prober.Objection(
                    "%s of table %s is needed by: %s.".formatted(name, table.name(), String.join(", ", dependents)),
                    "Drop or change that first; Neap never cascades.");
        }
    }

    /** Marks that an index made again would not have, and that others rely on. */
    private void refuseMarked(Identifier name) {
        List<String> marks = jdbc.query(
                """
                        SELECT CASE WHEN i.indisreplident THEN 'the replica identity' ELSE 'what CLUSTER orders by' END
                        FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
                        WHERE i.indrelid = ? AND c.relname = ? AND (i.indisreplident OR i.indisclustered)
                        """,
                (row, i) -> row.getString(1),
                table.oid(),
                name.value());
        if (!marks.isEmpty()) {
            throw new Prober.Objection(
                    "Index %s is %s of table %s.".formatted(name, marks.getFirst(), table.name()),
                    marks.getFirst().contains("replica")
                            ? "ALTER TABLE %s REPLICA IDENTITY DEFAULT; or name another index for it."
                                    .formatted(table.name())
                            : "ALTER TABLE %s SET WITHOUT CLUSTER; first.".formatted(table.name()));
        }
    }

    private void refuseInherited(Identifier name) {
        Boolean inherited = jdbc.queryForObject(
                """
                        SELECT EXISTS (SELECT FROM pg_constraint
                            WHERE conrelid = ? AND conname = ? AND (conparentid <> 0 OR coninhcount > 0))
                          OR EXISTS (SELECT FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
                            WHERE i.indrelid = ? AND c.relname = ? AND c.relispartition)
                        """,
                Boolean.class,
                table.oid(),
                name.value(),
                table.oid(),
                name.value());
        if (Boolean.TRUE.equals(inherited)) {
            throw new Prober.Objection(
                    "%s is part of the one that the parent of table %s has.".formatted(name, table.name()),
                    "Name the parent as the change's table.");
        }
    }

    private List<String> targets(Identifier name) {
        return jdbc.query(
                "SELECT " + Index.TARGETS + " AS targets FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid"
                        + " WHERE i.indrelid = ? AND c.relname = ?",
                (row, i) -> TextArray.read(row, "targets"),
                table.oid(),
                name.value())
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    private Optional<String> comment(String catalog, Identifier name) {
        String sql = catalog.equals("pg_class")
                ? """
                        SELECT obj_description(i.indexrelid, 'pg_class')
                        FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
                        WHERE i.indrelid = ? AND c.relname = ?
                        """
                : "SELECT obj_description(oid, 'pg_constraint') FROM pg_constraint WHERE conrelid = ? AND conname = ?";
        return jdbc.query(sql, (row, i) -> Optional.ofNullable(row.getString(1)), table.oid(), name.value())
                .stream()
                .flatMap(Optional::stream)
                .findFirst();
    }
}
