package dev.neap.plan;

import dev.neap.catalog.Fact;
import dev.neap.catalog.Table;
import dev.neap.catalog.Trigger;
import dev.neap.change.operation.Names;
import dev.neap.change.operation.SyncRule;
import dev.neap.sql.Identifier;
import dev.neap.sql.Literal;
import dev.neap.step.DdlStep;
import dev.neap.step.Lock;
import dev.neap.step.Phase;
import dev.neap.step.Undo;
import dev.neap.step.Work;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The triggers that keep rows right which are written while a change runs: all rules of all operations in one function.
 *
 * <p>On UPDATE they fire only when a watched column is in the statement's SET list ({@code UPDATE OF}), so that neither
 * unrelated updates nor the backfill itself pay for them. PostgreSQL does not count a column that another BEFORE trigger
 * changes, so on a table with such triggers they compare the row's old and new values instead, which also costs no
 * function call when nothing watched has changed.
 */
final class SyncTrigger {

    private final Table table;
    private final Walk walk;
    private final List<SyncRule> rules;
    private final Names names;

    SyncTrigger(Table table, Walk walk, List<SyncRule> rules, Names names) {
        this.table = table;
        this.walk = walk;
        this.rules = inOrderOfUse(rules);
        this.names = names;
    }

    /** A rule that writes a column comes before those that compute others from it; else as the file has them. */
    private static List<SyncRule> inOrderOfUse(List<SyncRule> rules) {
        List<SyncRule> ordered = new ArrayList<>();
        for (SyncRule rule : rules) {
            int at = 0;
            while (at < ordered.size() && !computesFrom(ordered.get(at), written(rule))) {
                at++;
            }
            ordered.add(at, rule);
        }
        return List.copyOf(ordered);
    }

    private static boolean computesFrom(SyncRule rule, List<Identifier> columns) {
        return switch (rule) {
            case SyncRule.Derived derived -> derived.sources().stream().anyMatch(columns::contains);
            case SyncRule.Follows follows -> follows.sources().stream().anyMatch(columns::contains);
            case SyncRule.Sides sides -> false;
            case SyncRule.FillNull fill -> false;
        };
    }

    private static List<Identifier> written(SyncRule rule) {
        return switch (rule) {
            case SyncRule.Derived derived -> List.of(derived.column());
            case SyncRule.Follows follows -> List.of(follows.column());
            case SyncRule.FillNull fill -> List.of(fill.column());
            case SyncRule.Sides sides -> sides.columns();
        };
    }

    DdlStep create() {
        Fact inserts = new Fact.HasTrigger(names.insertTrigger());
        Fact updates = new Fact.HasTrigger(names.updateTrigger());
        return DdlStep.catalogOnly(
                Phase.EXPAND,
                "sync",
                "keep rows right that are written meanwhile",
                new Fact.And(inserts, updates),
                make().toArray(String[]::new))
                .under(Lock.SHARE_ROW_EXCLUSIVE, Work.CATALOG)
                .undoneBy(Undo.catalogOnly("drop the sync triggers", gone(), dropStatements()));
    }

    private List<String> make() {
        return List.of(
                SearchPath.FIXED,
                function(),
                insertTrigger(),
                updateTrigger(),
                AlwaysOn.statement(table.name(), names.insertTrigger()),
                AlwaysOn.statement(table.name(), names.updateTrigger()));
    }

    /**
     * Statements that put these triggers and their function in the place of others of the same change, within a transaction
     * that has the table to itself.
     */
    List<String> remake() {
        return Stream.concat(
                Stream.of(names.insertTrigger(), names.updateTrigger())
                        .map(trigger -> "DROP TRIGGER IF EXISTS " + trigger + " ON " + table.name()),
                make().stream())
                .toList();
    }

    DdlStep drop() {
        return DdlStep.catalogOnly(
                Phase.CONTRACT,
                "drop-sync",
                "drop the sync triggers",
                gone(),
                dropStatements());
    }

    /** Each by itself: DROP COLUMN CASCADE by hand takes the one that names the column, and leaves the other. */
    private Fact gone() {
        return new Fact.And(
                new Fact.HasTrigger(names.insertTrigger()).negated(),
                new Fact.HasTrigger(names.updateTrigger()).negated());
    }

    private String[] dropStatements() {
        return TriggerDrop.statements(
                table,
                List.of(names.insertTrigger(), names.updateTrigger()),
                "DROP FUNCTION IF EXISTS " + names.syncFunction() + "()");
    }

    /**
     * The search_path of whoever writes the row must not decide what the expressions mean, nor the settings that PostgreSQL
     * leaves out of account where it calls text of a number, of bytes or of an interval immutable: they are as the backfill
     * has them, whose sessions show every digit too.
     */
    private String function() {
        String body = """
                #variable_conflict use_column
                BEGIN
                %s
                  RETURN NEW;
                END
                """.formatted(rules.stream()
                .map(rule -> new SyncStatement(rule, table.name()).sql())
                .collect(Collectors.joining("\n")));
        return "CREATE OR REPLACE FUNCTION " + names.syncFunction()
                + "() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT"
                + " SET extra_float_digits = 1 SET bytea_output FROM CURRENT SET intervalstyle FROM CURRENT AS "
                + Literal.dollarQuoted("neap", "\n" + body);
    }

    private String insertTrigger() {
        return "CREATE TRIGGER %s BEFORE INSERT ON %s FOR EACH ROW EXECUTE FUNCTION %s()"
                .formatted(names.insertTrigger(), table.name(), names.syncFunction());
    }

    private String updateTrigger() {
        return "CREATE TRIGGER %s BEFORE UPDATE%s ON %s FOR EACH ROW%s EXECUTE FUNCTION %s()"
                .formatted(names.updateTrigger(), of(), table.name(), when(), names.syncFunction());
    }

    private String of() {
        return comparesRows() ? "" : " OF " + watched().stream().map(Identifier::sql).collect(Collectors.joining(", "));
    }

    private String when() {
        List<String> conditions = new ArrayList<>();
        if (comparesRows() && !walk.byAddress()) {
            watched().forEach(column -> conditions.add(other("OLD." + column, "NEW." + column)));
            rules.stream()
                    .filter(SyncRule.FillNull.class::isInstance)
                    .map(SyncRule.FillNull.class::cast)
                    .forEach(fill -> conditions.add("NEW." + fill.column() + " IS NULL"));
        } else if (!rules.isEmpty() && rules.stream().allMatch(SyncTrigger::mirrors)) {
            // The backfill sets one name to the other: equal, so its own updates fire nothing.
            rules.stream()
                    .map(SyncRule.Sides.class::cast)
                    .map(SyncRule.Sides::columns)
                    .forEach(names -> conditions
                            .add(other("NEW." + names.getFirst(), "NEW." + names.getLast())));
        }
        return conditions.isEmpty() ? "" : " WHEN (" + String.join(" OR ", conditions) + ")";
    }

    private static boolean mirrors(SyncRule rule) {
        return rule instanceof SyncRule.Sides sides && sides.mirrors();
    }

    /**
     * Not by their text: the settings are the session's here, in which those of two numbers may be one. By the bytes of the
     * values themselves, for a few types have no equality.
     */
    private static String other(String left, String right) {
        return "pg_catalog.record_image_ne(ROW(%s), ROW(%s))".formatted(left, right);
    }

    private boolean comparesRows() {
        return walk.byAddress()
                || table.triggers()
                        .stream()
                        .filter(Trigger::enabled)
                        .filter(trigger -> !trigger.name().value().startsWith("zzz_neap_"))
                        .anyMatch(trigger -> trigger.before() && trigger.perRow() && trigger.firesOnUpdate());
    }

    /**
     * The columns that any rule watches, and the key: a row that moves to a key range already done must be right when it
     * arrives there.
     */
    private Set<Identifier> watched() {
        Stream<Identifier> keys = walk.keyed().stream().flatMap(key -> key.names().stream());
        return Stream.concat(rules.stream().flatMap(rule -> rule.watched().stream()), keys)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
