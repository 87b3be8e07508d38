package dev.neap.app;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who is told of what becomes of runs. Only the configuration says so, never a change file: whoever may write one must not
 * thereby run commands on this machine.
 *
 * @param heldAfter how long a run must hold before that is told; 1 s to 7 d
 * @param timeout how long one call may take; 100 ms to 5 min
 * @param call the hooks
 */
public record HookSettings(
        @DefaultValue("1m") Duration heldAfter,
        @DefaultValue("10s") Duration timeout,
        @DefaultValue List<Call> call) {

    public HookSettings {
        Range.check("neap.hooks.held_after", heldAfter, Duration.ofSeconds(1), Duration.ofDays(7));
        Range.check("neap.hooks.timeout", timeout, Duration.ofMillis(100), Duration.ofMinutes(5));
        call = List.copyOf(call);
    }

    /**
     * One of them: a command or a webhook.
     *
     * @param on the names of the events; all if empty
     * @param command a program and its arguments
     * @param url where the event is posted; it may hold a secret
     * @param header one more header of that post, {@code Name: value}
     * @param headerFile a file whose first line is that header
     */
    public record Call(
            @DefaultValue Set<String> on,
            @DefaultValue List<String> command,
            Optional<Secret> url,
            Optional<Secret> header,
            Optional<Path> headerFile) {
        public Call {
            on = Set.copyOf(on);
            command = List.copyOf(command);
        }
    }
}
