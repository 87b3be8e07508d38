package dev.neap.plan;

import dev.neap.catalog.KeySql;
import dev.neap.catalog.Table;
import dev.neap.change.ChangeName;
import dev.neap.sql.Literal;
import dev.neap.step.StepId;

/** What the guard's triggers do, in PL/pgSQL. */
final class GuardFunction {

    private GuardFunction() {}

    /** Where the segments are that decide about a row. */
    enum Scope {
        /** Of the one table. */
        TABLE,
        /** Of a partitioned table as a whole. */
        TREE,
        /** Of the leaf that the row is in. */
        LEAF;

        static Scope of(Table table, Walk walk) {
            return switch (table.kind()) {
                case ORDINARY -> TABLE;
                case PARTITIONED -> walk instanceof Walk.ByLeaf ? LEAF : TREE;
            };
        }

        private String condition() {
            return switch (this) {
                case TABLE, TREE -> "";
                case LEAF -> " AND c.unit = TG_RELID";
            };
        }
    }

    /**
     * @param work the statement that does with {@code NEW} what the pass would have done
     */
    static String body(ChangeName change, StepId step, KeySql key, Scope scope, String work) {
        String mine = "c.change = " + Literal.of(change.value()) + " AND c.step = " + Literal.of(step.value());
        String kept = "k.change = " + Literal.of(change.value()) + " AND k.step = " + Literal.of(step.value());
        String keep = "INSERT INTO neap.kept (change, step, key) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING"
                .formatted(Literal.of(change.value()), Literal.of(step.value()), key.asText("NEW."));
        String here = mine + scope.condition();
        return """
                #variable_conflict use_column
                DECLARE
                  neap_segment record;
                  neap_end text[];
                  neap_span integer;
                  neap_rest integer;
                  neap_was_done boolean;
                  neap_is_done boolean;
                BEGIN
                  IF TG_OP = 'INSERT' THEN
                %1$s
                    IF NOT neap_is_done OR NOT EXISTS (SELECT 1 FROM neap.checkpoint c WHERE %3$s) THEN
                      %6$s;
                    END IF;
                    RETURN NEW;
                  END IF;
                  PERFORM 1 FROM neap.checkpoint c WHERE %10$s AND (%4$s OR %5$s) ORDER BY c.segment FOR SHARE;
                  IF NOT FOUND AND current_setting('transaction_isolation') <> 'read committed'
                      AND NOT EXISTS (SELECT 1 FROM neap.checkpoint c WHERE %3$s) THEN
                    RAISE EXCEPTION USING ERRCODE = 'serialization_failure',
                      MESSAGE = 'could not serialize access: the snapshot is older than change %9$s';
                  END IF;
                %2$s
                %1$s
                  neap_was_done := neap_was_done OR EXISTS (SELECT 1 FROM neap.kept k WHERE %7$s AND %8$s);
                %11$s
                  RETURN NEW;
                END
                """.formatted(
                decide(key, here, "NEW.", "neap_is_done"),
                decide(key, here, "OLD.", "neap_was_done"),
                mine,
                inSegment(key, "OLD."),
                inSegment(key, "NEW."),
                keep,
                kept,
                key.compare("OLD.", "=", "k.key"),
                change.value(),
                here,
                switch (scope) {
                    case TABLE -> """
                            IF neap_was_done AND NOT neap_is_done THEN
                              %1$s;
                            ELSIF NOT neap_was_done AND neap_is_done THEN
                              %2$s;
                            ELSIF NOT neap_was_done THEN
                              DELETE FROM neap.kept k WHERE %3$s AND %4$s;
                            END IF;""".formatted(keep, work, kept, key.compare("NEW.", "=", "k.key"));
                    // Where it goes to another leaf, its insertion there decides once more, and notes it likewise.
                    case TREE, LEAF -> """
                            IF NOT neap_was_done THEN
                              %2$s;
                            END IF;
                            IF NOT neap_is_done THEN
                              %1$s;
                            END IF;""".formatted(keep, work);
                });
    }

    /** Beyond the frozen end there is no segment, and nothing to be done. */
    private static String inSegment(KeySql key, String row) {
        return "(c.lower IS NULL OR %s) AND %s"
                .formatted(key.compare(row, ">", "c.lower"), key.compare(row, "<=", "c.upper"));
    }

    /** Whether a row with this key is done: behind the position, or in what has been woven beyond it. */
    private static String decide(KeySql key, String mine, String row, String result) {
        return """
                %1$s := true;
                SELECT * INTO neap_segment FROM neap.checkpoint c WHERE %2$s AND %3$s;
                IF FOUND THEN
                  %1$s := neap_segment.position IS NOT NULL AND %4$s;
                  IF NOT %1$s AND neap_segment.ends IS NOT NULL THEN
                    neap_span := 0;
                    FOREACH neap_end SLICE 1 IN ARRAY neap_segment.ends LOOP
                      IF %5$s THEN
                        neap_rest := %6$s;
                        %1$s := neap_rest < neap_segment.bounds[neap_segment.strand + 1]
                          OR neap_rest < neap_segment.bounds[neap_segment.strand + 2]
                            AND (neap_span < neap_segment.span
                              OR neap_span = neap_segment.span AND neap_segment.within IS NOT NULL AND %7$s);
                        EXIT;
                      END IF;
                      neap_span := neap_span + 1;
                    END LOOP;
                  END IF;
                END IF;"""
                .formatted(
                        result,
                        mine,
                        inSegment(key, row),
                        key.compare(row, "<=", "neap_segment.position"),
                        key.compare(row, "<=", "neap_end"),
                        key.remainder(row, "neap_segment.modulus"),
                        key.compare(row, "<=", "neap_segment.within"));
    }
}
