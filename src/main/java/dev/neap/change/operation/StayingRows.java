package dev.neap.change.operation;

import dev.neap.sql.Identifier;
import dev.neap.sql.Literal;
import dev.neap.sql.QualifiedName;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Keeps the rows of a table that was divided in their partitions, as long as foreign keys with an effect on deletion
 * reference the old table too. To move a row to another partition PostgreSQL deletes and inserts it; the old table follows,
 * and by ON DELETE CASCADE the rows would be gone that reference it. Who moves one is refused instead.
 *
 * @param table the new one
 * @param key by which rows are told apart; it has the deciding columns
 */
record StayingRows(Names names, QualifiedName table, List<Identifier> key) {

    private static final Pattern EFFECT = Pattern.compile(" ON DELETE (CASCADE|SET NULL|SET DEFAULT)");

    /** Whether a foreign key does something to rows where what they reference goes. */
    static boolean isEffect(String definition) {
        return EFFECT.matcher(definition).find();
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
                                "a row of table " + table + " can't go to another partition yet: other tables reference"
                                        + " the undivided table too, and would lose their rows"),
                        Literal.of("Complete change " + names.change() + ", or roll it back."));
    }
}
