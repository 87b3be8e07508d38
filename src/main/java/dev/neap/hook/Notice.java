package dev.neap.hook;

import dev.neap.run.Progress;
import dev.neap.run.Run;
import dev.neap.run.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One event of one run.
 *
 * @param run as it was when the work on it began
 * @param state where it stands now
 * @param reason why: of a hold, an end or a failure, as a person would say it
 * @param hold of held and resumed
 * @param progress the last that was known, if any was
 */
record Notice(
        HookEvent event,
        Run run,
        RunState state,
        Instant at,
        Optional<String> reason,
        Optional<Hold> hold,
        Optional<Progress> progress) {

    /**
     * A wait.
     *
     * @param source what holds, by its name in the documents
     * @param lasted up to now, or up to its end
     * @param overdue whether it lasts longer than it may
     */
    record Hold(String source, Duration lasted, boolean overdue) {}

    /** For people, in one line. */
    String words() {
        String what = switch (event) {
            case STARTED -> "has begun";
            case HELD -> "has been held for " + lasted();
            case RESUMED -> "goes on, after it was held for " + lasted();
            case FAILED -> "has failed";
            case READY -> "is ready to complete";
            case COMPLETED -> "is completed";
            case ROLLED_BACK -> "is rolled back";
            case STOPPED -> "is stopped";
        };
        return "Change %s on %s %s%s".formatted(
                run.change(), run.table(), what, reason.map(why -> ": " + why).orElse("."));
    }

    private String lasted() {
        long seconds = hold.map(each -> each.lasted().toSeconds()).orElse(0L);
        return seconds < 120 ? seconds + " s" : seconds / 60 + " min";
    }
}
