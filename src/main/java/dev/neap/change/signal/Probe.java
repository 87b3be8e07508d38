package dev.neap.change.signal;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** A signal of one's own: something is asked that Neap knows nothing of. */
public sealed interface Probe {

    /** What its name looks like. */
    String NAME = "^[a-z][a-z0-9_-]{0,39}$";

    /** Unlike that of any other probe of its kind. */
    String name();

    /** Unlike that of any other signal: {@code sql.queue}. */
    default String key() {
        return kind() + "." + name();
    }

    /** The word under which it is written. */
    default String kind() {
        return switch (this) {
            case Sql sql -> "sql";
            case Http http -> "http";
            case Prometheus prometheus -> "prometheus";
            case Replica replica -> "replicas";
        };
    }

    /** In what the limit of a probe with such a key is measured; empty if no probe can have it. */
    static Optional<Unit> unit(String key) {
        int dot = key.indexOf('.');
        if (dot < 0 || !Pattern.matches(NAME, key.substring(dot + 1))) {
            return Optional.empty();
        }
        return switch (key.substring(0, dot)) {
            case "sql", "http", "prometheus" -> Optional.of(Unit.NUMBER);
            case "replicas" -> Optional.of(Unit.DURATION);
            default -> Optional.empty();
        };
    }

    /** How often, and what if it can't be read. */
    Sampling sampling();

    /**
     * A query that returns one number, in the database that is changed and with the run's own rights.
     *
     * @param limit in whatever the query counts; not negative
     * @param timeout of the statement; 100 ms to 1 min
     */
    record Sql(String name, String query, double limit, Optional<Duration> timeout, Sampling sampling)
            implements
                Probe {
        public Sql {
            check(name, limit);
        }
    }

    /**
     * What a web server answers: a number, or just that all is well.
     *
     * @param url for a GET
     * @param limit of the number in the body; without, only the status counts: anything but 200 to 299 holds
     * @param pointer where the number stands in a JSON body (RFC 6901); without, the body is the number
     * @param token sent with it
     * @param sampling its answer must be there within 2 s
     */
    record Http(
            String name,
            String url,
            Optional<Double> limit,
            Optional<String> pointer,
            Optional<WebToken> token,
            Sampling sampling)
            implements
                Probe {
        public Http {
            check(name, limit.orElse(0.0));
        }

        /** Without a token. */
        public Http(String name, String url, Optional<Double> limit, Optional<String> pointer, Sampling sampling) {
            this(name, url, limit, pointer, Optional.empty(), sampling);
        }

        @Override
        public String toString() {
            return "Http[%s, %s]".formatted(name, Urls.withoutSecrets(url));
        }
    }

    /**
     * A query of Prometheus; the largest of the samples that it returns counts.
     *
     * @param url of the server, without {@code /api/v1}
     * @param token sent with it
     */
    record Prometheus(
            String name,
            String url,
            String query,
            double limit,
            Optional<WebToken> token,
            Sampling sampling)
            implements
                Probe {
        public Prometheus {
            check(name, limit);
        }

        /** Without a token. */
        public Prometheus(String name, String url, String query, double limit, Sampling sampling) {
            this(name, url, query, limit, Optional.empty(), sampling);
        }

        @Override
        public String toString() {
            return "Prometheus[%s, %s, %s]".formatted(name, Urls.withoutSecrets(url), query);
        }
    }

    /**
     * A standby that is asked itself, also one that streams from another standby.
     *
     * @param url as libpq or JDBC write it
     * @param limit seconds that it may be behind; {@code max_replication_lag} if empty
     */
    record Replica(String name, String url, Optional<Double> limit, Sampling sampling) implements Probe {
        public Replica {
            check(name, limit.orElse(0.0));
        }

        @Override
        public String toString() {
            return "Replica[%s, %s]".formatted(name, Urls.withoutSecrets(url));
        }
    }

    private static void check(String name, double limit) {
        if (!Pattern.matches(NAME, name)) {
            throw new IllegalArgumentException(
                    "\"%s\" can't name a probe. Use 1 to 40 lower-case letters, digits, hyphens and underscores, a letter first."
                            .formatted(name));
        }
        if (!(limit >= 0)) {
            throw new IllegalArgumentException(
                    "The limit of probe %s is %s. Set one that is not negative.".formatted(name, limit));
        }
    }
}
