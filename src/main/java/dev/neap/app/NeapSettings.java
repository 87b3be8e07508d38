package dev.neap.app;

import dev.neap.backfill.Effort;
import dev.neap.change.EffortOptions.OldSnapshot;
import dev.neap.change.SynchronousCommit;
import dev.neap.change.WalCompression;
import dev.neap.change.signal.Probe;
import dev.neap.change.signal.SignalKind;
import dev.neap.change.signal.SignalOptions;
import dev.neap.change.signal.Unit;
import dev.neap.change.signal.Watched;
import dev.neap.pace.HoldLimit.OnMaxHold;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/**
 * Everything that can be set under {@code neap} in config/application.yaml or, as NEAP_…, in the environment. A change
 * file may say otherwise for itself.
 *
 * @param url of the database, as JDBC or libpq writes it
 * @param user who connects
 * @param password for that user
 * @param passwordFile a file whose first line is the password
 * @param window in which hours changes may work that do not say so themselves
 */
public record NeapSettings(
        Optional<String> url,
        Optional<String> user,
        Optional<Secret> password,
        Optional<String> passwordFile,
        @DefaultValue Chunk chunk,
        @DefaultValue Backfill backfill,
        @DefaultValue Ddl ddl,
        @DefaultValue Lease lease,
        @DefaultValue Outage outage,
        @DefaultValue Pace pace,
        @DefaultValue WindowSettings window,
        @DefaultValue Transform transform,
        @DefaultValue Metrics metrics,
        @DefaultValue HookSettings hooks,
        @DefaultValue Lint lint) {

    /**
     * How PostgreSQL is asked what statements do: by lint, and before a change's own SQL runs.
     *
     * @param postgresBin the programs of a PostgreSQL of the right version; else they are looked for
     * @param shadowUrl a server on which nobody works, instead of one of Neap's own
     */
    public record Lint(Optional<String> postgresBin, Optional<String> shadowUrl) {
        public Lint {
            postgresBin = postgresBin.filter(path -> !path.isBlank());
            shadowUrl = shadowUrl.filter(url -> !url.isBlank());
        }

        @Override
        public String toString() {
            return "Lint[postgresBin=%s, shadowUrl=%s]".formatted(postgresBin, shadowUrl.map(DatabaseUrl::masked));
        }
    }

    /**
     * How rows are worked on.
     *
     * @param duration how long one transaction should take; 10 ms to 10 s
     * @param pause rest after each chunk; 0 to 1 min
     * @param maxQuarantined how many rows may be set aside because their data does not fit; 0 to 1,000,000
     * @param lockTimeout the longest wait for a row that someone else has locked; 10 ms to 10 s
     * @param synchronousCommit whether the commit of a chunk waits for the disk
     * @param walCompression how page images in the WAL of chunks are compressed
     */
    public record Chunk(
            @DefaultValue("250ms") Duration duration,
            @DefaultValue("0ms") Duration pause,
            @DefaultValue("0") int maxQuarantined,
            @DefaultValue("500ms") Duration lockTimeout,
            @DefaultValue("off") SynchronousCommit synchronousCommit,
            @DefaultValue("auto") WalCompression walCompression) {
        public Chunk {
            Range.check("neap.chunk.duration", duration, Duration.ofMillis(10), Duration.ofSeconds(10));
            Range.check("neap.chunk.pause", pause, Duration.ZERO, Duration.ofMinutes(1));
            Range.check("neap.chunk.max_quarantined", maxQuarantined, 0, 1_000_000);
            Range.check("neap.chunk.lock_timeout", lockTimeout, Duration.ofMillis(10), Duration.ofSeconds(10));
        }
    }

    /**
     * With how much effort tables are gone over.
     *
     * @param workers how many at once; 1 to 16
     * @param strands how many visits to each page; 1 to 64; as many as suit the rows if empty
     * @param oldSnapshot what to do while an old snapshot makes several visits useless
     * @param vacuum whether the table is vacuumed at each quarter of the way
     */
    public record Backfill(
            @DefaultValue("1") int workers,
            Optional<Integer> strands,
            @DefaultValue("plain") OldSnapshot oldSnapshot,
            @DefaultValue("false") boolean vacuum) {
        public Backfill {
            Range.check("neap.backfill.workers", workers, 1, Effort.MOST_WORKERS);
            strands.ifPresent(number -> Range.check("neap.backfill.strands", number, 1, Effort.MOST_STRANDS));
        }
    }

    /**
     * How long changes of structure wait.
     *
     * @param lockTimeout the longest wait for a table lock, during which others queue behind it; 10 ms to 1 min
     * @param giveUpAfter how long a step tries again until it fails; 1 s to 7 d
     * @param concurrentWait the longest wait of a concurrent index build, which blocks nobody; 1 s to 7 d
     */
    public record Ddl(
            @DefaultValue("1s") Duration lockTimeout,
            @DefaultValue("10m") Duration giveUpAfter,
            @DefaultValue("30m") Duration concurrentWait) {
        public Ddl {
            Range.check("neap.ddl.lock_timeout", lockTimeout, Duration.ofMillis(10), Duration.ofMinutes(1));
            Range.check("neap.ddl.give_up_after", giveUpAfter, Duration.ofSeconds(1), Duration.ofDays(7));
            Range.check("neap.ddl.concurrent_wait", concurrentWait, Duration.ofSeconds(1), Duration.ofDays(7));
        }
    }

    /**
     * How two processes are kept off one change.
     *
     * @param ttl without a sign of life for so long, a process counts as dead and another may take over; 2 s to 1 h
     */
    public record Lease(@DefaultValue("15s") Duration ttl) {
        public Lease {
            Range.check("neap.lease.ttl", ttl, Duration.ofSeconds(2), Duration.ofHours(1));
        }
    }

    /**
     * What happens when the database goes away in the middle.
     *
     * @param giveUpAfter how long a run waits for it to come back until it fails; 0 to 7 d
     */
    public record Outage(@DefaultValue("10m") Duration giveUpAfter) {
        public Outage {
            Range.check("neap.outage.give_up_after", giveUpAfter, Duration.ZERO, Duration.ofDays(7));
        }
    }

    /**
     * How fast a run may go.
     *
     * @param maxReplicationLag work holds while any streaming standby is further behind; 100 ms to 1 h
     * @param sampleEvery how often the standbys are looked at; 100 ms to 1 min
     * @param maxReplicationBytes work holds while any streaming standby has more WAL to replay; as {@link Unit#BYTES}
     * @param requiredStandbys standbys without which work holds, by application_name
     * @param signals the signals that Neap knows by name
     * @param replicas standbys that are asked themselves, by name
     * @param sql queries that return a number, by name
     * @param http web addresses that answer with a number or a status, by name
     * @param prometheus queries of Prometheus, by name
     * @param share which part of its time each worker works; 0.01 to 1
     * @param maxHold for how long signals may hold a run until it is said; 1 s to 30 d
     * @param onMaxHold whether the run then also fails
     */
    public record Pace(
            @DefaultValue("10s") Duration maxReplicationLag,
            @DefaultValue("500ms") Duration sampleEvery,
            @DefaultValue("1GB") String maxReplicationBytes,
            @DefaultValue List<String> requiredStandbys,
            @DefaultValue Map<SignalKind, SignalSettings.Known> signals,
            @DefaultValue Map<String, SignalSettings.Replica> replicas,
            @DefaultValue Map<String, SignalSettings.Sql> sql,
            @DefaultValue Map<String, SignalSettings.Http> http,
            @DefaultValue Map<String, SignalSettings.Prometheus> prometheus,
            @DefaultValue("1") double share,
            @DefaultValue("1h") Duration maxHold,
            @DefaultValue("alert") OnMaxHold onMaxHold) {
        public Pace {
            Range.check("neap.pace.max_replication_lag", maxReplicationLag, Duration.ofMillis(100),
                    Duration.ofHours(1));
            Range.check("neap.pace.sample_every", sampleEvery, Duration.ofMillis(100), Duration.ofMinutes(1));
            Range.check("neap.pace.share", share, 0.01, 1);
            Range.check("neap.pace.max_hold", maxHold, Duration.ofSeconds(1), Duration.ofDays(30));
            Watched unused = watched(maxReplicationBytes, requiredStandbys, signals,
                    probes(replicas, sql, http, prometheus));
        }

        /** What is watched wherever a change file says nothing. */
        Watched watched() {
            return watched(
                    maxReplicationBytes, requiredStandbys, signals, probes(replicas, sql, http, prometheus));
        }

        private static Watched watched(
                String maxBytes,
                List<String> standbys,
                Map<SignalKind, SignalSettings.Known> signals,
                List<Probe> probes) {
            double bytes = SignalSettings.limit("neap.pace.max_replication_bytes", Unit.BYTES, maxBytes);
            if (bytes < 1) {
                throw new IllegalArgumentException(
                        "Setting neap.pace.max_replication_bytes is 0, and that would hold for ever. Set more.");
            }
            Map<SignalKind, SignalOptions> options = new EnumMap<>(SignalKind.class);
            signals.forEach((kind, said) -> options.put(kind, said.options(kind)));
            return new Watched(Optional.of((long) bytes), Optional.of(standbys), options, probes);
        }

        private static List<Probe> probes(
                Map<String, SignalSettings.Replica> replicas,
                Map<String, SignalSettings.Sql> sql,
                Map<String, SignalSettings.Http> http,
                Map<String, SignalSettings.Prometheus> prometheus) {
            List<Probe> probes = new ArrayList<>();
            replicas.forEach((name, said) -> probes.add(said.probe(name)));
            sql.forEach((name, said) -> probes.add(said.probe(name)));
            http.forEach((name, said) -> probes.add(said.probe(name)));
            prometheus.forEach((name, said) -> probes.add(said.probe(name)));
            return probes;
        }
    }

    /**
     * Where Java classes come from that transform rows.
     *
     * @param jars a directory; need not exist
     * @param changedClass what a run does whose class is another one than it began with
     */
    public record Transform(
            @DefaultValue("jobs/lib") Path jars,
            @DefaultValue("refuse") ChangedClass changedClass) {}

    /** What a run does whose class is another one than it began with. */
    public enum ChangedClass {
        /** It fails, and says which. */
        REFUSE,
        /** It goes on with the new one. */
        ACCEPT
    }

    /**
     * Where Prometheus may scrape.
     *
     * @param port 0 (any that is free) to 65535; not served if empty
     * @param bind the address or host name of this machine to listen on
     * @param linger once the work has ended, how long to wait for its last word to be scraped; 0 to 10 min
     */
    public record Metrics(
            Optional<Integer> port,
            @DefaultValue("127.0.0.1") String bind,
            @DefaultValue("30s") Duration linger) {
        public Metrics {
            port.ifPresent(number -> Range.check("neap.metrics.port", number, 0, 65_535));
            Range.check("neap.metrics.linger", linger, Duration.ZERO, Duration.ofMinutes(10));
        }
    }

    public NeapSettings {
        if (password.isPresent() && passwordFile.isPresent()) {
            throw new IllegalArgumentException(
                    "Both neap.password and neap.password_file are set, and only one can hold. Remove one.");
        }
    }

    /** What holds where nothing is set. */
    public static NeapSettings defaults() {
        return new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate("neap", NeapSettings.class);
    }

    /** Without the URL as it is: there may be a password in it. */
    @Override
    public String toString() {
        return "NeapSettings[url=%s, user=%s, password=%s, passwordFile=%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s]"
                .formatted(
                        url.map(DatabaseUrl::masked), user, password, passwordFile, chunk, backfill, ddl, lease, outage,
                        pace, window, transform, metrics, hooks, lint);
    }
}
