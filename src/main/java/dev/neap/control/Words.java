package dev.neap.control;

import dev.neap.change.ChangeName;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** What was asked, for people. */
final class Words {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'")
            .withZone(ZoneOffset.UTC);

    private Words() {}

    /** A line about a new state; empty where there is none to be said. */
    static Optional<String> of(ChangeName change, Asked asked) {
        String by = asked.by().orElse("someone");
        return switch (asked.state()) {
            case FREE -> Optional.empty();
            case PAUSING -> Optional.of("pausing after the work at hand: asked by %s; go on with: neap resume %s"
                    .formatted(by, change));
            case PAUSED -> Optional.of("paused by %s; go on with: neap resume %s".formatted(by, change));
            case RESUMING -> Optional.of("going on: asked by " + by);
            case STOPPING -> Optional.of("stopping after the work at hand: asked by " + by);
        };
    }

    static String of(Setting setting) {
        return "%s is %s now%s: tuned by %s"
                .formatted(
                        setting.what().key(),
                        setting.value(),
                        setting.until().map(until -> ", until " + TIME.format(until)).orElse(""),
                        setting.by());
    }

    static String time(Instant at) {
        return TIME.format(at);
    }
}
