package dev.neap.bench;

import dev.neap.bench.BenchSettings.Load;
import dev.neap.bench.BenchSettings.Scale;
import dev.neap.bench.BenchSettings.Speed;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures what the settings ask for. The results are written after every round, so that what was measured is not lost
 * with what comes after it.
 */
final class Bench {

    private final BenchSettings settings;
    private final Contenders contenders;
    private final PrintStream out;
    private Results results;

    Bench(BenchSettings settings, Contenders contenders, PrintStream out) {
        this.settings = settings;
        this.contenders = contenders;
        this.out = out;
        this.results = settings.place().keep() ? ResultsFile.read(json()) : Results.none();
    }

    private Path json() {
        return settings.place().output().resolve("results.json");
    }

    /** Everything, each table on a server of its own. */
    Results run(BenchServer.Starter server) {
        Speed speed = settings.speed();
        Scale scale = speed.scale();
        for (String letter : speed.tables()) {
            BenchTable table = BenchTable.of(letter);
            on(server, table, table.rows(speed.rows()),
                    template -> speed(template, contenders.of(speed.contenders())));
        }
        for (long rows : scale.rows()) {
            // What the speed rounds measured already is not measured again.
            List<String> missing = scale.contenders()
                    .stream()
                    .filter(id -> rows != speed.rows() || !speed.tables().contains(BenchTable.A.letter())
                            || !speed.contenders().contains(id))
                    .toList();
            if (!missing.isEmpty()) {
                on(server, BenchTable.A, rows, template -> speed(template, contenders.of(missing)));
            }
        }
        for (String letter : settings.load().tables()) {
            BenchTable table = BenchTable.of(letter);
            on(server, table, table.rows(speed.rows()),
                    template -> latency(template, contenders.of(settings.load().contenders())));
        }
        report();
        return results;
    }

    /** Something to do with a table's template. */
    private interface Measuring {
        void on(TableCopy template);
    }

    private void on(BenchServer.Starter server, BenchTable table, long rows, Measuring measuring) {
        try (BenchServer running = server.start(table, rows)) {
            Databases databases = running.databases();
            results = results.in(Environment.describe(settings, databases.version(), running.effectiveSettings()));
            on(databases, table, rows, measuring);
        }
    }

    private void on(Databases databases, BenchTable table, long rows, Measuring measuring) {
        out.printf("(%s) %s, %,d rows: being made%n", table.letter(), table.title(), rows);
        try (TableCopy template = databases.create(table, rows, settings.seed())) {
            measuring.on(template);
        }
    }

    /** The same as {@link #run(Function)} on a server that is there, with speed only: to try the benchmark itself. */
    Results run(Databases databases) {
        results = results.in(Map.of("PostgreSQL", databases.version()));
        for (String letter : settings.speed().tables()) {
            BenchTable table = BenchTable.of(letter);
            on(databases, table, table.rows(settings.speed().rows()),
                    template -> speed(template, contenders.of(settings.speed().contenders())));
        }
        report();
        return results;
    }

    private void speed(TableCopy template, List<Contender> all) {
        results = results.without(
                template.table().letter(), template.rows(), all.stream().map(Contender::id).toList());
        // Makes the WAL files that all of them use again afterwards; its figures are not kept.
        new Trial(template, new OneUpdate()).speed(0);
        int rounds = settings.speed().rounds();
        for (int round = 1; round <= rounds; round++) {
            for (Contender contender : Contenders.rotated(all, round - 1)) {
                if (round <= contender.rounds(rounds)) {
                    Measurement measured = new Trial(template, contender).speed(round);
                    results = results.with(measured);
                    out.println(line(measured));
                    report();
                }
            }
        }
    }

    private static String line(Measurement measured) {
        return "  round %d, %-36s %s".formatted(measured.round(), measured.title(), measured.figures()
                .map(figures -> "%s%.1f s%s".formatted(figures.extrapolated() ? "≈ " : "", figures.seconds(), figures
                        .cost()
                        .map(cost -> ", WAL %s, size × %.2f, HOT %.0f %%".formatted(
                                MarkdownReport.size(cost.wal()), (double) cost.after() / cost.before(),
                                cost.hot() * 100))
                        .orElse("")))
                .orElseGet(() -> "FAILED: " + measured.failure().orElse("")));
    }

    private void latency(TableCopy template, List<Contender> all) {
        results = results.withoutLatency(template.table().letter(), template.rows());
        Load load = settings.load();
        List<Contender> each = new ArrayList<>(List.of(new Nobody(load.alone())));
        each.addAll(all);
        for (Contender contender : each) {
            Optional<Latency> latency = new Trial(template, contender).latency(load.perSecond(), settings.seed());
            latency.ifPresent(measured -> {
                results = results.with(measured);
                out.printf("  load beside %s: p50 %.1f ms, p99 %.1f ms%n", measured.title(), measured.times().p50(),
                        measured.times().p99());
            });
            report();
        }
    }

    /** What the load is compared with. */
    private record Nobody(Duration time) implements Contender {

        @Override
        public String id() {
            return Latency.NONE;
        }

        @Override
        public String title() {
            return "nothing";
        }

        @Override
        public Effort run(TableCopy copy) {
            long end = System.nanoTime() + time.toNanos();
            for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            return Effort.plain();
        }
    }

    private void report() {
        Path output = settings.place().output();
        ResultsFile.write(json(), results);
        ResultsFile.write(output.resolve("results.md"), MarkdownReport.of(results));
        ResultsFile.write(output.resolve("results.svg"), BarChart.of(results));
    }
}
