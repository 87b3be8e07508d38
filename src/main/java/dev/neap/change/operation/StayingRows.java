package dev.neap.change.operation;

import dev.neap.catalog.Fact;
import dev.neap.sql.Identifier;
import dev.neap.sql.Literal;
import dev.neap.sql.QualifiedName;
import dev.neap.step.Conduct;
import dev.neap.step.DdlStep;
import dev.neap.step.Lock;
import dev.neap.step.Phase;
import dev.neap.step.Undo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Keeps the rows of a table that was divided in their partitions, as long as foreign keys with an effect on deletion
 * reference the old table too. To move a row to another partition PostgreSQL deletes and inserts it; the old table follows,
 * and by ON DELETE CASCADE the rows would be gone that reference it. Who moves one is refused instead. Before 15 PostgreSQL
 * does that to rows that reference the new table, too, so there it stays until the contract, for the change's user to know.
 *
 * @param table the new one
 * @param key by which rows are told apart; it has the deciding columns
 */
record StayingRows(Names names, QualifiedName table, List<Identifier> key) {

    private static final Pattern EFFECT = Pattern.compile(" ON DELETE (CASCADE|SET NULL|SET DEFAULT)");

    /** From this version on a row that is moved to another partition takes along what references it. */
    private static final int MOVES_ARE_UPDATES_SINCE = 15;

    /** What the new table needs; empty if none of its rows can move, or nothing happens to others if they do. */
    static Optional<StayingRows> of(Successor successor) {
        boolean effects = successor.around()
                .belongings()
                .incoming()
                .stream()
                .anyMatch(key -> EFFECT.matcher(key.definition()).find());
        return effects && !successor.layout().partitions().isEmpty()
                ? Optional.of(new StayingRows(successor.target().names(), successor.name(), successor.rows().key()))
                : Optional.empty();
    }

    /** The step that lets rows move, once nothing references the old table. */
    static Optional<DdlStep> letMove(Successor successor) {
        return of(successor)
                .filter(rows -> successor.old().server().major() >= MOVES_ARE_UPDATES_SINCE)
                .map(rows -> rows.letMove(successor.swapped()));
    }

    private DdlStep letMove(Fact swapped) {
        Fact there = Relations.hasTrigger(table, names.stayTrigger());
        List<String> sql = new ArrayList<>();
        // DROP TRIGGER alone locks the partitions first and their parent last, and clients the other way round.
        sql.add("LOCK TABLE ONLY " + table + " IN ACCESS EXCLUSIVE MODE");
        sql.addAll(drop(names, table));
        return DdlStep.catalogOnly(
                Phase.CONSTRAIN,
                "let-rows-move",
                "let rows go from partition to partition",
                there.negated(),
                sql.toArray(String[]::new))
                .undoneBy(new Undo(
                        "let rows stay in their partitions",
                        create(),
                        Lock.SHARE_ROW_EXCLUSIVE,
                        Conduct.TRANSACTION,
                        new Fact.Or(swapped.negated(), there)));
    }

    /** In the transaction in which the old table begins to follow, after that. */
    List<String> create() {
        return List.of(
                "CREATE FUNCTION " + names.mirrorFunction("stay")
                        + "() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS "
                        + Literal.dollarQuoted("neap", "\n" + body()),
                "CREATE TRIGGER %s BEFORE UPDATE ON %s FOR EACH ROW WHEN ((%s) IS DISTINCT FROM (%s)) EXECUTE FUNCTION %s()"
                        .formatted(
                                names.stayTrigger(),
                                table,
                                Mirroring.list(key, column -> "OLD." + column),
                                Mirroring.list(key, column -> "NEW." + column),
                                names.mirrorFunction("stay")),
                "ALTER TABLE " + table + " ENABLE ALWAYS TRIGGER " + names.stayTrigger());
    }

    static List<String> drop(Names names, QualifiedName table) {
        return List.of(
                "DROP TRIGGER IF EXISTS " + names.stayTrigger() + " ON " + table,
                "DROP FUNCTION IF EXISTS " + names.mirrorFunction("stay") + "()");
    }

    private String body() {
        return """
                DECLARE
                  neap_stays boolean;
                BEGIN
                  EXECUTE 'SELECT ' || coalesce(pg_get_partition_constraintdef(TG_RELID), 'true')
                    || ' FROM (SELECT ($1).*) AS neap_row' INTO neap_stays USING NEW;
                  IF NOT neap_stays THEN
                    RAISE EXCEPTION USING ERRCODE = 'object_not_in_prerequisite_state', MESSAGE = %1$s,
                      HINT = %2$s;
                  END IF;
                  RETURN NEW;
                END
                """
                .formatted(
                        Literal.of(
                                "a row of table " + table + " can't go to another partition yet: rows of other tables"
                                        + " that reference it would go with it"),
                        Literal.of("Complete change " + names.change() + ", or roll it back."));
    }
}
