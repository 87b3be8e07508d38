package dev.neap.bench;

import dev.neap.bench.PacedServers.Alone;
import dev.neap.bench.PacedServers.Positions;
import dev.neap.bench.PacingSample.Behind;
import dev.neap.postgres.Background;
import dev.neap.postgres.Brake;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/**
 * Watches a run beside a steady load and two standbys, one of them slowed: how far both are behind, and what is written.
 *
 * <p>What the slowed standby can replay is measured first, with WAL of the same kind: a run over another table, which is made
 * to leave that standby out of account while its replay is paused.
 */
final class PacingTrial {

    private static final BenchTable TABLE = BenchTable.B;
    private static final long ALONE_ROWS = 300_000;
    private static final long MOST_ROWS = 6_000_000;
    private static final int LOAD = 50;
    private static final double LIMIT = 2;
    private static final Duration EVERY = Duration.ofMillis(250);
    private static final Duration WATCHED = Duration.ofSeconds(70);

    private final BenchSettings settings;
    private final Programs programs;
    private final PrintStream out;

    /** @param out told what goes on */
    PacingTrial(BenchSettings settings, Programs programs, PrintStream out) {
        this.settings = settings;
        this.programs = programs;
        this.out = out;
    }

    PacingResults run() {
        out.println("pacing: two standbys are being made");
        BenchServer primary = BenchServer.in(settings.place().directory()).start(TABLE, MOST_ROWS);
        try (PacedServers servers = PacedServers.of(primary)) {
            Map<String, String> environment = environment(servers);
            Alone alone = alone(servers);
            // So many that the run does not end before it was seen for long enough.
            long rows = Math.clamp(
                    Math.round(alone.perSecond() * WATCHED.toSeconds() * 1.3 * ALONE_ROWS / alone.bytes()),
                    ALONE_ROWS,
                    MOST_ROWS);
            out.printf("  the slowed standby replays %.1f MB/s; a run over %,d rows%n", alone.perSecond() / 1048576,
                    rows);
            environment.put("rows", MarkdownReport.count(rows));
            try (TableCopy table = servers.databases().create(TABLE, rows, settings.seed())) {
                PacingResults results = new PacingResults(environment, LIMIT, alone.perSecond(), watch(servers, table));
                results.goals().forEach(goal -> out.printf("  %s: %s%n", goal.text(), goal.measured()));
                return results;
            }
        }
    }

    private Map<String, String> environment(PacedServers servers) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("slowed standby", "its startup process runs for %d ms, then stands still for %d ms".formatted(
                PacedServers.RUNS.toMillis(), PacedServers.STANDS.toMillis()));
        environment.put("table", "(%s) %s".formatted(TABLE.letter(), TABLE.title()));
        environment.put("load", LOAD + " operations a second on that table, half of them updates");
        environment.putAll(Environment.describe(settings, servers.databases().version(),
                servers.primary().effectiveSettings()));
        environment.put("shared_buffers", TABLE.sharedBuffers());
        environment.remove("rounds");
        environment.put("load average of the machine before", String.format(Locale.ROOT, "%.1f",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
        return environment;
    }

    private Alone alone(PacedServers servers) {
        try (TableCopy table = servers.databases().create(TABLE, ALONE_ROWS, settings.seed())) {
            servers.databases().checkpoint();
            return servers.replaysAlone(
                    () -> neap(table, "signals: {replication_lag: {except: [%s]}}".formatted(PacedServers.SLOW)));
        }
    }

    private Programs.Ended neap(TableCopy table, String pace) {
        programs.write("pacing.yaml", """
                change: pacing
                table: public.users
                operations:
                  - backfill: {set: {email_normalized: %s}}
                pace: {%s}
                """.formatted(BenchTable.EXPRESSION, pace));
        return programs.neap(Map.of("NEAP_URL", table.databases().url(table.database())), "run", "pacing.yaml")
                .orThrow("neap run");
    }

    private List<PacingSample> watch(PacedServers servers, TableCopy table) {
        servers.awaitStandbys();
        servers.databases().checkpoint();
        servers.awaitStandbys();
        List<PacingSample> samples = new ArrayList<>();
        CompletableFuture<Programs.Ended> run;
        try (Brake brake = servers.brake(); SteadyLoad load = SteadyLoad.start(table, settings.seed(), LOAD)) {
            run = Background.begin(() -> neap(table, "max_replication_lag: %.0fs".formatted(LIMIT)));
            sample(servers, run, samples);
        }
        boolean early = run.isDone();
        run.join();
        if (early || table.wrongRows() > 0) {
            throw new IllegalStateException(early
                    ? "The run ended within %d s and was not seen for long enough.".formatted(WATCHED.toSeconds())
                    : "Rows are wrong after the run.");
        }
        return samples;
    }

    private static void sample(PacedServers servers, CompletableFuture<?> run, List<PacingSample> samples) {
        WalPositions history = new WalPositions();
        long first = servers.positions().written();
        long began = System.nanoTime();
        for (long due = began; due - began <= WATCHED.toNanos() && !run.isDone(); due += EVERY.toNanos()) {
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            Positions now = servers.positions();
            double seconds = Math.round((System.nanoTime() - began) / 1e6) / 1e3;
            history.add(seconds, now.written());
            samples.add(new PacingSample(seconds, now.written() - first,
                    behind(history, seconds, now.written(), now.slow()),
                    behind(history, seconds, now.written(), now.fast())));
        }
    }

    private static Behind behind(WalPositions history, double now, long written, long replayed) {
        double lag = Math.round(history.lag(now, replayed) * 1e3) / 1e3;
        return new Behind(lag, Math.max(0, written - replayed));
    }
}
