package dev.neap.pace.signal;

import dev.neap.change.signal.Probe;
import dev.neap.change.signal.Sampling;
import dev.neap.change.signal.SignalKind;
import dev.neap.change.signal.WhenUnreadable;
import dev.neap.pace.OnUnreadable;
import dev.neap.pace.PaceListener;
import dev.neap.pace.SignalSource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * All that is watched while one change works, read from the beginning until it is closed.
 *
 * <p>What comes from the server shares one thread and one connection; each probe has a thread and a connection of its own.
 * None of them is the pool's, and nobody waits for them: one that hangs grows stale, and the pacer holds.
 */
public final class Signals implements AutoCloseable {

    /** The signals of the server share a thread: none may keep the others waiting for long. */
    private static final Duration STATEMENT = Duration.ofSeconds(2);

    private static final Duration USUAL_SQL_EVERY = Duration.ofSeconds(5);
    private static final Duration USUAL_HTTP_EVERY = Duration.ofSeconds(5);

    /** How long the beginning waits for the first readings, so that work does not begin with a hold. */
    private static final Duration FIRST = Duration.ofSeconds(2);

    private final List<SignalSource> sources = new ArrayList<>();
    private final List<Sampled> sampled = new ArrayList<>();
    private final List<SignalThread> threads = new ArrayList<>();
    private final List<Sampled> ofTables = new ArrayList<>();
    private final SignalTerms terms;
    private final InstantSource clock;
    private final WalHistory history = new WalHistory();
    private final Instant until = Instant.now().plus(FIRST);
    private final List<PaceListener> chunks = new ArrayList<>();

    private Signals(SignalTerms terms, InstantSource clock) {
        this.terms = terms;
        this.clock = clock;
    }

    /**
     * Begins to read, and returns at once.
     *
     * @param server connects to the server that is worked on
     * @param replicas connects to a replica that is asked itself
     */
    public static Signals start(
            SignalTerms terms,
            Connector server,
            Function<Probe.Replica, Connector> replicas,
            InstantSource clock) {
        Signals signals = new Signals(terms, clock);
        signals.addServer(server);
        terms.watched().probes().forEach(probe -> signals.add(probe, server, replicas));
        signals.threads.forEach(SignalThread::start);
        return signals;
    }

    /** Waits until everything was read once, or for 2 s since the beginning. */
    public void awaitFirst() {
        sampled.forEach(signal -> signal.awaitFirst(Duration.between(Instant.now(), until)));
    }

    /**
     * From now on other tables are worked on: what was read of the others no longer counts. Waits until these were looked at,
     * for 2 s at most, so that work on them does not begin with a hold.
     */
    public void tablesChanged() {
        threads.getFirst().again(ofTables, FIRST);
    }

    /** In the order of the documents. */
    public List<SignalSource> sources() {
        return List.copyOf(sources);
    }

    /** Whoever wants to be told of each chunk that is over; must be told between chunks. */
    public List<PaceListener> chunks() {
        return List.copyOf(chunks);
    }

    private void addServer(Connector server) {
        OwnConnection connection = new OwnConnection(server, STATEMENT);
        List<Sampled> signals = new ArrayList<>();
        for (SignalKind kind : SignalKind.values()) {
            Registry.of(kind, terms, history).ifPresent(signal -> {
                Sampling sampling = terms.watched().of(kind).sampling();
                Sampled sampled = new Sampled(
                        timing(kind, sampling),
                        now -> connection.read(source -> signal.read(JdbcClient.create(source), now)),
                        clock);
                signals.add(sampled);
                if (kind.isOfTables()) {
                    ofTables.add(sampled);
                }
            });
        }
        begin("server", signals, connection::close);
        if (terms.watched().of(SignalKind.CHUNK_TIME).isOn(SignalKind.CHUNK_TIME)) {
            ChunkTime time = new ChunkTime(() -> terms.limit(SignalKind.CHUNK_TIME), clock);
            sources.add(time);
            chunks.add(time);
        }
        if (terms.watched().of(SignalKind.COMMIT_TIME).isOn(SignalKind.COMMIT_TIME)) {
            addCommits(OwnConnection.withoutTransactions(server, STATEMENT));
        }
    }

    /** It waits for the disk, as commits do: the others need not wait for it. */
    private void addCommits(OwnConnection connection) {
        SignalKind kind = SignalKind.COMMIT_TIME;
        CommitTime time = new CommitTime(() -> terms.limit(kind));
        Sampled.Terms timing = timing(kind, terms.watched().of(kind).sampling());
        begin(
                kind.key(),
                List.of(new Sampled(timing, now -> connection.read(source -> time.read(source, now)), clock)),
                connection::close);
        chunks.add(time);
    }

    private void add(Probe probe, Connector server, Function<Probe.Replica, Connector> replicas) {
        switch (probe) {
            case Probe.Sql sql -> {
                OwnConnection connection = new OwnConnection(server, sql.timeout().orElse(STATEMENT));
                SqlNumber number = new SqlNumber(
                        sql.name(), sql.query(), () -> terms.limit(sql, sql.limit()));
                begin(sql, USUAL_SQL_EVERY, now -> connection.read(source -> number.read(source, now)),
                        connection::close);
            }
            case Probe.Http http -> {
                WebClient web = new WebClient();
                HttpNumber number = new HttpNumber(http, web, () -> terms.limit(http, http.limit().orElse(0.0)));
                begin(http, USUAL_HTTP_EVERY, number::read, web::close);
            }
            case Probe.Prometheus prometheus -> {
                WebClient web = new WebClient();
                PrometheusQuery query = new PrometheusQuery(
                        prometheus, web, () -> terms.limit(prometheus, prometheus.limit()));
                begin(prometheus, USUAL_HTTP_EVERY, query::read, web::close);
            }
            case Probe.Replica replica -> {
                OwnConnection connection = new OwnConnection(replicas.apply(replica), STATEMENT);
                ReplicaProbe state = new ReplicaProbe(
                        replica.name(),
                        () -> terms.maxLag(replica),
                        terms::maxReplicationBytes,
                        history);
                begin(replica, terms.sampleEvery(),
                        now -> connection.read(source -> state.read(JdbcClient.create(source), now)),
                        connection::close);
            }
        }
    }

    private void begin(Probe probe, Duration usual, Sampled.Look look, Runnable close) {
        String words = probe instanceof Probe.Replica ? "replica " + probe.name() : probe.name();
        begin(
                probe.key(),
                List.of(new Sampled(timing(probe.key(), words, probe.sampling(), usual), look, clock)),
                close);
    }

    private void begin(String name, List<Sampled> signals, Runnable close) {
        sources.addAll(signals);
        sampled.addAll(signals);
        threads.add(new SignalThread(name, signals, close));
    }

    private Sampled.Terms timing(SignalKind kind, Sampling sampling) {
        return timing(
                kind.key(), kind.key().replace('_', ' '), sampling, kind.defaultEvery().orElse(terms.sampleEvery()));
    }

    private static Sampled.Terms timing(String name, String words, Sampling sampling, Duration usual) {
        Duration every = sampling.every().orElse(usual);
        OnUnreadable unreadable = switch (sampling.whenUnreadable().orElse(WhenUnreadable.HOLD)) {
            case HOLD -> OnUnreadable.HOLD;
            case IGNORE -> OnUnreadable.IGNORE;
        };
        return new Sampled.Terms(name, words, every, sampling.staleAfter(every), unreadable);
    }

    /** Lets readings that are under way end, for a moment each. */
    @Override
    public void close() {
        threads.forEach(SignalThread::close);
    }
}
