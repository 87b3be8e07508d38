package dev.neap.app;

import dev.neap.hook.CommandRecipient;
import dev.neap.hook.Hook;
import dev.neap.hook.HookEvent;
import dev.neap.hook.Recipient;
import dev.neap.hook.WebhookRecipient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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
        for (int i = 0; i < call.size(); i++) {
            call.get(i).check("neap.hooks.call[" + i + "]");
        }
    }

    /**
     * One of them: a command or a webhook.
     *
     * @param events their names; all if empty. Not "on": to YAML that is a boolean
     * @param command a program and its arguments
     * @param url where the event is posted; it may hold a secret
     * @param header one more header of that post, {@code Name: value}
     * @param headerFile a file whose first line is that header
     */
    public record Call(
            @DefaultValue Set<String> events,
            @DefaultValue List<String> command,
            Optional<Secret> url,
            Optional<Secret> header,
            Optional<String> headerFile) {
        public Call {
            events = Set.copyOf(events);
            command = List.copyOf(command);
        }

        private void check(String setting) {
            for (String word : events) {
                if (HookEvent.of(word).isEmpty()) {
                    throw new IllegalArgumentException(
                            "Setting %s.events names %s, and there is no such event. There are: %s."
                                    .formatted(setting, word, words()));
                }
            }
            if (command.isEmpty() == url.isEmpty()) {
                throw new IllegalArgumentException(
                        "Setting %s has %s, and needs exactly one of both: command or url."
                                .formatted(setting, url.isEmpty() ? "neither" : "both"));
            }
            if ((header.isPresent() || headerFile.isPresent()) && url.isEmpty()) {
                throw new IllegalArgumentException(
                        "Setting %s has a header, and only a url can be sent one. Remove it.".formatted(setting));
            }
            if (header.isPresent() && headerFile.isPresent()) {
                throw new IllegalArgumentException(
                        "Both %s.header and %s.header_file are set, and only one can hold. Remove one."
                                .formatted(setting, setting));
            }
            if (headerFile.isPresent() && !Files.isReadable(Path.of(headerFile.get()))) {
                throw new IllegalArgumentException(
                        "Setting %s.header_file is %s, and that can't be read. Name a file that can."
                                .formatted(setting, headerFile.get()));
            }
            try {
                Recipient unused = recipient();
            } catch (IllegalArgumentException e) {
                // The cause's own message would show the URL.
                throw new IllegalArgumentException(
                        "Setting %s can't be used: a url begins with http:// or https:// and has a host, a command begins with a program. Mend it."
                                .formatted(setting));
            }
        }

        Hook hook() {
            Set<HookEvent> which = events.isEmpty()
                    ? EnumSet.allOf(HookEvent.class)
                    : events.stream().flatMap(word -> HookEvent.of(word).stream()).collect(Collectors.toSet());
            return new Hook(which, recipient());
        }

        private Recipient recipient() {
            return url.<Recipient>map(secret -> new WebhookRecipient(URI.create(secret.value()), this::readHeader))
                    .orElseGet(() -> new CommandRecipient(command));
        }

        private Optional<String> readHeader() throws IOException {
            if (headerFile.isEmpty()) {
                return header.map(Secret::value);
            }
            try {
                return Files.readString(Path.of(headerFile.get())).lines().findFirst();
            } catch (IOException e) {
                throw new IOException("its header file %s can't be read".formatted(headerFile.get()), e);
            }
        }

        private static String words() {
            return Arrays.stream(HookEvent.values()).map(HookEvent::word).collect(Collectors.joining(", "));
        }
    }
}
