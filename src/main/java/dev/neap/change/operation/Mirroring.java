package dev.neap.change.operation;

import dev.neap.sql.FixedSearchPath;
import dev.neap.sql.Identifier;
import dev.neap.sql.Literal;
import dev.neap.sql.QualifiedName;
import dev.neap.step.Correspondence;
import dev.neap.step.Correspondence.Direction;
import dev.neap.step.Correspondence.Retyped;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The triggers by which one table follows another, row by row, in the transaction of whoever writes.
 *
 * <p>They do not take over what the event says, but look the row up as it is by then: a trigger of the user's own may have
 * changed it again meanwhile, and its event came first. They work with their maker's rights, since whoever writes the one
 * table has none on the other.
 *
 * @param from the table that is written
 * @param to the table that follows
 * @param rows in which columns, and by which key
 * @param shorter whether the key of the table that follows is a shorter one, that only makes sense by itself
 */
record Mirroring(
        Names names,
        Direction direction,
        QualifiedName from,
        QualifiedName to,
        Correspondence rows,
        boolean shorter) {

    /** Whether all statements of the transaction see what its first one saw. */
    private static final String ONE_SNAPSHOT = "current_setting('transaction_isolation') NOT IN ('read committed', 'read uncommitted')";

    Identifier rowTrigger() {
        return names.mirrorTrigger("row");
    }

    Identifier truncateTrigger() {
        return names.mirrorTrigger("truncate");
    }

    QualifiedName function() {
        return names.mirrorFunction(direction.name().toLowerCase(Locale.ROOT));
    }

    List<String> create() {
        return List.of(
                FixedSearchPath.STATEMENT,
                "CREATE OR REPLACE FUNCTION " + function()
                        + "() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS "
                        + Literal.dollarQuoted("neap", "\n" + body()),
                "CREATE TRIGGER %s AFTER INSERT OR UPDATE OR DELETE ON %s FOR EACH ROW EXECUTE FUNCTION %s()"
                        .formatted(rowTrigger(), from, function()),
                "CREATE TRIGGER %s AFTER TRUNCATE ON %s FOR EACH STATEMENT EXECUTE FUNCTION %s()"
                        .formatted(truncateTrigger(), from, function()),
                // Whatever session_replication_role is: rows that arrive by a subscription count too.
                "ALTER TABLE " + from + " ENABLE ALWAYS TRIGGER " + rowTrigger(),
                "ALTER TABLE " + from + " ENABLE ALWAYS TRIGGER " + truncateTrigger());
    }

    List<String> drop() {
        List<String> sql = new ArrayList<>(List.of(
                "DROP TRIGGER IF EXISTS " + rowTrigger() + " ON " + from,
                "DROP TRIGGER IF EXISTS " + truncateTrigger() + " ON " + from,
                "DROP FUNCTION IF EXISTS " + function() + "()"));
        if (direction == Direction.BACK) {
            sql.addAll(StayingRows.drop(names, from));
        }
        return sql;
    }

    private String body() {
        return """
                #variable_conflict use_column
                BEGIN
                  IF TG_OP = 'TRUNCATE' THEN
                    BEGIN
                      TRUNCATE %1$s;
                    EXCEPTION WHEN feature_not_supported THEN
                      -- Foreign keys reference it still, whether any row does or not.
                      DELETE FROM %1$s;
                    END;
                    RETURN NULL;
                  END IF;
                  IF TG_OP = 'DELETE' OR TG_OP = 'UPDATE' AND ROW(%2$s) IS DISTINCT FROM ROW(%3$s) THEN
                    IF EXISTS (SELECT FROM %4$s AS neap_from WHERE %5$s) THEN
                      -- Another row has the key by now, and an event of its own. If that is still to come, it may be too
                      -- early to have the row here.
                      DELETE FROM %6$s AS neap_to WHERE %7$s;
                      BEGIN
                        %8$s
                      EXCEPTION WHEN unique_violation OR exclusion_violation THEN
                        NULL;
                      END;
                    ELSE
                %9$s
                %10$s
                    END IF;
                  END IF;
                  IF TG_OP <> 'DELETE' THEN
                %11$s
                    %12$s
                  END IF;
                  RETURN NULL;
                END
                """
                .formatted(
                        to,
                        list(rows.key(), column -> "OLD." + column),
                        list(rows.key(), column -> "NEW." + column),
                        from,
                        keyIs("neap_from", "OLD"),
                        to,
                        keyIs("neap_to", "OLD"),
                        take("OLD"),
                        leave(),
                        unseen(),
                        standing(),
                        take("NEW"));
    }

    /** A row whose key changes keeps its identity, for the sake of foreign keys that cascade. */
    private String leave() {
        return """
                IF TG_OP = 'UPDATE' THEN
                  IF EXISTS (SELECT FROM %1$s AS neap_to WHERE %2$s) THEN
                    DELETE FROM %1$s AS neap_to WHERE %3$s;
                  ELSE
                    UPDATE %1$s AS neap_to SET %4$s WHERE %3$s;
                  END IF;
                ELSE
                  DELETE FROM %1$s AS neap_to WHERE %3$s;
                END IF;"""
                .formatted(
                        to, keyIs("neap_to", "NEW"), keyIs("neap_to", "OLD"),
                        list(rows.key(), column -> column + " = NEW." + column));
    }

    /**
     * A transaction whose snapshot is older than the copy of the row does not see it there, and would leave it. Inserting it
     * tells: where it is there unseen, PostgreSQL asks for another try of the transaction, which then sees it.
     */
    private String unseen() {
        return """
                IF NOT FOUND AND %7$s THEN
                  BEGIN
                    INSERT INTO %1$s (%2$s) OVERRIDING SYSTEM VALUE
                      SELECT %3$s FROM (SELECT OLD.*) AS %6$s ON CONFLICT DO NOTHING;
                    DELETE FROM %1$s AS neap_to WHERE %4$s;
                  EXCEPTION
                    WHEN foreign_key_violation THEN
                      -- It comes after the row has found its place: there was none. What it references went first, and
                      -- took the row there along.
                      NULL;
                    WHEN integrity_constraint_violation OR check_violation THEN
                      RAISE EXCEPTION USING ERRCODE = 'serialization_failure', MESSAGE = %5$s;
                  END;
                END IF;"""
                .formatted(
                        to, filled(), values(), keyIs("neap_to", "OLD"),
                        Literal.of("could not serialize access: the snapshot is older than the copy of a row to " + to),
                        from.name(),
                        ONE_SNAPSHOT);
    }

    /**
     * A transaction whose snapshot is older than the deletion of a row still sees it, beside the row to which it gave the key
     * since, or alone. The lock tells: of a row that is gone PostgreSQL asks for another try of the transaction (manual,
     * 13.2.2). Whatever was deleted has an xmax; the others need no lock, which would be a write.
     */
    private String standing() {
        return """
                IF %1$s THEN
                  PERFORM FROM %2$s AS neap_from WHERE %3$s AND neap_from.xmax <> 0 FOR KEY SHARE;
                END IF;"""
                .formatted(ONE_SNAPSHOT, from, keyIs("neap_from", "NEW"));
    }

    private String filled() {
        return list(rows.filled(direction), Identifier::sql);
    }

    private String values() {
        return String.join(", ", rows.values(direction));
    }

    /** Makes the row of a key there what it is here. The row bears the table's name, by which an expression may call it. */
    private String take(String event) {
        List<Identifier> others = rows.others();
        String insert = "INSERT INTO %1$s AS neap_to (%2$s) OVERRIDING SYSTEM VALUE SELECT %3$s FROM %4$s AS %5$s WHERE %6$s"
                .formatted(to, filled(), values(), from, from.name(), keyIs(from.name().sql(), event));
        if (!shorter) {
            return insert + " ON CONFLICT (" + list(rows.key(), Identifier::sql) + ") DO "
                    + (others.isEmpty() ? "NOTHING;" : "UPDATE SET " + list(others, this::excluded) + ";");
        }
        // Only the shorter key of old tells that two rows have become one there; the writer must hear of it.
        return """
                UPDATE %1$s AS neap_to SET %2$s FROM %3$s AS neap_from WHERE %4$s AND %5$s;
                IF NOT FOUND THEN
                  %6$s;
                END IF;"""
                .formatted(
                        to,
                        list(others.isEmpty() ? rows.key() : others, column -> column + " = neap_from." + column),
                        from,
                        keyIs("neap_from", event),
                        keyIs("neap_to", event),
                        insert);
    }

    /**
     * What the row there gets. A value of old may hold more than could be made again of what is here, and stays as long as
     * nobody changes what it is made of.
     */
    private String excluded(Identifier column) {
        return rows.links()
                .stream()
                .filter(link -> direction == Direction.BACK && link.column().equals(column))
                .flatMap(link -> link instanceof Retyped retyped ? Stream.of(retyped.back().reads()) : Stream.empty())
                .findFirst()
                .map(reads -> "%1$s = CASE WHEN TG_OP = 'UPDATE'%2$s THEN neap_to.%1$s ELSE excluded.%1$s END"
                        .formatted(
                                column,
                                reads.stream()
                                        .map(read -> " AND OLD.%1$s%2$s IS NOT DISTINCT FROM NEW.%1$s%2$s"
                                                .formatted(read, rows.byText(read) ? "::text" : ""))
                                        .collect(Collectors.joining())))
                .orElse(column + " = excluded." + column);
    }

    private String keyIs(String alias, String event) {
        return rows.key()
                .stream()
                .map(column -> "%1$s.%2$s = %3$s.%2$s".formatted(alias, column, event))
                .collect(Collectors.joining(" AND "));
    }

    static String list(List<Identifier> columns, Function<Identifier, String> each) {
        return columns.stream().map(each).collect(Collectors.joining(", "));
    }
}
