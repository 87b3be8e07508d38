package dev.neap.change.operation;

import dev.neap.catalog.Answers.ExpressionFacts;
import dev.neap.catalog.Answers.Volatility;
import dev.neap.catalog.Column;
import dev.neap.catalog.Fact;
import dev.neap.catalog.Probe;
import dev.neap.catalog.Retyped;
import dev.neap.catalog.Retyped.Direct;
import dev.neap.catalog.Table;
import dev.neap.change.Problem;
import dev.neap.sql.Identifier;
import dev.neap.step.DdlStep;
import dev.neap.step.Lock;
import dev.neap.step.Phase;
import dev.neap.step.Undo;
import dev.neap.step.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Gives a column another type. Where that touches the catalog only, which PostgreSQL is asked, it is done at once; else by
 * a second column that takes the first one's place ({@link Succession}).
 *
 * @param type any type that PostgreSQL knows, as it would stand in SQL
 * @param collation of the new column; its type's own if empty
 * @param using SQL over the table's columns that makes the new value from the old; empty for a plain cast
 * @param reverse SQL that makes the old value from the new, which bears the column's name then; empty for a plain cast
 */
public record ChangeType(
        Identifier column,
        String type,
        Optional<Identifier> collation,
        Optional<String> using,
        Optional<String> reverse)
        implements
            Operation {

    @Override
    public String keyword() {
        return "change_type";
    }

    @Override
    public Map<String, String> outline() {
        Map<String, String> outline = new TreeMap<>(Map.of("column", column.value(), "type", type));
        collation.ifPresent(name -> outline.put("collation", name.value()));
        using.ifPresent(sql -> outline.put("using", sql));
        reverse.ifPresent(sql -> outline.put("reverse", sql));
        return outline;
    }

    /** None without the names. */
    @Override
    public List<Probe> probes(String at) {
        return List.of();
    }

    @Override
    public List<Probe> probes(String at, Names names) {
        return List.of(new Probe.Retype(
                at,
                column,
                new Probe.NewType(type, collation, using, reverse),
                names.successor(column),
                names.predecessor(column)));
    }

    @Override
    public List<Problem> check(Target target) {
        Optional<Column> old = target.table().column(column);
        if (old.isEmpty()) {
            return target.mustHave("column", column);
        }
        Retyped retyped = target.answers().retyped(target.at());
        List<Problem> problems = new ArrayList<>(new Replaceable(target, column).problems());
        if (retyped.type().equals(old.get().type()) && retyped.collation().equals(old.get().collation())) {
            problems.add(target.problem(
                    "type",
                    "Column %s of table %s is of type %s already.".formatted(column, target.table().name(), type),
                    "Drop the operation."));
        }
        if (using.isEmpty()) {
            problems.addAll(mustSayZone(target, "using", old.get(), retyped.type()));
        }
        if (retyped.direct().isEmpty()) {
            problems.addAll(longWay(target, retyped));
        }
        return problems;
    }

    private List<Problem> longWay(Target target, Retyped retyped) {
        List<Problem> problems = new ArrayList<>(Stream.of("using", "reverse")
                .filter(key -> facts(target, key).volatility() == Volatility.VOLATILE)
                .map(key -> target.problem(
                        key,
                        "The expression is volatile: it may give another value each time, so no row could be verified.",
                        "Write one that always gives the same."))
                .toList());
        problems.addAll(target.mustReadNoGenerated("using", facts(target, "using")));
        problems.addAll(target.mustReadNoGenerated("reverse", facts(target, "reverse")));
        boolean indexed = !retyped.indexes().isEmpty() || !retyped.uniques().isEmpty();
        if (target.table().kind() == Table.Kind.PARTITIONED && indexed) {
            problems.add(target.problem(
                    "column",
                    "Table %s is partitioned, and an index uses column %s; PostgreSQL builds none on it concurrently."
                            .formatted(target.table().name(), column),
                    "Drop the index first."));
        }
        problems.addAll(Referenced.mustTakeNotValid(target, "column", column));
        return problems;
    }

    /** The problem of a cast that means another moment in another time zone; empty if this one does not. */
    static List<Problem> mustSayZone(Target target, String key, Column old, String type) {
        return isTime(old.type()) && isTime(type) && zoned(old.type()) != zoned(type)
                ? List.of(target.problem(
                        key,
                        "What %s becomes as %s depends on the time zone of whoever casts it.".formatted(old.type(),
                                type),
                        "Say which zone it is in: %1$s AT TIME ZONE 'UTC', under reverse too.".formatted(old.name())))
                : List.of();
    }

    private static boolean isTime(String type) {
        return type.startsWith("timestamp") || type.startsWith("time") || type.equals("date");
    }

    private static boolean zoned(String type) {
        return type.endsWith("with time zone");
    }

    private static ExpressionFacts facts(Target target, String key) {
        return target.answers().expression(target.at() + "." + key);
    }

    @Override
    public Table after(Target target) {
        return target.table();
    }

    @Override
    public Parts parts(Target target) {
        Retyped retyped = target.answers().retyped(target.at());
        Column old = target.table().column(column).orElseThrow();
        if (retyped.direct().isPresent()) {
            return Parts.none()
                    .expand(direct(target, old, retyped.direct().get()))
                    .constrain(List.of(analyze(target)));
        }
        Succession.Making making = new Succession.Making(
                using.orElse(column.sql()),
                facts(target, "using"),
                reverse.orElse(column.sql()),
                facts(target, "reverse"),
                new FaithfulCast(column, old.type(), retyped.type()).by(using));
        return new Succession(target, old, retyped, making)
                .parts()
                .gate("no running code needs column " + column + " to be of type " + old.type() + " any more");
    }

    /** ALTER COLUMN TYPE throws the column's statistics away, and without them queries are planned blindly. */
    private DdlStep analyze(Target target) {
        return DdlStep.catalogOnly(
                Phase.CONSTRAIN,
                "analyze",
                "gather statistics of column " + column,
                new Fact.Never(),
                "ANALYZE " + target.table().name() + " (" + column + ")")
                .under(Lock.SHARE_UPDATE_EXCLUSIVE, Work.SCAN);
    }

    private DdlStep direct(Target target, Column old, Direct way) {
        Retyped retyped = target.answers().retyped(target.at());
        String before = description(old.type(), old.collation());
        Fact changed = new Fact.IsOfType(column, retyped.type(), retyped.collation());
        DdlStep step = DdlStep.catalogOnly(
                Phase.EXPAND,
                "change-type",
                "make column %s %s".formatted(column, description(retyped.type(), retyped.collation())),
                changed,
                statements(target, way, way.forth()));
        return way.back()
                .map(back -> step.undoneBy(Undo.catalogOnly(
                        "make column %s %s again".formatted(column, before),
                        new Fact.IsOfType(column, old.type(), old.collation()),
                        statements(target, way, back))))
                .orElseGet(() -> step.irreversible(
                        "column %s stays %s, since the way back would rewrite or read the table under ACCESS EXCLUSIVE"
                                .formatted(column, retyped.type())));
    }

    private static String description(String type, Optional<String> collation) {
        return type + collation.map(name -> " COLLATE " + name).orElse("");
    }

    private static String[] statements(Target target, Direct way, String action) {
        return Stream.concat(way.prelude().stream(), Stream.of(target.alterTable() + " " + action))
                .toArray(String[]::new);
    }
}
