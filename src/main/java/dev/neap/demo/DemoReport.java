package dev.neap.demo;

import dev.neap.demo.Traffic.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was proven and measured, as lines of plain text, at most 100 characters wide. */
final class DemoReport {

    private final Proof.Result proof;
    private final Traffic traffic;
    private final Lag lag;
    private final TableStatistics before;
    private final TableStatistics after;

    DemoReport(Proof.Result proof, Traffic traffic, Lag lag, TableStatistics before, TableStatistics after) {
        this.proof = proof;
        this.traffic = traffic;
        this.lag = lag;
        this.before = before;
        this.after = after;
    }

    /** Whether all is as it must be. */
    boolean proven() {
        return proof.holds() && traffic.errors() == 0 && lag.seen(Stage.SLOWED).steered();
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("Proof");
        lines.add(verdict(
                proof.wrong() == 0 && proof.rows() == proof.expected(),
                "rows",
                "%,d of %,d expected, %,d wrong".formatted(proof.rows(), proof.expected(), proof.wrong())));
        lines.add(verdict(
                proof.lost() == 0,
                "application writes",
                "%,d committed, %,d lost%s"
                        .formatted(
                                traffic.ledger().writes(),
                                proof.lost(),
                                proof.lostIds().isEmpty() ? "" : ": ids " + proof.lostIds())));
        lines.add(verdict(
                traffic.errors() == 0,
                "application errors",
                "%,d; %,d reads found what was last committed%s"
                        .formatted(
                                traffic.errors(),
                                traffic.reads(),
                                traffic.firstError()
                                        .map(error -> ": " + error.lines().findFirst().orElse(""))
                                        .orElse(""))));
        lines.add(verdict(
                proof.standbySame(), "standby", proof.standbySame() ? "row for row the same" : "its rows differ"));
        lines.add(verdict(
                proof.leftovers().isEmpty(),
                "structure",
                proof.leftovers().isEmpty()
                        ? "as the change says, no trigger or check left behind"
                        : String.join("; ", proof.leftovers())));
        lines.add(slowStandby());
        lines.add("");
        lines.add(row("Traffic and standby", "before", "during"));
        lines.add(row("  operations", count(Stage.BEFORE), count(Stage.DURING)));
        for (Share share : Share.values()) {
            lines.add(row("  latency " + share.label, latency(Stage.BEFORE, share), latency(Stage.DURING, share)));
        }
        lines.add(row("  replication lag p95", lagP95(Stage.BEFORE), lagP95(Stage.DURING)));
        lines.add(row("  replication lag max", lagMax(Stage.BEFORE), lagMax(Stage.DURING)));
        if (lag.seen(Stage.DURING).blind() > 0) {
            lines.add("  the standby was not seen in %,d samples"
                    .formatted(lag.seen(Stage.DURING).blind()));
        }
        lines.add("");
        lines.add(row("Table", "before", "after"));
        lines.add(row("  rows and free space", Size.of(before.heap()), Size.of(after.heap())));
        lines.add(row("  indexes", Size.of(before.indexes()), Size.of(after.indexes())));
        lines.add(row("  total", Size.of(before.total()), Size.of(after.total()) + growth()));
        lines.add(row("  updates without new index entries (HOT)", "", after.hotShareSince(before) + " %"));
        return lines;
    }

    private String slowStandby() {
        Lag.Seen slowed = lag.seen(Stage.SLOWED);
        long samples = slowed.times().count();
        return samples == 0
                ? "  --     slow standby         not shown: the backfill was over too soon. Take more --rows"
                : "  %-6s slow standby         at most %s behind; within the limit of %s in %,d of %,d samples"
                        .formatted(
                                slowed.steered() ? "ok" : "FAILED",
                                Slowdown.seconds(slowed.times().max()),
                                Slowdown.seconds(lag.limit()),
                                slowed.within(),
                                samples);
    }

    private enum Share {
        P50("p50", 0.50),
        P95("p95", 0.95),
        P99("p99", 0.99),
        MAX("max", 1);

        private final String label;
        private final double of;

        Share(String label, double of) {
            this.label = label;
            this.of = of;
        }
    }

    private String count(Stage stage) {
        return "%,d".formatted(traffic.latencies(stage).count());
    }

    private String latency(Stage stage, Share share) {
        return millis(traffic.latencies(stage).percentile(share.of));
    }

    private String lagP95(Stage stage) {
        return millis(lag.seen(stage).times().percentile(0.95));
    }

    private String lagMax(Stage stage) {
        return millis(lag.seen(stage).times().max()) + ", " + Size.of(lag.seen(stage).bytes());
    }

    private String growth() {
        double percent = 100.0 * (after.total() - before.total()) / before.total();
        return String.format(Locale.ROOT, " (%+.0f %%)", percent);
    }

    static String millis(Duration duration) {
        double millis = duration.toNanos() / 1e6;
        return String.format(Locale.ROOT, millis < 10 ? "%.1f ms" : "%,.0f ms", millis);
    }

    private static String verdict(boolean good, String what, String found) {
        return String.format(Locale.ROOT, "  %-6s %-20s %s", good ? "ok" : "FAILED", what, found);
    }

    private static String row(String what, String left, String right) {
        return String.format(Locale.ROOT, "%-42s %18s %24s", what, left, right).stripTrailing();
    }
}
