package dev.neap.preflight;

import dev.neap.preflight.estimate.Bounds;
import dev.neap.window.Finish;
import dev.neap.window.Moment;
import dev.neap.window.Outlook;
import dev.neap.window.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * The window of a planned change, and when the change would be done in it.
 *
 * @param now when it would begin
 */
public record PlanWindow(Window window, Instant now) {

    /** Sentences, each a paragraph. */
    List<String> sentences() {
        return List.of(
                "It works only in the window %s; a rollback works at any hour.".formatted(window),
                "Now the window is %s.".formatted(Moment.of(window, now).words()));
    }

    /** When work that takes so long is done, if it begins now. */
    String done(Bounds<Duration> time) {
        return Outlook.of(window, now, time.low(), time.high())
                .map(outlook -> outlook.words('-'))
                .orElseGet(() -> window.done(now, time.high()).isPresent()
                        ? "in the %s at hand".formatted(window.noun())
                        : "in more than three years");
    }

    void put(ObjectNode node, Bounds<Duration> time) {
        Moment moment = Moment.of(window, now);
        node.put("hours", window.toString()).put("open", moment.open());
        moment.closes().ifPresent(at -> node.put("closes_at", at.toString()));
        moment.opens().ifPresent(at -> node.put("opens_at", at.toString()));
        Optional<Finish> low = window.done(now, time.low());
        Optional<Finish> high = window.done(now, time.high());
        low.ifPresent(finish -> put(node.putObject("done_low"), finish));
        high.ifPresent(finish -> put(node.putObject("done_high"), finish));
    }

    private static void put(ObjectNode node, Finish finish) {
        node.put("at", finish.at().toString()).put("openings", finish.openings());
    }
}
