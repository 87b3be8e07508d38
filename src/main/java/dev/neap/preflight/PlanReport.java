package dev.neap.preflight;

import dev.neap.catalog.Snapshot;
import dev.neap.change.Change;
import dev.neap.judgement.Judgement;
import dev.neap.plan.Plan;
import dev.neap.plan.Planner;
import dev.neap.preflight.check.Finding;
import dev.neap.preflight.check.Severity;
import dev.neap.preflight.estimate.Estimate;
import dev.neap.preflight.estimate.RoughEstimate;
import dev.neap.preflight.estimate.SampleEstimate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;

/** Everything that is to be known about a change before it runs. */
public final class PlanReport {

    private final DataSource database;
    private final Function<Change, Snapshot> inspection;
    private final Function<Plan, Judgement> judging;
    private final PlanSettings settings;

    /**
     * @param inspection looks at the database with the eyes of a change; may refuse it
     * @param judging asks what the author's own statements do
     */
    public PlanReport(
            DataSource database,
            Function<Change, Snapshot> inspection,
            Function<Plan, Judgement> judging,
            PlanSettings settings) {
        this.database = database;
        this.inspection = inspection;
        this.judging = judging;
        this.settings = settings;
    }

    /** What the estimate is made from. */
    public enum Sampling {
        NONE,
        /** One chunk is really run, on a copy, and rolled back. */
        ONE_CHUNK
    }

    /**
     * A plan with all that was found out about it.
     *
     * @param judgement of the author's own statements
     * @param findings the worst first
     */
    public record Report(
            Plan plan,
            Judgement judgement,
            List<Finding> findings,
            Estimate estimate,
            PlanSettings settings) {
        public Report {
            findings = List.copyOf(findings);
        }

        /** For a terminal of 120 columns. */
        public String text() {
            return PlanText.of(plan, judgement, findings, estimate, settings);
        }

        /** For programs. */
        public String json() {
            return PlanJson.of(plan, judgement, findings, estimate, settings);
        }

        /** Whether {@code neap run} would refuse it. */
        public boolean blocked() {
            return Preflight.blocks(findings);
        }
    }

    /**
     * @throws dev.neap.plan.Refused if the change can't be carried out on this table
     * @throws org.springframework.dao.DataAccessException if the database can't be asked
     */
    public Report of(Change change, Sampling sampling) {
        Snapshot snapshot = inspection.apply(change);
        Plan plan = Planner.plan(change, snapshot);
        List<Finding> findings = new ArrayList<>(Preflight.examine(database, plan, snapshot.answers()));
        Judgement judgement = judging.apply(plan);
        findings.addAll(RawSql.findings(judgement));
        findings.sort(null);
        Estimate estimate = switch (sampling) {
            case NONE -> RoughEstimate.of(plan);
            case ONE_CHUNK -> sampled(plan, findings);
        };
        return new Report(plan, judgement, findings, estimate, settings);
    }

    private Estimate sampled(Plan plan, List<Finding> findings) {
        return switch (SampleEstimate.of(database, plan)) {
            case SampleEstimate.Result.Done done -> done.estimate();
            case SampleEstimate.Result.Failed failed -> {
                findings.add(new Finding(
                        Severity.WARNING, "sample", "table " + plan.table().name(), failed.fact(), failed.remedy()));
                findings.sort(null);
                yield RoughEstimate.of(plan);
            }
        };
    }
}
