package dev.neap.change.operation;

import dev.neap.catalog.Answers.ExpressionFacts;
import dev.neap.catalog.Answers.Volatility;
import dev.neap.catalog.Column;
import dev.neap.catalog.Fact;
import dev.neap.catalog.Probe;
import dev.neap.catalog.Table;
import dev.neap.change.Problem;
import dev.neap.sql.Identifier;
import dev.neap.step.BackfillStep.Assignment;
import dev.neap.step.DdlStep;
import dev.neap.step.Phase;
import dev.neap.step.Undo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Adds a column: empty, with a default, or computed from other columns.
 *
 * <p>A constant default costs nothing (PostgreSQL keeps it in the catalog). A volatile one would rewrite the table under
 * ACCESS EXCLUSIVE, so it is set for new rows only and old rows are backfilled. A computed column is kept right for rows
 * written meanwhile by a trigger, which goes with the contract; a virtual one is computed by PostgreSQL whenever it is read,
 * and no row is touched.
 *
 * @param type any type that PostgreSQL knows, as it would stand in SQL
 * @param defaultSql the default for rows that give no value; not together with {@code from}
 * @param from the expression that gives the column its value
 * @param virtual whether it is computed when it is read (PostgreSQL 18 and later); only with {@code from}
 */
public record AddColumn(
        Identifier name,
        String type,
        Optional<String> defaultSql,
        Optional<String> from,
        boolean notNull,
        boolean virtual)
        implements
            Operation {

    /** A column that is stored. */
    public AddColumn(
            Identifier name,
            String type,
            Optional<String> defaultSql,
            Optional<String> from,
            boolean notNull) {
        this(name, type, defaultSql, from, notNull, false);
    }

    @Override
    public String keyword() {
        return "add_column";
    }

    @Override
    public Map<String, String> outline() {
        Map<String, String> outline = new TreeMap<>(Map.of("name", name.value(), "type", type));
        defaultSql.ifPresent(sql -> outline.put("default", sql));
        from.ifPresent(sql -> outline.put("from", sql));
        outline.put("not_null", String.valueOf(notNull));
        if (virtual) {
            outline.put("virtual", "true");
        }
        return outline;
    }

    @Override
    public List<Probe> probes(String at) {
        if (virtual && from.isPresent()) {
            return List.of(
                    new Probe.Expression(at + ".from", from.get(), Optional.empty()),
                    new Probe.VirtualColumn(at + ".virtual", name, type, from.get()));
        }
        List<Probe> probes = new ArrayList<>();
        // The default is asked about before the column is on the copy, since it is asked by adding it.
        defaultSql.ifPresent(sql -> probes.add(new Probe.Default(at + ".default", name, type, sql)));
        probes.add(new Probe.NewColumn(at + ".type", name, type));
        from.ifPresent(sql -> probes.add(new Probe.Expression(at + ".from", sql, Optional.of(name))));
        return probes;
    }

    @Override
    public List<Problem> check(Target target) {
        List<Problem> problems = new ArrayList<>(target.mustNotHave("name", name));
        if (virtual) {
            problems.addAll(checkVirtual(target));
            return problems;
        }
        if (defaultSql.isPresent() && from.isPresent()) {
            problems.add(target.problem(
                    "from",
                    "Column %s has both a default and a from.".formatted(name),
                    "Keep from if the value follows from other columns, default if it does not."));
        }
        if (notNull && defaultSql.isEmpty() && from.isEmpty()) {
            problems.add(target.problem(
                    "not_null",
                    "Column %s is to be NOT NULL, but nothing says which value existing rows get.".formatted(name),
                    "Add a default or a from."));
        }
        if (defaultSql.isEmpty() && target.answers().rewrites(target.at() + ".type")) {
            problems.add(target.problem(
                    "type",
                    "Adding a column of type %s rewrites the table under ACCESS EXCLUSIVE.".formatted(type),
                    "Use the plain type under it (bigint for bigserial, the base type of a domain), and a default or a"
                            + " constraint of its own."));
        }
        from.ifPresent(sql -> problems.addAll(checkFrom(target)));
        return problems;
    }

    private List<Problem> checkVirtual(Target target) {
        List<Problem> problems = new ArrayList<>();
        if (from.isEmpty() || defaultSql.isPresent()) {
            problems.add(target.problem(
                    "virtual",
                    "Column %s is to be virtual, but nothing says what it is computed from.".formatted(name),
                    "Say so under from, and leave default out."));
        }
        if (notNull) {
            problems.add(target.problem(
                    "not_null",
                    "Column %s is virtual, so to add it as NOT NULL reads every row under ACCESS EXCLUSIVE."
                            .formatted(name),
                    "Leave not_null out, and let a later change add_check: {check: %s IS NOT NULL}.".formatted(name)));
        }
        return problems;
    }

    private List<Problem> checkFrom(Target target) {
        ExpressionFacts facts = target.answers().expression(target.at() + ".from");
        if (facts.columns().contains(name)) {
            return List.of(target.problem(
                    "from",
                    "The expression for column %s reads the column itself.".formatted(name),
                    "Compute it from other columns."));
        }
        if (facts.volatility() == Volatility.VOLATILE) {
            return List.of(target.problem(
                    "from",
                    "The expression for column %s is volatile: it may give another value each time, so no row could be"
                            .concat(" verified.")
                            .formatted(name),
                    "Use default for a value that is drawn once, or an expression that always gives the same."));
        }
        return target.mustReadNoGenerated("from", facts);
    }

    @Override
    public Table after(Target target) {
        return target.table()
                .with(new Column(
                        name,
                        Integer.MAX_VALUE,
                        target.answers().type(target.at() + (virtual && from.isPresent() ? ".virtual" : ".type")),
                        notNull,
                        defaultSql,
                        virtual ? Column.Origin.GENERATED : Column.Origin.PLAIN,
                        Optional.empty()));
    }

    @Override
    public Parts parts(Target target) {
        if (virtual) {
            return Parts.none()
                    .expand(add(
                            target, "%s ADD COLUMN %s %s %s".formatted(
                                    target.alterTable(), name, type, Probe.VirtualColumn.clause(from.orElseThrow()))));
        }
        if (from.isPresent()) {
            return computed(target, from.get());
        }
        if (defaultSql.isPresent() && target.answers().rewrites(target.at() + ".default")) {
            return volatileDefault(target, defaultSql.get());
        }
        String definition = name + " " + type
                + defaultSql.map(sql -> " DEFAULT " + sql).orElse("")
                + (notNull ? " NOT NULL" : "");
        return Parts.none().expand(add(target, target.alterTable() + " ADD COLUMN " + definition));
    }

    private Parts volatileDefault(Target target, String sql) {
        Parts parts = Parts.none()
                .expand(add(
                        target,
                        target.alterTable() + " ADD COLUMN " + name + " " + type,
                        target.alterTable() + " ALTER COLUMN " + name + " SET DEFAULT " + sql))
                .fill(new Fill(new Assignment(name, sql), name + " IS NULL", false));
        return notNull ? parts.constrain(NotNullSteps.of(target, name)) : parts;
    }

    private Parts computed(Target target, String sql) {
        ExpressionFacts facts = target.answers().expression(target.at() + ".from");
        String columnType = target.answers().type(target.at() + ".type");
        Parts parts = Parts.none()
                .expand(add(target, target.alterTable() + " ADD COLUMN " + name + " " + type))
                .sync(new SyncRule.Derived(name, sql, facts.columns()))
                .fill(new Fill(
                        new Assignment(name, sql), Comparison.differs(name, sql, columnType, facts), true))
                .gate("all running code writes column " + name + " by itself");
        return notNull ? parts.constrain(NotNullSteps.of(target, name)) : parts;
    }

    private DdlStep add(Target target, String... sql) {
        Fact exists = new Fact.HasColumn(name);
        return DdlStep.catalogOnly(Phase.EXPAND, "add-column", "add column " + name, exists, sql)
                .undoneBy(Undo.catalogOnly(
                        "drop column " + name, exists.negated(), target.alterTable() + " DROP COLUMN " + name));
    }
}
