package dev.neap.app;

import dev.neap.change.signal.Probe;
import dev.neap.change.signal.Sampling;
import dev.neap.change.signal.Scope;
import dev.neap.change.signal.SignalKind;
import dev.neap.change.signal.SignalOptions;
import dev.neap.change.signal.Unit;
import dev.neap.change.signal.Urls;
import dev.neap.change.signal.WebToken;
import dev.neap.change.signal.WhenUnreadable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** What can be set about single signals under {@code neap.pace}. */
final class SignalSettings {

    private static final Unit NUMBER = Unit.NUMBER;

    private SignalSettings() {}

    /** One that Neap knows by name; as {@link SignalOptions}, with the limit as it is written. */
    public record Known(
            Optional<Boolean> enabled,
            Optional<String> limit,
            Optional<Duration> every,
            Optional<Duration> staleAfter,
            Optional<WhenUnreadable> onUnreadable,
            @DefaultValue List<String> only,
            @DefaultValue List<String> except) {

        SignalOptions options(SignalKind kind) {
            String at = "neap.pace.signals." + kind.key();
            if (limit.isPresent() && kind.unit().isEmpty()) {
                throw new IllegalArgumentException(
                        "Setting %s.limit is set, and that signal has none of its own. Remove it.".formatted(at));
            }
            if (kind.scope() == Scope.NONE && !(only.isEmpty() && except.isEmpty())) {
                throw new IllegalArgumentException(
                        "Setting %s names some of many, and that signal has only one. Remove only and except."
                                .formatted(at));
            }
            return new SignalOptions(
                    enabled,
                    limit.map(text -> SignalSettings.limit(at + ".limit", kind.unit().orElseThrow(), text)),
                    sampling(at, every, staleAfter, onUnreadable),
                    only,
                    except);
        }
    }

    /** A {@link Probe.Sql}. */
    public record Sql(
            Optional<String> query,
            Optional<String> limit,
            Optional<Duration> timeout,
            Optional<Duration> every,
            Optional<Duration> staleAfter,
            Optional<WhenUnreadable> onUnreadable) {

        Probe probe(String name) {
            String at = "neap.pace.sql." + name;
            timeout.ifPresent(set -> Range.check(
                    at + ".timeout", set, Duration.ofMillis(100), Duration.ofMinutes(1)));
            return new Probe.Sql(
                    name, there(at + ".query", query), SignalSettings.limit(at + ".limit", NUMBER,
                            there(at + ".limit", limit)),
                    timeout, sampling(at, every, staleAfter, onUnreadable));
        }
    }

    /** A {@link WebToken}. */
    public record Token(Optional<String> env, Optional<String> header) {}

    private static Optional<WebToken> token(String at, @Nullable Token token) {
        return Optional.ofNullable(token).map(set -> new WebToken(there(at + ".env", set.env()), set.header()));
    }

    /** A {@link Probe.Http}. */
    public record Http(
            Optional<String> url,
            Optional<String> limit,
            Optional<String> json,
            @Nullable Token token,
            Optional<Duration> every,
            Optional<Duration> staleAfter,
            Optional<WhenUnreadable> onUnreadable) {

        Probe probe(String name) {
            String at = "neap.pace.http." + name;
            return new Probe.Http(
                    name, web(at + ".url", url),
                    limit.map(text -> SignalSettings.limit(at + ".limit", NUMBER, text)), json,
                    SignalSettings.token(at + ".token", token),
                    sampling(at, every, staleAfter, onUnreadable));
        }

        @Override
        public String toString() {
            return "Http[%s]".formatted(url.map(Urls::withoutSecrets));
        }
    }

    /** A {@link Probe.Prometheus}. */
    public record Prometheus(
            Optional<String> url,
            Optional<String> query,
            Optional<String> limit,
            @Nullable Token token,
            Optional<Duration> every,
            Optional<Duration> staleAfter,
            Optional<WhenUnreadable> onUnreadable) {

        Probe probe(String name) {
            String at = "neap.pace.prometheus." + name;
            return new Probe.Prometheus(
                    name, web(at + ".url", url), there(at + ".query", query),
                    SignalSettings.limit(at + ".limit", NUMBER, there(at + ".limit", limit)),
                    SignalSettings.token(at + ".token", token),
                    sampling(at, every, staleAfter, onUnreadable));
        }

        @Override
        public String toString() {
            return "Prometheus[%s, %s]".formatted(url.map(Urls::withoutSecrets), query);
        }
    }

    /** A {@link Probe.Replica}. */
    public record Replica(
            Optional<String> url,
            Optional<String> limit,
            Optional<Duration> every,
            Optional<Duration> staleAfter,
            Optional<WhenUnreadable> onUnreadable) {

        Probe probe(String name) {
            String at = "neap.pace.replicas." + name;
            return new Probe.Replica(
                    name, there(at + ".url", url),
                    limit.map(text -> SignalSettings.limit(at + ".limit", Unit.DURATION, text)),
                    sampling(at, every, staleAfter, onUnreadable));
        }

        @Override
        public String toString() {
            return "Replica[%s]".formatted(url.map(Urls::withoutSecrets));
        }
    }

    /** A limit as it is written. */
    static double limit(String setting, Unit unit, String text) {
        return unit.parse(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "Setting %s is %s, and that is no limit there. Write %s.".formatted(setting, text,
                                unit.how())));
    }

    private static Sampling sampling(
            String at,
            Optional<Duration> every,
            Optional<Duration> staleAfter,
            Optional<WhenUnreadable> onUnreadable) {
        every.ifPresent(set -> Range.check(at + ".every", set, Sampling.LEAST_EVERY, Sampling.MOST_EVERY));
        staleAfter.ifPresent(
                set -> Range.check(at + ".stale_after", set, Sampling.LEAST_STALE, Sampling.MOST_STALE));
        return new Sampling(every, staleAfter, onUnreadable);
    }

    private static String there(String setting, Optional<String> value) {
        return value.filter(text -> !text.isBlank())
                .orElseThrow(() -> new IllegalArgumentException(
                        "Setting %s is missing. Add it, or remove what stands beside it.".formatted(setting)));
    }

    private static String web(String setting, Optional<String> value) {
        String url = there(setting, value);
        if (!url.matches("https?://[^/].*") || !isUri(url)) {
            throw new IllegalArgumentException(
                    "Setting %s is %s, and that is no web address. Write http:// or https://, a host and a path."
                            .formatted(setting, Urls.withoutSecrets(url)));
        }
        return url;
    }

    private static boolean isUri(String text) {
        try {
            java.net.URI unused = java.net.URI.create(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
