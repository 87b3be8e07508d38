package dev.neap.preflight.check;

import dev.neap.catalog.Answers;
import dev.neap.catalog.Table;
import dev.neap.plan.Plan;
import dev.neap.plan.PlannedStep;
import dev.neap.sql.Identifier;
import dev.neap.step.BackfillStep;
import dev.neap.step.Conduct;
import dev.neap.step.DdlStep;
import dev.neap.step.RowWork;
import dev.neap.step.Work;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What is checked: a database, and maybe a table of it, and maybe a plan for that table.
 *
 * @param database connections to it; all statements of a check run in one transaction
 * @param table empty: every table
 * @param answers what PostgreSQL said about the plan's expressions; none without a plan
 */
public record Target(DataSource database, Optional<Table> table, Answers answers, Optional<Plan> plan) {

    /** The whole database, or one table. */
    public static Target of(DataSource database, Optional<Table> table) {
        return new Target(database, table, Answers.none(), Optional.empty());
    }

    /** A plan and its table. */
    public static Target of(DataSource database, Plan plan, Answers answers) {
        return new Target(database, Optional.of(plan.table()), answers, Optional.of(plan));
    }

    JdbcClient jdbc() {
        return JdbcClient.create(database);
    }

    /** The table's oid; 0 stands for every table of users. */
    long oid() {
        return table.map(Table::oid).orElse(0L);
    }

    /** {@code table public.users}. */
    static String named(Table table) {
        return "table " + table.name();
    }

    /** The role whose privileges count, as SQL. */
    String role() {
        return new Identifier(jdbc().sql("SELECT current_user").query(String.class).single()).sql();
    }

    /** Whether sessions and replication of other roles show more than their existence. */
    boolean seesOthers() {
        return jdbc().sql("SELECT pg_has_role('pg_read_all_stats', 'USAGE')")
                .query(Boolean.class)
                .single();
    }

    List<BackfillStep> backfills() {
        return plan.stream()
                .flatMap(p -> p.steps().stream())
                .map(PlannedStep::step)
                .filter(BackfillStep.class::isInstance)
                .map(BackfillStep.class::cast)
                .toList();
    }

    /** What is done with rows of the table. */
    List<RowWork> works() {
        return backfills().stream().map(BackfillStep::work).distinct().toList();
    }

    /** Whether the plan updates rows of the table. */
    boolean updatesRows() {
        return works().stream().anyMatch(RowWork.Assign.class::isInstance);
    }

    /** Whether the plan makes columns that the table has not had; without a plan, whether one may. */
    boolean makesColumns() {
        return plan.isEmpty()
                || ddl().flatMap(step -> step.sql().stream()).anyMatch(sql -> sql.contains(" ADD COLUMN "));
    }

    /** Whether the plan sets columns of the table's rows; without a plan, whether one may. */
    boolean setsColumns() {
        return plan.isEmpty() || !written().isEmpty();
    }

    /** Whether the plan deletes rows of the table. */
    boolean removesRows() {
        return works().stream().anyMatch(RowWork::removes);
    }

    /** Whether another table takes the place of the table. */
    boolean replacesTheTable() {
        return works().stream().anyMatch(RowWork.Mirror.class::isInstance);
    }

    /** Whether triggers of the table have to see each of its rows that is written. */
    boolean keepsColumnsInStep() {
        return ddl().anyMatch(step -> step.slug().equals("sync"));
    }

    /** The columns that the plan's backfills set, each once. */
    List<Identifier> written() {
        return backfills().stream()
                .flatMap(step -> step.assignments().stream())
                .map(BackfillStep.Assignment::column)
                .distinct()
                .toList();
    }

    /** The names of {@link #written}, for comparison with the catalog's. */
    List<String> writtenNames() {
        return written().stream().map(Identifier::value).toList();
    }

    Stream<DdlStep> ddl() {
        return plan.stream()
                .flatMap(p -> p.steps().stream())
                .map(PlannedStep::step)
                .filter(DdlStep.class::isInstance)
                .map(DdlStep.class::cast);
    }

    /** Whether some step is long and must not be cut: it scans, or builds an index. */
    boolean hasLongStep() {
        return ddl().anyMatch(step -> step.most() != Work.CATALOG);
    }

    boolean hasConcurrentStep() {
        return ddl().anyMatch(step -> step.conduct() == Conduct.CONCURRENT);
    }
}
