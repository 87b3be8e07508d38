package dev.neap.batch;

import dev.neap.backfill.Effort;
import dev.neap.backfill.Tuning;
import dev.neap.pace.Pacer;
import dev.neap.plan.Plan;
import dev.neap.rows.RowPath;
import dev.neap.run.Engine.Assignment;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Function;

/**
 * The terms on which passes work.
 *
 * @param tuning of a plan's chunks
 * @param effort with which a plan's table is gone over; how many workers may change at any time
 * @param pacer for one pass of an assignment
 * @param meters where passes are measured
 * @param rows for work that SQL can't do
 */
public record PassTerms(
        Function<Plan, Tuning> tuning,
        Function<Plan, Effort> effort,
        Function<Assignment, Pacer> pacer,
        MeterRegistry meters,
        RowPath rows) {}
