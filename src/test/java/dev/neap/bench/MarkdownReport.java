package dev.neap.bench;

import dev.neap.bench.Results.Case;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Results as a person reads them. What src/docs/benchmarks.md shows is exactly this. */
final class MarkdownReport {

    private final Results results;
    private final List<String> lines = new ArrayList<>();

    private MarkdownReport(Results results) {
        this.results = results;
    }

    static String of(Results results) {
        return String.join("\n", new MarkdownReport(results).write()) + "\n";
    }

    private List<String> write() {
        if (!results.hasFigures()) {
            return List.of("Nothing has been measured yet.");
        }
        environment();
        goals();
        Map<List<Object>, List<Case>> tables = new LinkedHashMap<>();
        results.cases()
                .forEach(each -> tables.computeIfAbsent(List.of(each.table(), each.rows()), key -> new ArrayList<>())
                        .add(each));
        tables.values().forEach(this::speed);
        Map<List<Object>, List<Latency>> loads = new LinkedHashMap<>();
        results.latencies()
                .forEach(each -> loads.computeIfAbsent(List.of(each.table(), each.rows()), key -> new ArrayList<>())
                        .add(each));
        loads.values().forEach(this::latency);
        failures();
        return lines;
    }

    private void environment() {
        lines.addAll(table(List.of("", ""), results.environment()
                .entrySet()
                .stream()
                .map(entry -> List.of(entry.getKey(), entry.getValue()))
                .toList()));
    }

    private void goals() {
        heading("Goals");
        lines.addAll(table(List.of("goal", "wanted", "measured", ""), Goals.of(results)
                .stream()
                .map(goal -> List.of(
                        goal.text(),
                        goal.wanted(),
                        goal.measured(),
                        goal.met().map(met -> met ? "met" : "**missed**").orElse("")))
                .toList()));
    }

    private void speed(List<Case> cases) {
        Case first = cases.getFirst();
        heading("(%s) %s, %s rows%s".formatted(
                first.table(),
                BenchTable.of(first.table()).title(),
                count(first.rows()),
                before(cases).map(bytes -> ", " + size(bytes)).orElse("")));
        Optional<Double> update = results.rowsPerSecond(
                new Case(first.table(), first.rows(), "update"));
        List<List<String>> rows = new ArrayList<>();
        for (Case each : cases) {
            rows.add(List.of(
                    results.of(each).getFirst().title(),
                    figure(results.rowsPerSecond(each), speed -> approximate(each) + count(Math.round(speed))),
                    figure(results.rowsPerSecond(each).flatMap(speed -> update.map(other -> speed / other)),
                            ratio -> approximate(each) + String.format(Locale.ROOT, "%.2f ×", ratio)),
                    seconds(each, figures -> Optional.of(figures.seconds())),
                    seconds(each, Measurement.Figures::work),
                    figure(results.wal(each), wal -> count(Math.round(wal))),
                    figure(results.growth(each), ratio -> String.format(Locale.ROOT, "%.2f", ratio)),
                    figure(results.hot(each), hot -> String.format(Locale.ROOT, "%.0f %%", hot * 100)),
                    figure(results.peakHeap(each), heap -> size(Math.round(heap)))));
        }
        lines.addAll(table(
                List.of("", "rows/s", "one UPDATE = 1", "seconds (from–to)", "of which changing rows", "WAL bytes/row",
                        "size after ÷ before", "HOT", "peak heap"),
                rows));
    }

    private Optional<Long> before(List<Case> cases) {
        return cases.stream()
                .flatMap(each -> results.of(each).stream())
                .flatMap(each -> each.figures().stream())
                .flatMap(figures -> figures.cost().stream())
                .map(Measurement.Cost::before)
                .findFirst();
    }

    private String approximate(Case wanted) {
        return results.extrapolated(wanted) ? "≈ " : "";
    }

    private String seconds(Case wanted, Function<Measurement.Figures, Optional<Double>> figure) {
        return results.spread(wanted, figure)
                .map(spread -> approximate(wanted)
                        + String.format(Locale.ROOT, "%.1f (%.1f–%.1f)", spread.median(), spread.least(),
                                spread.most()))
                .orElse("–");
    }

    private void latency(List<Latency> beside) {
        Latency first = beside.getFirst();
        heading("A steady load beside it: (%s), %s rows".formatted(first.table(), count(first.rows())));
        lines.addAll(table(List.of("", "p50 ms", "p99 ms", "longest ms", "operations", "failed", "seconds"),
                beside.stream()
                        .map(each -> List.of(
                                each.title(),
                                String.format(Locale.ROOT, "%.1f", each.times().p50()),
                                String.format(Locale.ROOT, "%.1f", each.times().p99()),
                                String.format(Locale.ROOT, "%.0f", each.times().max()),
                                count(each.times().operations()),
                                count(each.times().failed()),
                                String.format(Locale.ROOT, "%.1f", each.seconds())))
                        .toList()));
    }

    private void failures() {
        List<String> failed = results.failures()
                .map(each -> "- (%s), %s rows, %s, round %d: %s".formatted(
                        each.table(), count(each.rows()), each.title(), each.round(), each.failure().orElse("")))
                .toList();
        if (!failed.isEmpty()) {
            heading("Failed");
            lines.addAll(failed);
        }
    }

    private void heading(String text) {
        lines.addAll(List.of("", "### " + text, ""));
    }

    /** The first column is text, the others are mostly figures. */
    static List<String> table(List<String> head, List<List<String>> rows) {
        List<String> lines = new ArrayList<>();
        lines.add("| " + String.join(" | ", head) + " |");
        lines.add("|---|" + (head.size() == 2 ? "---|" : "---:|".repeat(head.size() - 1)));
        rows.forEach(row -> lines.add("| " + String.join(" | ", row) + " |"));
        return lines;
    }

    private static String figure(Optional<Double> value, Function<Double, String> shown) {
        return value.map(shown).orElse("–");
    }

    static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    static String size(long bytes) {
        return String.format(Locale.ROOT, "%,d MB", Math.round(bytes / 1048576.0));
    }
}
