package dev.neap.run;

import dev.neap.step.Phase;
import dev.neap.window.Outlook;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far a run is, at one moment, as its own process knows it.
 *
 * @param step the number of the step at work, from 1; 0 before the first
 * @param steps how many there are
 * @param title what the step does
 * @param visited rows that the step has passed, in this pass; ≥ 0
 * @param total rows that it will pass: an estimate that corrects itself as the pass goes on; 0 where rows do not matter,
 *     and no more than {@code visited} where nobody knows
 * @param changed rows that it really changed; ≥ 0
 * @param rowsPerSecond passed in the last ten seconds of work, holds not counted; ≥ 0
 * @param remaining how long the pass will go on; empty until enough is known
 * @param outlook when that will be, where a window breaks it off before; else empty
 * @param waiting why nothing moves right now, as a phrase: {@code "standby-1 is 3.2 s behind (limit 2 s)"}; empty if
 *     something does
 * @param source what {@code waiting} is for, by its name in the documents: {@code replication_lag}, {@code ddl_lock}; empty
 *     if something moves
 * @param held how long nothing moved, since the step began in this process
 * @param since when the step began
 * @param workers how many go over rows right now; 0 where rows do not matter
 */
public record Progress(
        Phase phase,
        int step,
        int steps,
        String title,
        long visited,
        long total,
        long changed,
        double rowsPerSecond,
        Optional<Remaining> remaining,
        Optional<Outlook> outlook,
        Optional<String> waiting,
        Optional<String> source,
        Duration held,
        Instant since,
        int workers) {}
