package dev.neap.cli;

import dev.neap.run.RunLog;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A change's status for people. */
final class StatusText {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'")
            .withZone(ZoneOffset.UTC);

    private StatusText() {}

    static String of(RunStatus status, Instant now) {
        List<String> lines = new ArrayList<>();
        lines.add("%s: %s".formatted(status.change(), state(status)));
        lines.add("  table    " + status.table());
        lines.add("  run      %d, begun %s".formatted(status.run(), time(status.createdAt())));
        status.holder().ifPresent(holder -> lines.add("  by       " + holder(holder, now)));
        lines.addAll(WatchText.asked(status));
        status.progress()
                .ifPresent(told -> lines.add("  %s     %s"
                        .formatted(status.interrupted() || status.holder().isEmpty() ? "last" : "now ",
                                ProgressText.ASCII.line(told.progress()))));
        status.window().ifPresent(window -> {
            lines.add("  window   %s: %s".formatted(window.hours(), window.words()));
            window.left().ifPresent(left -> lines.add("  left     " + left));
        });
        status.steps().forEach(step -> lines.add("  " + step(step)));
        if (status.quarantined() > 0) {
            lines.add("  %s set aside: neap history %s shows them"
                    .formatted(Words.count(status.quarantined(), "row"), status.change()));
        }
        status.message().ifPresent(message -> lines.add("  why      " + message.replace("\n", "\n           ")));
        status.next().ifPresent(next -> lines.add("  next     " + next));
        return String.join("\n", lines);
    }

    static String state(RunStatus status) {
        String words = RunStatus.words(status.state())
                + status.control().map(asked -> ", " + asked.state().name().toLowerCase(Locale.ROOT)).orElse("");
        return status.interrupted() ? "interrupted while %s (its process is gone)".formatted(words) : words;
    }

    static String holder(RunLog.Holder holder, Instant now) {
        Duration ago = Duration.between(holder.heartbeatAt(), now);
        return "%s, last sign of life %s ago"
                .formatted(holder.name(), Words.took(ago.isNegative() ? Duration.ZERO : ago));
    }

    private static String step(RunLog.StepProgress step) {
        return "%s: %s passed, %s changed%s%s"
                .formatted(
                        step.step(),
                        Words.count(step.visited(), "row"),
                        Words.count(step.changed()),
                        step.pass() > 1 ? ", pass " + step.pass() : "",
                        step.finished() ? ", done" : "");
    }

    static String time(Instant at) {
        return TIME.format(at);
    }
}
