package dev.neap.preflight.estimate;

import dev.neap.catalog.Column;
import dev.neap.catalog.Table;
import dev.neap.plan.Plan;
import dev.neap.plan.PlannedStep;
import dev.neap.preflight.estimate.Estimate.Basis;
import dev.neap.preflight.estimate.Sample.Measured;
import dev.neap.sql.Identifier;
import dev.neap.step.BackfillStep;
import dev.neap.step.DdlStep;
import dev.neap.step.Phase;
import dev.neap.step.RowWork;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * An estimate from rows of the table itself: some are copied beside it, changed as the backfill would change them, and
 * all is rolled back. The table is only read (ACCESS SHARE). What a rollback can't take back stays: numbers that an
 * expression drew from a sequence.
 */
public final class SampleEstimate {

    /** Rows in a sample: enough for a second of work at most. */
    public static final int ROWS = 10_000;

    /**
     * A full-page image follows the first change of a page after each checkpoint; this many checkpoints are reckoned
     * with.
     */
    private static final int IMAGES = 2;

    private SampleEstimate() {}

    /** What came of the attempt. */
    public sealed interface Result {
        record Done(Estimate estimate) implements Result {}

        /**
         * There is none.
         *
         * @param fact why, as a sentence
         * @param remedy what to do about it, as a sentence
         */
        record Failed(String fact, String remedy) implements Result {}
    }

    public static Result of(DataSource database, Plan plan) {
        Table table = plan.table();
        List<BackfillStep> backfills = plan.steps()
                .stream()
                .map(PlannedStep::step)
                .filter(BackfillStep.class::isInstance)
                .map(BackfillStep.class::cast)
                .toList();
        if (backfills.isEmpty()) {
            return new Result.Done(RoughEstimate.of(plan));
        }
        if (backfills.stream().anyMatch(backfill -> !(backfill.work() instanceof RowWork.Assign))) {
            return new Result.Failed(
                    "Table %s loses rows, or others get them, and a sample only tries what changes rows; the estimate is rough."
                            .formatted(table.name()),
                    "Do without --sample.");
        }
        if (plan.grounds().size() > 1) {
            return new Result.Failed(
                    "The change works on %d tables, and a sample tries one; the estimate is rough."
                            .formatted(plan.grounds().size()),
                    "Do without --sample.");
        }
        if (!mayCreate(database, table)) {
            return new Result.Failed(
                    ("The role may not create a table in schema %s, so no sample could be changed; the "
                            + "estimate is rough.")
                            .formatted(table.name().schema()),
                    "GRANT CREATE ON SCHEMA %s to the role, or do without --sample."
                            .formatted(table.name().schema()));
        }
        try {
            Measured measured = new Sample(database, table, statements(plan), backfills).measure(ROWS);
            return measured.rows() == 0
                    ? new Result.Failed(
                            "Table %s gave no row to sample; the estimate is rough.".formatted(table.name()),
                            "Nothing to do if it is empty; else ANALYZE it.")
                    : new Result.Done(extrapolate(plan, measured));
        } catch (DataAccessException e) {
            return new Result.Failed(
                    "The backfill of a sample of table %s failed: %s. The estimate is rough."
                            .formatted(table.name(), message(e)),
                    "If the data does not fit the expression, mend one of them; if it took too long, try at "
                            + "a quieter hour.");
        }
    }

    private static boolean mayCreate(DataSource database, Table table) {
        return JdbcClient.create(database)
                .sql("SELECT has_schema_privilege(:schema, 'CREATE')")
                .param("schema", table.name().schema().value())
                .query(Boolean.class)
                .single();
    }

    /**
     * What the expand phase does to the table, done to the copy instead, as far as the copy does not have it already.
     */
    private static Sample.Statements statements(Plan plan) {
        Table table = plan.table();
        Identifier name = Identifier.of("neap_sample_"
                + Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), 36));
        String alter = "ALTER TABLE " + table.name().sql() + " ";
        String alterSample = "ALTER TABLE " + table.name().sibling(name).sql() + " ";
        List<String> expand = plan.of(Phase.EXPAND)
                .stream()
                .map(PlannedStep::step)
                .filter(DdlStep.class::isInstance)
                .map(DdlStep.class::cast)
                .filter(step -> !step.doneWhen().holds(table))
                .flatMap(step -> step.sql().stream())
                // Columns only: the copy has no triggers.
                .filter(sql -> sql.startsWith(alter) && !sql.startsWith(alter + "ENABLE "))
                .map(sql -> alterSample + sql.substring(alter.length()))
                .toList();
        String columns = table.columns()
                .stream()
                .filter(column -> column.origin() != Column.Origin.GENERATED)
                .map(column -> column.name().sql())
                .collect(Collectors.joining(", "));
        return new Sample.Statements(table.name().sibling(name), columns, expand);
    }

    static Estimate extrapolate(Plan plan, Measured measured) {
        Table.Shape shape = plan.table().shape();
        Estimate rough = RoughEstimate.of(plan);
        double factor = Math.max(1, (double) shape.rows() / measured.rows());
        long changed = Math.round(measured.changed() * factor);
        double millis = measured.time().toNanos() / 1e6 * factor;
        long wal = Math.round(measured.wal() * factor);
        long growth = Math.round(measured.growth() * factor);
        String sample = "%s were changed of a sample of %s".formatted(
                Quantity.rows(measured.changed()), Quantity.rows(measured.rows()));
        return new Estimate(
                Basis.SAMPLE,
                new Bounds<>(Math.min(changed, shape.rows()), Math.max(changed, measured.changed()), sample + "."),
                rough.bytes(),
                new Bounds<>(
                        Duration.ofMillis(Math.round(millis * 0.5)),
                        Duration.ofMillis(Math.round(millis * 2)),
                        ("%s in %s, halved and doubled: on the table the cache, triggers, foreign keys and "
                                + "other work count too.")
                                .formatted(sample, Quantity.time(measured.time()))),
                new Bounds<>(
                        wal,
                        wal + (measured.changed() == 0 ? 0 : IMAGES * shape.totalBytes()),
                        ("The sample wrote %s. Full-page images after checkpoints come on top: at most the "
                                + "whole table, twice.")
                                .formatted(Quantity.bytes(measured.wal()))),
                new Bounds<>(
                        Math.round(growth * 0.2),
                        growth,
                        ("The sample grew by %s in one transaction; with a commit between and no old "
                                + "transaction open, pages")
                                .formatted(Quantity.bytes(measured.growth()))
                                + " are pruned meanwhile and a fifth of it was measured."));
    }

    private static String message(DataAccessException e) {
        return Optional.ofNullable(e.getMostSpecificCause().getMessage())
                .flatMap(text -> text.lines().findFirst())
                .orElse("no message")
                .replaceAll("[.\\s]+$", "");
    }
}
