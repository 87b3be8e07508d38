package dev.neap.hook;

import java.util.Set;

/**
 * Who is told of which events.
 *
 * @param on not empty
 */
public record Hook(Set<HookEvent> on, Recipient recipient) {

    public Hook {
        if (on.isEmpty()) {
            throw new IllegalArgumentException("A hook without an event would never be told anything.");
        }
        on = Set.copyOf(on);
    }
}
