package dev.neap.preflight.check;

import dev.neap.sql.Identifier;
import dev.neap.step.RowWork;
import java.util.ArrayList;
import java.util.List;

/**
 * Foreign keys from and to the table: those whose columns the backfill writes are checked for every row, and those that
 * refer to the table for every row that is deleted.
 */
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
                                               c.convalidated, c.confdeltype::text,
                                               EXISTS (SELECT FROM pg_index i
                                                       WHERE i.indrelid = c.conrelid AND i.indisvalid AND i.indpred IS NULL
                                                         AND i.indkey[0] = ANY (c.conkey)),
                                               (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY k.part)
                                                FROM unnest(c.conkey) WITH ORDINALITY AS k (attnum, part)
                                                JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.attnum),
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
                                new Deletion(row.getString(6), row.getBoolean(7), row.getString(8)),
                                List.of((String[]) row.getArray(9).getArray())))
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
        if (!key.outgoing() && target.removesRows()) {
            findings.addAll(deletion(key, object, target));
        } else if (written) {
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

    /** What a deleted row means to those that refer to it. */
    private List<Finding> deletion(Key key, String object, Target target) {
        List<Finding> findings = new ArrayList<>();
        String effect = switch (key.deletion().action()) {
            case "c" -> "CASCADE: rows of %s that refer to a deleted row are deleted with it, in the same transaction"
                    .formatted(key.from());
            case "n" -> "SET NULL: rows of %s that refer to a deleted row are updated with it".formatted(key.from());
            case "d" -> "SET DEFAULT: rows of %s that refer to a deleted row are updated with it".formatted(key.from());
            default -> "";
        };
        boolean archived = target.works().stream().anyMatch(RowWork.Archive.class::isInstance);
        String archives = archived ? "; they are not archived." : ".";
        if (!effect.isEmpty()) {
            findings.add(warning(
                    object,
                    "It refers to this table ON DELETE " + effect + archives,
                    "Deal with them by a change of their own first, if that is not what is meant."));
        } else {
            findings.add(note(
                    object,
                    "It refers to this table: a row that %s still refers to can't be deleted, and ends the run or is set aside."
                            .formatted(key.from()),
                    "Delete what refers to the rows first, or leave such rows out by the condition."));
        }
        if (!key.deletion().indexed()) {
            findings.add(warning(
                    object,
                    "Table %s has no index on (%s): each deleted row reads all of it."
                            .formatted(key.from(), key.deletion().columns()),
                    "CREATE INDEX CONCURRENTLY ON %s (%s);".formatted(key.from(), key.deletion().columns())));
        }
        return findings;
    }

    /**
     * @param action {@code pg_constraint.confdeltype}
     * @param indexed whether an index of the referring table begins with one of its columns
     * @param columns of the referring table, as SQL
     */
    private record Deletion(String action, boolean indexed, String columns) {}

    /** @param columns of the checked table */
    private record Key(
            Identifier name,
            boolean outgoing,
            String from,
            String to,
            boolean valid,
            Deletion deletion,
            List<String> columns) {}
}
