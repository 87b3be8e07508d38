package dev.neap.preflight.check;

import dev.neap.sql.Identifier;
import java.util.ArrayList;
import java.util.List;

/** Foreign keys from and to the table; those whose columns the backfill writes are checked for every row. */
final class ForeignKeys implements Check {

    @Override
    public String id() {
        return "foreign-key";
    }

    @Override
    public List<Finding> find(Target target) {
        return target.table().isEmpty()
                ? List.of()
                : target.jdbc()
                        .sql(
                                """
                                        SELECT c.conname, c.conrelid = :oid, c.conrelid::regclass::text, c.confrelid::regclass::text,
                                               c.convalidated,
                                               ARRAY(SELECT a.attname::text FROM pg_attribute a
                                                     WHERE a.attrelid = :oid
                                                       AND a.attnum = ANY (CASE WHEN c.conrelid = :oid THEN c.conkey ELSE c.confkey END))
                                        FROM pg_constraint c
                                        WHERE c.contype = 'f' AND c.conparentid = 0 AND (c.conrelid = :oid OR c.confrelid = :oid)
                                        ORDER BY c.conname
                                        LIMIT 40""")
                        .param("oid", target.oid())
                        .query((row, n) -> new Key(
                                new Identifier(row.getString(1)),
                                row.getBoolean(2),
                                row.getString(3),
                                row.getString(4),
                                row.getBoolean(5),
                                List.of((String[]) row.getArray(6).getArray())))
                        .list()
                        .stream()
                        .flatMap(key -> judge(key, target).stream())
                        .toList();
    }

    private List<Finding> judge(Key key, Target target) {
        List<Finding> findings = new ArrayList<>();
        String object = "foreign key %s of %s".formatted(key.name(), key.from());
        boolean written = target.writtenNames().stream().anyMatch(key.columns()::contains);
        String arrow = key.outgoing() ? "It refers to " + key.to() : "It refers to this table";
        if (written) {
            findings.add(warning(
                    object,
                    arrow + (key.outgoing()
                            ? ", and the backfill writes its column: each row is looked up there and locked."
                            : ", and the backfill writes the column it refers to: each row is looked up in %s."
                                    .formatted(key.from())),
                    key.outgoing()
                            ? "Expect the backfill to take longer; nothing is wrong."
                            : "See that %s has an index on its referencing columns.".formatted(key.from())));
        } else {
            findings.add(note(
                    object,
                    arrow + "; the change does not write its columns, so no row is checked again.",
                    "Nothing to do."));
        }
        if (!key.valid()) {
            findings.add(note(
                    object,
                    "It is NOT VALID: rows from before it may break it, and updating their columns then fails.",
                    "ALTER TABLE %s VALIDATE CONSTRAINT %s;".formatted(key.from(), key.name())));
        }
        return findings;
    }

    /** @param columns of the checked table */
    private record Key(
            Identifier name,
            boolean outgoing,
            String from,
            String to,
            boolean valid,
            List<String> columns) {}
}
