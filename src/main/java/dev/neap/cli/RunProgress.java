package dev.neap.cli;

import dev.neap.control.Published;
import dev.neap.run.Progress;
import dev.neap.run.Remaining;
import dev.neap.step.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How far a run is, as its process said last. The component names are the keys of its JSON: they stay as they are.
 *
 * @param remainingLowMs for the pass at work; empty until enough is known, and where nobody is at it
 * @param waiting why nothing moves; empty if something does
 * @param waitingFor the same by its name in the documents: {@code replication_lag}
 * @param at when its process said so
 */
record RunProgress(
        Phase phase,
        int step,
        int steps,
        String title,
        long visited,
        long total,
        long changed,
        double rowsPerSecond,
        int workers,
        Optional<Long> remainingLowMs,
        Optional<Long> remainingHighMs,
        Optional<String> waiting,
        Optional<String> waitingFor,
        Optional<Instant> waitingSince,
        long heldMs,
        Instant stepBeganAt,
        List<Published.SignalReading> readings,
        List<Published.Event> events,
        Instant at) {

    /** @param alive whether its process still works: only then there is an end in sight */
    static RunProgress of(Published published, boolean alive) {
        Progress progress = published.progress();
        Optional<Remaining> remaining = progress.remaining().filter(left -> alive);
        return new RunProgress(
                progress.phase(),
                progress.step(),
                progress.steps(),
                progress.title(),
                progress.visited(),
                progress.total(),
                progress.changed(),
                alive ? progress.rowsPerSecond() : 0,
                alive ? progress.workers() : 0,
                remaining.map(left -> left.low().toMillis()),
                remaining.map(left -> left.high().toMillis()),
                progress.waiting().filter(why -> alive),
                progress.source().filter(what -> alive),
                published.waitingSince().filter(since -> alive),
                progress.held().toMillis(),
                progress.since(),
                published.readings(),
                published.events(),
                published.at());
    }

    /** As the process itself would show it. */
    Progress progress() {
        return new Progress(
                phase,
                step,
                steps,
                title,
                visited,
                total,
                changed,
                rowsPerSecond,
                remainingLowMs.flatMap(low -> remainingHighMs.map(high -> new Remaining(
                        Duration.ofMillis(low), Duration.ofMillis(high)))),
                Optional.empty(),
                waiting,
                waitingFor,
                Duration.ofMillis(heldMs),
                stepBeganAt,
                workers);
    }
}
