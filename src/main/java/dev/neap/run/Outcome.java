package dev.neap.run;

import java.time.Duration;
import java.util.List;

/**
 * How a command that worked on a run ended.
 *
 * @param state the run's, now
 * @param message one or two sentences for the person at the terminal: what is so, and what to do next
 * @param passes what each pass over the table did
 * @param took how long this command worked
 * @param worked whether there was anything to do; the message says all there is to say where there was not
 */
public record Outcome(
        RunId run,
        String change,
        RunState state,
        String message,
        List<Pass> passes,
        Duration took,
        boolean worked) {

    /**
     * A backfill or verification, over all restarts.
     *
     * @param visited rows passed in the last pass
     * @param changed rows really changed
     * @param passes how often the table was gone over
     */
    public record Pass(String step, long visited, long changed, int passes, long quarantined) {}

    public Outcome {
        passes = List.copyOf(passes);
    }

    /** Of a command that worked. */
    public Outcome(RunId run, String change, RunState state, String message, List<Pass> passes, Duration took) {
        this(run, change, state, message, passes, took, true);
    }

    /** Of a command that found nothing to do. */
    public static Outcome ofNoWork(RunId run, String change, RunState state, String message, Duration took) {
        return new Outcome(run, change, state, message, List.of(), took, false);
    }
}
