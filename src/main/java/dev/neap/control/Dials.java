package dev.neap.control;

import dev.neap.change.ChangeName;
import dev.neap.pace.Turnstile;
import dev.neap.pace.Verdict;
import dev.neap.run.ControlState;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.function.Supplier;

/**
 * What is asked of the run that this process works on, as it last heard. Asked by every worker before each chunk, so it
 * answers from memory. Where nothing is heard for a while, what was heard last stays: a paused run never goes on because the
 * database is silent.
 */
public final class Dials implements Supplier<Tuned> {

    /** By which a pause is told from what else holds. */
    public static final String PAUSED = "paused";

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'")
            .withZone(ZoneOffset.UTC);

    private final Turnstile turnstile;
    private volatile Tuned tuned = Tuned.NONE;

    /** @param turnstile that every piece of work goes through */
    public Dials(Turnstile turnstile) {
        this.turnstile = turnstile;
    }

    /** Closed while the run is paused. */
    public Turnstile turnstile() {
        return turnstile;
    }

    /** What is tuned now. */
    @Override
    public Tuned get() {
        return tuned;
    }

    /**
     * Does what is asked.
     *
     * @return what is reached by now; what {@code asked} says where that takes longer
     */
    ControlState follow(ChangeName change, Asked asked) {
        tuned = Tuned.of(asked.settings());
        return switch (asked.state()) {
            case FREE, RESUMING -> {
                turnstile.open();
                yield ControlState.FREE;
            }
            case PAUSING, PAUSED -> {
                turnstile.close(new Verdict.Hold(PAUSED, words(change, asked)));
                yield turnstile.isStill() ? ControlState.PAUSED : asked.state();
            }
            case STOPPING -> {
                turnstile.stop().raise();
                yield ControlState.STOPPING;
            }
        };
    }

    private static String words(ChangeName change, Asked asked) {
        return "paused by %s since %s; go on with: neap resume %s"
                .formatted(asked.by().orElse("someone"), TIME.format(asked.at().orElse(Instant.EPOCH)), change);
    }
}
