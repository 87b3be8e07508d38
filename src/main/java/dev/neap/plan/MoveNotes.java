package dev.neap.plan;

import dev.neap.catalog.Column;
import dev.neap.catalog.Key;
import dev.neap.catalog.KeySql;
import dev.neap.catalog.Table;
import dev.neap.change.ChangeName;
import dev.neap.change.operation.Names;
import dev.neap.sql.Identifier;
import dev.neap.sql.Literal;
import dev.neap.step.BackfillStep;
import dev.neap.step.BackfillStep.Discipline;
import dev.neap.step.DdlStep;
import dev.neap.step.MovedStep;
import dev.neap.step.StepId;
import java.util.List;
import java.util.Optional;

/**
 * Notes rows that clients move while a step that deletes, archives, copies or transforms rows still has to reach them. No
 * trigger can do that work in the client's transaction, and no pass over the table can be sure to meet a row that moves
 * from ahead of it to behind it; so each is noted, with its key, and looked up after the last pass.
 *
 * <p>By key it fires only where the key changes, by block on every UPDATE but the change's own. A note that need not have
 * been made costs a look-up, one that is missing a row: whatever can't be told is noted.
 *
 * <p>It comes AFTER, which spares the change's own writes a lock on each row; on a partitioned table BEFORE, since AFTER
 * does not see a row that moves to another partition.
 */
final class MoveNotes {

    private final ChangeName change;
    private final Table table;
    private final Walk walk;
    private final BackfillStep backfill;
    private final StepId backfillId;
    private final Identifier trigger;
    private final String function;

    /**
     * @param number of the trigger within the change, from 1; none of its {@link MoveTrigger}s has the same
     */
    MoveNotes(ChangeName change, Table table, Walk walk, BackfillStep backfill, StepId backfillId, int number) {
        this.change = change;
        this.table = table;
        this.walk = walk;
        this.backfill = backfill;
        this.backfillId = backfillId;
        Names names = new Names(change);
        this.trigger = names.moveTrigger(number);
        this.function = names.moveFunction(number).sql();
    }

    DdlStep create() {
        return following().create(
                "note rows that move while they are pending",
                table.kind() == Table.Kind.ORDINARY,
                Moves.of(walk, change),
                function());
    }

    /** Where an UPDATE of whatever row makes a note, there may be new ones without end. */
    MovedStep lookUp() {
        boolean few = !walk.byAddress()
                || (backfill.discipline() == Discipline.CONVERGENT
                        && pending().filter(sql -> !sql.equals("true")).isPresent());
        return new MovedStep("moved", "work on rows that moved meanwhile: " + backfill.title(), backfill, few);
    }

    DdlStep drop() {
        return following().drop();
    }

    private FollowTrigger following() {
        return new FollowTrigger(
                table,
                walk,
                trigger,
                function,
                List.of("DELETE FROM neap.moved WHERE change = " + Literal.of(change.value()) + " AND step = "
                        + Literal.of(backfillId.value())));
    }

    /** Text of keys must read the same in every session: hence the output settings. */
    private String function() {
        return "CREATE OR REPLACE FUNCTION " + function
                + "() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT"
                + " SET datestyle = 'ISO, MDY' SET intervalstyle = 'postgres' SET extra_float_digits = 1 AS "
                + Literal.dollarQuoted("neap", "\n" + pending().map(this::noteIf).orElseGet(this::noteAlways));
    }

    private String noteIf(String pending) {
        return """
                #variable_conflict use_column
                DECLARE
                  neap_wanted boolean := true;
                BEGIN
                  BEGIN
                    neap_wanted := EXISTS (SELECT FROM (SELECT OLD.*) AS %1$s WHERE %2$s)
                        AND EXISTS (SELECT FROM (SELECT NEW.*) AS %1$s WHERE %2$s);
                  EXCEPTION WHEN OTHERS THEN
                    neap_wanted := true;
                  END;
                  IF neap_wanted THEN
                    %3$s;
                  END IF;
                  RETURN NEW;
                END
                """
                .formatted(table.name().name(), pending, note());
    }

    private String noteAlways() {
        return """
                BEGIN
                  %s;
                  RETURN NEW;
                END
                """
                .formatted(note());
    }

    private String note() {
        return "INSERT INTO neap.moved (change, step, key) VALUES (%s, %s, %s)"
                .formatted(Literal.of(change.value()), Literal.of(backfillId.value()), key());
    }

    private String key() {
        return Key.of(table).map(key -> new KeySql(key).asText("NEW.")).orElse("ARRAY[NEW.ctid::text]");
    }

    /** Of a row with generated columns nobody can tell how it was before. */
    private Optional<String> pending() {
        boolean generated = table.columns().stream().anyMatch(column -> column.origin() == Column.Origin.GENERATED);
        return generated ? Optional.empty() : backfill.pending();
    }
}
