package dev.neap.change.operation;

import dev.neap.catalog.Fact;
import dev.neap.catalog.Reshaped.NewIndex;
import dev.neap.catalog.Surroundings.Belongings;
import dev.neap.catalog.Surroundings.Extended;
import dev.neap.catalog.Surroundings.Sequence;
import dev.neap.catalog.Surroundings.UserTrigger;
import dev.neap.catalog.Surroundings.View;
import dev.neap.sql.Identifier;
import dev.neap.sql.Literal;
import dev.neap.sql.QualifiedName;
import dev.neap.step.Conduct;
import dev.neap.step.DdlStep;
import dev.neap.step.Lock;
import dev.neap.step.Phase;
import dev.neap.step.Undo;
import dev.neap.step.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Two tables change places, in one short transaction that has both to itself: names, sequences, views, triggers and
 * policies. From then on the old table follows the new one, so that the way back loses nothing.
 */
record TableSwap(Successor successor) {

    private Names names() {
        return successor.target().names();
    }

    private Belongings belongings() {
        return successor.around().belongings();
    }

    /**
     * A step before the swap, whose moment counts: whoever has a snapshot from before it might not see rows that were
     * copied, and must be gone before the new table can be seen under the name.
     */
    DdlStep arm() {
        QualifiedName function = names().swapFunction();
        return DdlStep.catalogOnly(
                Phase.CONSTRAIN,
                "arm-swap",
                "note the moment from which every snapshot shows the copy whole",
                new Fact.Or(Relations.hasFunction(function), successor.swapped()),
                "CREATE FUNCTION " + function + "() RETURNS void LANGUAGE plpgsql AS "
                        + Literal.dollarQuoted("neap", "\n" + lastWord(function)))
                .under(Lock.NONE, Work.CATALOG)
                .undoneBy(new Undo(
                        "forget that moment",
                        List.of("DROP FUNCTION IF EXISTS " + function + "()"),
                        Lock.NONE,
                        Conduct.TRANSACTION,
                        Relations.hasFunction(function).negated()));
    }

    /** To be refused by the code for a lock that is not granted makes the step try again. */
    private String lastWord(QualifiedName function) {
        return """
                DECLARE
                  neap_session record;
                BEGIN
                  IF EXISTS (SELECT FROM neap.quarantine WHERE change = %1$s) THEN
                    RAISE EXCEPTION 'rows were set aside and are not in the new table: see neap.quarantine, mend them, and roll back';
                  END IF;
                  SELECT a.pid, a.usename, a.application_name INTO neap_session
                  FROM pg_catalog.pg_stat_activity a
                  WHERE a.datname = current_database() AND a.pid <> pg_backend_pid()
                    -- Who may not see what other roles do sees of them no type, but whose they are.
                    AND (a.backend_type = 'client backend' OR a.backend_type IS NULL AND a.usesysid IS NOT NULL
                      -- A subscription copies its tables so; a standby's feedback is no snapshot.
                      OR a.backend_type = 'walsender' AND NOT EXISTS (SELECT FROM pg_catalog.pg_stat_replication r
                        WHERE r.pid = a.pid AND r.state IN ('catchup', 'streaming')))
                    AND age(a.backend_xmin) > (SELECT age(p.xmin) FROM pg_catalog.pg_proc p
                      WHERE p.oid = to_regprocedure(%2$s))
                  ORDER BY a.xact_start
                  LIMIT 1;
                  IF FOUND THEN
                    RAISE EXCEPTION USING ERRCODE = 'lock_not_available',
                      MESSAGE = format('pid %%s (%%s, %%s) has a snapshot from before the copy was whole, and would miss rows',
                        neap_session.pid, neap_session.usename, neap_session.application_name);
                  END IF;
                END
                """
                .formatted(
                        Literal.of(names().change().value()), Literal.of(function + "()"));
    }

    DdlStep swap() {
        Undo undo = new Undo(
                "put the old table back in its place",
                back(),
                Lock.ACCESS_EXCLUSIVE,
                Conduct.TRANSACTION,
                successor.swapped().negated())
                .alsoLocking(successor.retired(), Lock.ACCESS_EXCLUSIVE);
        DdlStep step = DdlStep.catalogOnly(
                Phase.CONSTRAIN,
                "swap",
                "put the new table" + missed() + " in the place of " + successor.name(),
                successor.swapped(),
                there().toArray(String[]::new))
                .alsoLocking(successor.before(), Lock.ACCESS_EXCLUSIVE);
        for (View view : belongings().views()) {
            undo = undo.alsoLocking(view.name(), Lock.ACCESS_EXCLUSIVE);
            step = step.alsoLocking(view.name(), Lock.ACCESS_EXCLUSIVE);
        }
        return step.undoneBy(undo);
    }

    private String missed() {
        List<Identifier> missed = successor.layout().missed();
        return missed.isEmpty() ? "" : ", which has no " + Mirroring.list(missed, Identifier::sql) + ",";
    }

    private List<String> there() {
        QualifiedName name = successor.name();
        QualifiedName before = successor.before();
        QualifiedName retired = successor.retired();
        List<String> sql = new ArrayList<>();
        sql.add("SELECT " + names().swapFunction() + "()");
        sql.addAll(locked(name, before));
        sql.addAll(successor.forth().drop());
        sql.add("DROP FUNCTION " + names().swapFunction() + "()");
        sql.add("ALTER TABLE " + name + " RENAME TO " + retired.name());
        sql.add("ALTER TABLE " + before + " RENAME TO " + name.name());
        sql.addAll(new PublicationMove(retired, name, successor.old().server().major()).unlessItIsPublished());
        for (NewIndex index : successor.indexes()) {
            sql.add(renameIndex(index.name(), names().retired(index.name())));
            sql.add(renameIndex(names().successor(index.name()), index.name()));
        }
        for (Sequence sequence : belongings().sequences()) {
            sql.addAll(sequence(sequence, name, retired));
        }
        for (Extended statistics : belongings().statistics().extended()) {
            sql.add("ALTER STATISTICS " + statistics.name() + " RENAME TO "
                    + names().retired(statistics.name().name()));
            sql.add(statistics.definition());
            statistics.target()
                    .ifPresent(
                            target -> sql.add("ALTER STATISTICS " + statistics.name() + " SET STATISTICS " + target));
            statistics.comment()
                    .ifPresent(
                            text -> sql.add("COMMENT ON STATISTICS " + statistics.name() + " IS " + Literal.of(text)));
        }
        belongings().policies().forEach(policy -> {
            String on = "POLICY " + policy.name() + " ON " + name;
            sql.add("CREATE " + on + " " + policy.definition());
            policy.comment().ifPresent(text -> sql.add("COMMENT ON " + on + " IS " + Literal.of(text)));
        });
        if (successor.around().ownership().rowSecurity()) {
            sql.add("ALTER TABLE " + name + " ENABLE ROW LEVEL SECURITY");
        }
        if (successor.around().ownership().forced()) {
            sql.add("ALTER TABLE " + name + " FORCE ROW LEVEL SECURITY");
        }
        for (UserTrigger trigger : belongings().triggers()) {
            sql.add("ALTER TABLE " + retired + " DISABLE TRIGGER " + trigger.name());
            sql.add(trigger.definition());
            trigger.state()
                    .ifPresent(state -> sql.add("ALTER TABLE " + name + " " + state + " TRIGGER " + trigger.name()));
            trigger.comment()
                    .ifPresent(text -> sql.add(
                            "COMMENT ON TRIGGER %s ON %s IS %s".formatted(trigger.name(), name, Literal.of(text))));
        }
        belongings().views().forEach(view -> sql.add(replace(view)));
        sql.addAll(successor.back().create());
        StayingRows.of(successor).ifPresent(rows -> sql.addAll(rows.create()));
        return sql;
    }

    private List<String> back() {
        QualifiedName name = successor.name();
        QualifiedName before = successor.before();
        QualifiedName retired = successor.retired();
        List<String> sql = new ArrayList<>(locked(name, retired));
        sql.addAll(successor.back().drop());
        for (Extended statistics : belongings().statistics().extended()) {
            sql.add("DROP STATISTICS IF EXISTS " + statistics.name());
            sql.add("ALTER STATISTICS " + statistics.name().sibling(names().retired(statistics.name().name()))
                    + " RENAME TO " + statistics.name().name());
        }
        sql.add("ALTER TABLE " + name + " RENAME TO " + before.name());
        sql.add("ALTER TABLE " + retired + " RENAME TO " + name.name());
        sql.add(new PublicationMove(before, name, successor.old().server().major()).sql());
        for (NewIndex index : successor.indexes()) {
            sql.add(renameIndex(index.name(), names().successor(index.name())));
            sql.add(renameIndex(names().retired(index.name()), index.name()));
        }
        for (Sequence sequence : belongings().sequences()) {
            sql.addAll(sequenceBack(sequence, name, before));
        }
        for (UserTrigger trigger : belongings().triggers()) {
            sql.add("ALTER TABLE %s %s TRIGGER %s".formatted(name, trigger.state().orElse("ENABLE"), trigger.name()));
        }
        belongings().views().forEach(view -> sql.add(replace(view)));
        return sql;
    }

    /**
     * Clients hold the table that they write, then the one that follows: so who has the first to himself gets the second
     * at once, unless VACUUM has it, for which nobody shall wait behind the first.
     */
    private static List<String> locked(QualifiedName written, QualifiedName follows) {
        return List.of(
                "LOCK TABLE " + written + " IN ACCESS EXCLUSIVE MODE",
                "LOCK TABLE " + follows + " IN ACCESS EXCLUSIVE MODE NOWAIT");
    }

    private String renameIndex(Identifier from, Identifier to) {
        return "ALTER INDEX " + successor.name().sibling(from) + " RENAME TO " + to;
    }

    /** A sequence that a default calls goes on as it is; that of an identity is its table's own and hands over its value. */
    private List<String> sequence(Sequence sequence, QualifiedName name, QualifiedName retired) {
        if (sequence.identity().isEmpty()) {
            return carried(sequence, name, logged -> logged);
        }
        QualifiedName old = sequence.name().sibling(names().retired(sequence.name().name()));
        QualifiedName successors = successor.before(sequence);
        List<String> sql = new ArrayList<>(List.of(
                "ALTER SEQUENCE " + sequence.name() + " RENAME TO " + old.name(),
                "ALTER SEQUENCE " + successors + " RENAME TO " + sequence.name().name(),
                takeOver(old, sequence.name())));
        if (sequence.identity().get().equals("ALWAYS")) {
            sql.add("ALTER TABLE %s ALTER COLUMN %s SET GENERATED BY DEFAULT".formatted(retired, sequence.column()));
            sql.add("ALTER TABLE %s ALTER COLUMN %s SET GENERATED ALWAYS".formatted(name, sequence.column()));
        }
        return sql;
    }

    private List<String> sequenceBack(Sequence sequence, QualifiedName name, QualifiedName before) {
        if (sequence.identity().isEmpty()) {
            return carried(sequence, name, logged -> !logged);
        }
        QualifiedName old = sequence.name().sibling(names().retired(sequence.name().name()));
        QualifiedName successors = successor.before(sequence);
        List<String> sql = new ArrayList<>(List.of(
                "ALTER SEQUENCE " + sequence.name() + " RENAME TO " + successors.name(),
                "ALTER SEQUENCE " + old + " RENAME TO " + sequence.name().name(),
                takeOver(successors, sequence.name())));
        if (sequence.identity().get().equals("ALWAYS")) {
            sql.add("ALTER TABLE %s ALTER COLUMN %s SET GENERATED BY DEFAULT".formatted(before, sequence.column()));
            sql.add("ALTER TABLE %s ALTER COLUMN %s SET GENERATED ALWAYS".formatted(name, sequence.column()));
        }
        return sql;
    }

    /** Since PostgreSQL 15 a sequence survives a crash if its table does. */
    private List<String> carried(Sequence sequence, QualifiedName name, UnaryOperator<Boolean> side) {
        return Stream.concat(
                Stream.of("ALTER SEQUENCE %s OWNED BY %s.%s".formatted(sequence.name(), name, sequence.column())),
                successor.layout()
                        .logged()
                        .filter(logged -> successor.old().server().major() >= 15)
                        .map(side)
                        .map(logged -> "ALTER SEQUENCE %s SET %s".formatted(sequence.name(),
                                logged ? "LOGGED" : "UNLOGGED"))
                        .stream())
                .toList();
    }

    private static String takeOver(QualifiedName from, QualifiedName to) {
        return "SELECT pg_catalog.setval(%s, last_value, is_called) FROM %s".formatted(Literal.of(to.sql()), from);
    }

    /** Under the same name it reads the other table then; who may read the view stays as it is. */
    private static String replace(View view) {
        return "CREATE OR REPLACE VIEW " + view.name()
                + (view.options().isEmpty() ? "" : " WITH (" + view.options() + ")") + " AS " + view.query();
    }
}
