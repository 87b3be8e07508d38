package dev.neap.bench;

import dev.neap.bench.Goal.Direction;
import dev.neap.bench.Goal.Unit;
import dev.neap.bench.Results.Case;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The goals, computed from medians. Neap works with two workers where nothing else is said. */
final class Goals {

    private static final String NEAP = "neap-2";
    private static final String UPDATE = "update";
    private static final long MILLION = 1_000_000;

    private final Results results;

    private Goals(Results results) {
        this.results = results;
    }

    static List<Goal> of(Results results) {
        Goals goals = new Goals(results);
        Function<Case, Optional<Double>> speed = results::rowsPerSecond;
        return List.of(
                atLeast("(b): speed against one UPDATE", 3.5, goals.ratio("b", NEAP, UPDATE, speed)),
                atMost("(b): WAL against one UPDATE", 0.5, Unit.TIMES, goals.ratio("b", NEAP, UPDATE, results::wal)),
                atMost("(b): growth", 0.15, Unit.PERCENT, goals.growth("b", NEAP)),
                atMost("(b): growth with vacuuming", 0.10, Unit.PERCENT, goals.vacuuming()
                        .flatMap(id -> goals.growth("b", id))),
                atLeast("(b): speed with vacuuming against one UPDATE", 2.5, goals.vacuuming()
                        .flatMap(id -> goals.ratio("b", id, UPDATE, speed))),
                atLeast("(a): speed against one UPDATE", 1.8, goals.ratio("a", NEAP, UPDATE, speed)),
                atLeast("the slowest of all tables: speed against one UPDATE", 0.9, goals.worst()),
                atLeast("(a): speed against the loop over NULLs", 10, goals.ratio("a", NEAP, "seeds", speed)),
                atMost("(a): change of the rate from 1 to 20 million rows", 0.15, Unit.PERCENT, goals.drift()),
                atLeast("(b): speed against touched rows", 4, goals.ratio("b", NEAP, "touch", speed)),
                atLeast("(b): row path against the plain Spring Batch job", 3, goals.rowPath()),
                atMost("(b): overhead over the same SQL without Neap", 0.05, Unit.PERCENT, goals.overhead()));
    }

    private static Goal atLeast(String text, double limit, Optional<Double> figure) {
        return new Goal(text, Direction.AT_LEAST, limit, Unit.TIMES, figure);
    }

    private static Goal atMost(String text, double limit, Unit unit, Optional<Double> figure) {
        return new Goal(text, Direction.AT_MOST, limit, unit, figure);
    }

    private Case on(String table, String contender) {
        return new Case(table, results.rows(table), contender);
    }

    private Optional<Double> ratio(
            String table,
            String one,
            String other,
            Function<Case, Optional<Double>> figure) {
        return ratio(on(table, one), on(table, other), figure);
    }

    private static Optional<Double> ratio(Case one, Case other, Function<Case, Optional<Double>> figure) {
        return figure.apply(one).flatMap(a -> figure.apply(other).map(b -> a / b));
    }

    private Optional<Double> growth(String table, String contender) {
        return results.growth(on(table, contender)).map(ratio -> ratio - 1);
    }

    /** The first contender that is Neap with an option of that name. */
    private Optional<String> vacuuming() {
        return results.cases()
                .stream()
                .map(Case::contender)
                .filter(id -> id.startsWith(NEAP + ":vacuum"))
                .findFirst();
    }

    /** Known only once every table was measured: one that was not could be the slowest. */
    private Optional<Double> worst() {
        List<Optional<Double>> all = Arrays.stream(BenchTable.values())
                .map(table -> ratio(table.letter(), NEAP, UPDATE, results::rowsPerSecond))
                .toList();
        return all.stream().allMatch(Optional::isPresent)
                ? all.stream().flatMap(Optional::stream).min(Double::compare)
                : Optional.empty();
    }

    private Optional<Double> drift() {
        return ratio(new Case("a", 20 * MILLION, NEAP), new Case("a", MILLION, NEAP), results::rowsPerSecond)
                .map(ratio -> Math.abs(ratio - 1));
    }

    /** The row path's contender is any whose name begins with {@code transform-2}. */
    private Optional<Double> rowPath() {
        return ratio("b", "transform-2", "batch", results::rowsPerSecond);
    }

    private Optional<Double> overhead() {
        return ratio("b", "replay-2", NEAP, results::seconds).map(ratio -> 1 - ratio);
    }
}
