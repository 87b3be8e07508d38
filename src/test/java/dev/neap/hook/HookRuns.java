package dev.neap.hook;

import dev.neap.change.ChangeName;
import dev.neap.change.Fingerprint;
import dev.neap.run.Outcome;
import dev.neap.run.Progress;
import dev.neap.run.Run;
import dev.neap.run.RunId;
import dev.neap.run.RunState;
import dev.neap.step.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A run to tell of. */
final class HookRuns {

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private HookRuns() {}

    static Run run() {
        Fingerprint any = new Fingerprint("0".repeat(64));
        return new Run(
                new RunId(7), new ChangeName("normalize-email"), "public.users", any, "", "", any, "0.1.0",
                RunState.RUNNING, Optional.empty(), START, START);
    }

    static Progress works() {
        return progress(Optional.empty(), Optional.empty());
    }

    static Progress waits(String source, String reason) {
        return progress(Optional.of(reason), Optional.of(source));
    }

    private static Progress progress(Optional<String> waiting, Optional<String> source) {
        return new Progress(
                Phase.BACKFILL, 3, 7, "fill email_normalized", 1_000, 5_000, 900, 10, Optional.empty(),
                Optional.empty(), waiting, source,
                Duration.ZERO, START, 1);
    }

    static Outcome outcome(RunState state, String message) {
        return new Outcome(new RunId(7), "normalize-email", state, message, List.of(), Duration.ofSeconds(1));
    }
}
