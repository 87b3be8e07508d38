package dev.neap.cli;

import dev.neap.run.Remaining;
import dev.neap.run.RunHours;
import dev.neap.window.Finish;
import dev.neap.window.Moment;
import java.time.Instant;
import java.util.Optional;

/**
 * A change's window now, as {@code status} shows it. The component names are the keys of its JSON: they stay as they are.
 *
 * @param hours as they are written
 * @param ignored whether somebody said that the run may work at any hour
 * @param words what the window is now
 * @param left what the pass at work still has to do, in words; empty if none is at work, or nobody knows
 * @param work the same in numbers
 * @param doneLow when that is done, at the soonest
 * @param doneHigh when that is done, at the latest
 */
record WindowStatus(
        String hours,
        boolean ignored,
        boolean open,
        Optional<Instant> closesAt,
        Optional<Instant> opensAt,
        String words,
        Optional<String> left,
        Optional<Remaining> work,
        Optional<Finish> doneLow,
        Optional<Finish> doneHigh) {

    /** @param working whether a process works on it */
    static WindowStatus of(RunHours run, boolean working, Instant now) {
        Moment moment = Moment.of(run.window(), now);
        Optional<Remaining> work = run.left().filter(left -> working && !run.ignored());
        return new WindowStatus(
                run.window().toString(),
                run.ignored(),
                moment.open(),
                moment.closes(),
                moment.opens(),
                run.ignored() ? "ignored this time" : moment.words(),
                work.map(left -> left.within(run.window(), now)
                        .map(outlook -> Words.amount(left, '-') + " of work, " + outlook.words('-'))
                        .orElseGet(() -> Words.left(left, '-'))),
                work,
                work.flatMap(left -> run.window().done(now, left.low())),
                work.flatMap(left -> run.window().done(now, left.high())));
    }
}
