package dev.neap.demo;

import dev.neap.change.yaml.ChangeFile;
import dev.neap.demo.Traffic.Stage;
import dev.neap.run.Outcome;
import dev.neap.run.RunState;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Shows a change at work: a real primary and standby, a table under traffic, the packaged example from expand to
 * contract, a standby that becomes slow meanwhile, and then the proof that nothing was lost. Everything it starts ends with
 * it.
 */
public final class Demo {

    private static final Duration WARM_UP = Duration.ofSeconds(2);
    private static final Duration SLOW = Duration.ofSeconds(5);
    private static final Duration AFTERWARDS = Duration.ofSeconds(1);

    private final DemoRun changes;
    private final ChangeFile file;
    private final PrintStream out;
    private volatile boolean interrupted;

    /**
     * @param changes carries out the change, and may write to the terminal while it does
     * @param file the packaged example, see {@link DemoChange}
     * @param out for one line an act, and the report
     */
    public Demo(DemoRun changes, ChangeFile file, PrintStream out) {
        this.changes = changes;
        this.file = file;
        this.out = out;
    }

    /**
     * Plays the whole demo.
     *
     * @throws DemoFailed if it can't be set up or carried on, or the program is ended meanwhile
     */
    public DemoResult play(DemoOptions options) {
        Act whole = Act.begin();
        Thread hook = new Thread(this::interrupt, "demo-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        DemoResult result;
        try (DemoServers servers = DemoServers.start(options.bytesNeeded())) {
            say(whole, "PostgreSQL %s and a streaming standby are up".formatted(servers.version()));
            say("(fsync off, data in %s until the end)".formatted(servers.directory()));
            fill(servers, options.rows());
            result = underTraffic(servers, options);
        } catch (RuntimeException e) {
            // With the program ending, the servers go at once, and whatever was at work with them fails.
            throw interrupted ? new DemoFailed("The demo was interrupted. Nothing of it is left.", e) : e;
        } finally {
            removeHook(hook);
        }
        say(whole, "Both servers are stopped, their data is deleted; all in all");
        return result;
    }

    private void interrupt() {
        interrupted = true;
        changes.stop();
    }

    private void fill(DemoServers servers, long rows) {
        Act act = Act.begin();
        DemoTable table = new DemoTable(servers.primary().dataSource("neap demo"));
        table.create(rows);
        servers.awaitStandby();
        say(act, "Table public.users has %,d rows, %s with its indexes".formatted(rows, Size.of(table.bytes())));
    }

    private DemoResult underTraffic(DemoServers servers, DemoOptions options) {
        DemoDatabase primary = servers.primary();
        TableStatistics before = TableStatistics.of(primary);
        List<Outcome> outcomes = new ArrayList<>();
        try (Traffic traffic = Traffic.start(primary, options.rows(), options.operationsPerSecond());
                Lag lag = Lag.watch(primary, limit());
                Slowdown slowdown = Slowdown.prepare(servers.standby(), SLOW, lag)) {
            servers.beforeTheEnd(traffic::stop);
            baseline(traffic, lag, options);
            boolean complete = change(primary, traffic, slowdown, outcomes);
            Waiting.pause(AFTERWARDS);
            traffic.close();
            lag.close();
            if (!complete) {
                say("The change did not come to its end: " + outcomes.getLast().message());
                return new DemoResult(false, outcomes);
            }
            Proof.Result proof = prove(servers, options, traffic.ledger());
            TableStatistics after = TableStatistics.of(primary);
            DemoReport report = new DemoReport(proof, traffic, lag, before, after);
            out.println();
            report.lines().forEach(out::println);
            out.println();
            return new DemoResult(report.proven(), outcomes);
        }
    }

    private Duration limit() {
        return file.change().pace().maxReplicationLag().orElse(Duration.ofSeconds(10));
    }

    private void baseline(Traffic traffic, Lag lag, DemoOptions options) {
        Act act = Act.begin();
        Waiting.pause(WARM_UP);
        traffic.stage(Stage.BEFORE);
        lag.stage(Stage.BEFORE);
        Waiting.pause(options.baseline());
        say(act, "An application does %,d reads and writes a second, p99 %s, and goes on doing so"
                .formatted(
                        options.operationsPerSecond(),
                        DemoReport.millis(traffic.latencies(Stage.BEFORE).percentile(0.99))));
        traffic.stage(Stage.DURING);
        lag.stage(Stage.DURING);
    }

    /** Whether it came to its end. */
    private boolean change(
            DemoDatabase primary,
            Traffic traffic,
            Slowdown slowdown,
            List<Outcome> outcomes) {
        Act run = Act.begin();
        say("Change %s begins".formatted(file.change().name()));
        Outcome ready = changes.run(primary, file, slowdown::before);
        slowdown.close();
        outcomes.add(ready);
        if (ready.state() != RunState.READY) {
            return ready.state() == RunState.COMPLETED;
        }
        say(run, "Expanded, backfilled, verified; it waits for the new code");
        Act deployment = Act.begin();
        traffic.deploy(Release.BOTH);
        traffic.deploy(Release.NEW);
        say(deployment,
                "New code is deployed: it knows only the new column");
        Act contract = Act.begin();
        Outcome completed = changes.complete(primary, file);
        outcomes.add(completed);
        if (completed.state() == RunState.COMPLETED) {
            say(contract, "Contracted: the old column and the triggers are gone");
        }
        return completed.state() == RunState.COMPLETED;
    }

    private Proof.Result prove(DemoServers servers, DemoOptions options, Ledger ledger) {
        Act act = Act.begin();
        servers.awaitStandby();
        Proof.Result proof = new Proof(
                servers.primary().dataSource("neap demo"),
                servers.standby().dataSource("neap demo"),
                options.rows(),
                ledger)
                .find();
        say(act, "Every row is compared, on the primary and on the standby");
        return proof;
    }

    private void say(String line) {
        out.println(line);
    }

    private void say(Act act, String line) {
        out.printf(Locale.ROOT, "%s (%.1f s)%n", line, act.seconds());
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The program is ending, and the hook runs: nothing is left to remove.
            return;
        }
    }

    /** A part of the demo, timed. */
    private record Act(long start) {
        static Act begin() {
            return new Act(System.nanoTime());
        }

        double seconds() {
            return (System.nanoTime() - start) / 1e9;
        }
    }
}
