package dev.neap.step;

import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import dev.neap.step.BackfillStep.Assignment;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The statement that works on the rows which meet a condition.
 *
 * @param head what stands before {@code WHERE}
 * @param tail what follows the condition; may be empty
 */
public record RowStatement(String head, String tail) {

    /** Of a table's rows. */
    public static RowStatement of(RowWork work, QualifiedName table) {
        return of(work, table.sql());
    }

    /**
     * Of a table's rows.
     *
     * @param table as it stands in SQL, with its alias if it has one
     */
    public static RowStatement of(RowWork work, String table) {
        return switch (work) {
            case RowWork.Assign assign ->
                new RowStatement(
                        "UPDATE " + table + "\nSET "
                                + assign.assignments()
                                        .stream()
                                        .map(a -> a.column() + " = " + a.expression())
                                        .collect(Collectors.joining(",\n    ")),
                        "");
            case RowWork.Transform transform -> new RowStatement(gist(transform, table), "");
            case RowWork.Delete delete -> new RowStatement("DELETE FROM " + table, "");
            case RowWork.Archive archive -> archive(archive, table);
            case RowWork.Copy copy -> copy(copy, table);
            case RowWork.Mirror mirror -> mirror(mirror, table);
        };
    }

    /** The gist of it: the values come from a class. As it stands it writes as many rows, each as it is. */
    private static String gist(RowWork.Transform transform, String table) {
        return "UPDATE " + table + "\nSET "
                + transform.writes()
                        .stream()
                        .map(column -> "%1$s = /* what %2$s makes of it */ %1$s".formatted(column,
                                transform.className()))
                        .collect(Collectors.joining(",\n    "));
    }

    /** Both counts, since a trigger of the other table may swallow rows without a word. */
    private static RowStatement archive(RowWork.Archive archive, String table) {
        String columns = list(archive.columns());
        return new RowStatement(
                "WITH neap_gone AS (\nDELETE FROM " + table,
                "\nRETURNING %2$s),\nneap_kept AS (\nINSERT INTO %1$s (%2$s)\nSELECT %2$s FROM neap_gone RETURNING 1)\n"
                        .formatted(archive.into(), columns)
                        + "SELECT (SELECT count(*) FROM neap_gone) AS gone, (SELECT count(*) FROM neap_kept) AS kept");
    }

    private static RowStatement copy(RowWork.Copy copy, String table) {
        String head = "INSERT INTO %s AS neap_there (%s)\nSELECT %s\nFROM %s"
                .formatted(
                        copy.into(),
                        list(copy.values().stream().map(Assignment::column).toList()),
                        copy.values().stream().map(Assignment::expression).collect(Collectors.joining(", ")),
                        table);
        return new RowStatement(head, copy.upsert().map(RowStatement::onConflict).orElse(""));
    }

    /**
     * FOR SHARE keeps the rows as they are until the chunk is over, since it conflicts with every UPDATE and DELETE (manual,
     * 13.3.2), but neither with a foreign key's look at them nor with other sharers; a row that was changed while the chunk
     * waited for it is read again, and one that was deleted is left out.
     */
    private static RowStatement mirror(RowWork.Mirror mirror, String table) {
        Correspondence rows = mirror.rows();
        String updates = rows.others()
                .stream()
                .map(column -> column + " = excluded." + column)
                .collect(Collectors.joining(", "));
        return new RowStatement(
                "INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE\nSELECT %s\nFROM %s"
                        .formatted(
                                mirror.into(),
                                list(rows.filled(mirror.direction())),
                                String.join(", ", rows.values(mirror.direction())),
                                table),
                "\nFOR SHARE\nON CONFLICT (" + list(rows.key()) + ") DO "
                        + (updates.isEmpty() ? "NOTHING" : "UPDATE SET " + updates));
    }

    private static String onConflict(RowWork.Upsert upsert) {
        String conflict = "\nON CONFLICT (" + list(upsert.key()) + ") DO ";
        return upsert.updates().isEmpty()
                ? conflict + "NOTHING"
                : conflict + "UPDATE SET "
                        + upsert.updates()
                                .stream()
                                .map(column -> column + " = excluded." + column)
                                .collect(Collectors.joining(", "))
                        + "\nWHERE " + upsert.differs();
    }

    private static String list(List<Identifier> columns) {
        return columns.stream().map(Identifier::sql).collect(Collectors.joining(", "));
    }
}
