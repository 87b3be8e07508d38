package dev.neap.window;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;

/** When a clock on a wall shows a time. */
final class LocalTimes {

    private LocalTimes() {}

    /**
     * A time that clocks skip (in spring) is the moment at which they jump over it. A time that they show twice (in
     * autumn) is the first of the two. So of two times the earlier one is never the later instant.
     */
    static Instant instant(LocalDateTime time, ZoneId zone) {
        ZoneOffsetTransition transition = zone.getRules().getTransition(time);
        return transition != null && transition.isGap()
                ? transition.getInstant()
                : time.atZone(zone).toInstant();
    }
}
