package dev.neap.pace;

import dev.neap.window.Moment;
import dev.neap.window.Times;
import dev.neap.window.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Lets work begin only while a window is open, and only what will be over before it closes: work that is expected to take
 * {@code d} needs {@code d + max(d, 1 s)}, at most {@code d + 1 min}, since expectations err. {@code d} counts no more than
 * half of the week's longest opening.
 */
public final class WindowGate implements Gate {

    private static final Duration LEAST_MARGIN = Duration.ofSeconds(1);
    private static final Duration MOST_MARGIN = Duration.ofMinutes(1);

    private final Window window;

    public WindowGate(Window window) {
        this.window = window;
    }

    @Override
    public Optional<Verdict.Hold> closed(Instant now, Duration chunk) {
        Moment moment = Moment.of(window, now);
        if (!moment.open()) {
            return Optional.of(hold("the window is " + moment.words()));
        }
        Duration needed = needed(now, chunk);
        return moment.closes()
                .filter(closes -> now.plus(needed).plus(margin(needed)).isAfter(closes))
                .map(closes -> hold("the window closes in %s, too soon for what takes %s; it opens again %s"
                        .formatted(
                                Times.rounded(Duration.between(now, closes)),
                                Times.rounded(needed),
                                moment.opens().map(moment::told).orElse("not in the next three years"))));
    }

    /** What takes longer than half of the week's longest opening would never begin if it asked for more. */
    private Duration needed(Instant now, Duration chunk) {
        Duration most = window.longest(now).dividedBy(2);
        return chunk.compareTo(most) <= 0 ? chunk : most;
    }

    private static Duration margin(Duration chunk) {
        Duration least = chunk.compareTo(LEAST_MARGIN) > 0 ? chunk : LEAST_MARGIN;
        return least.compareTo(MOST_MARGIN) < 0 ? least : MOST_MARGIN;
    }

    private static Verdict.Hold hold(String reason) {
        return new Verdict.Hold("window", reason);
    }
}
