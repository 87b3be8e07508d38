package dev.neap.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What was seen of a paced run, as a person reads it. What src/docs/pacing.md shows is exactly this. */
final class PacingReport {

    private PacingReport() {}

    static String of(PacingResults results) {
        List<String> lines = new ArrayList<>(MarkdownReport.table(
                List.of("after the first %.0f s".formatted(PacingResults.SETTLED), "wanted", "measured", ""),
                results.goals()
                        .stream()
                        .map(goal -> List.of(goal.text(), goal.wanted(), goal.measured(), met(goal.met())))
                        .toList()));
        lines.add("");
        lines.addAll(MarkdownReport.table(List.of("", ""), figures(results)));
        return String.join("\n", lines) + "\n";
    }

    private static String met(Optional<Boolean> met) {
        return met.map(yes -> yes ? "met" : "**missed**").orElse("");
    }

    private static List<List<String>> figures(PacingResults results) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("the limit of a standby's lag", seconds(results.limit())));
        rows.add(List.of("the slowed standby's longest lag", seconds(results.longestLag())));
        rows.add(List.of("what the slowed standby can replay", rate(results.capacity())));
        rows.add(List.of("WAL written, by the run and the load", rate(results.written())));
        rows.add(List.of("samples in which the slowed standby has work", String.format(Locale.ROOT, "%.1f %%",
                results.share(sample -> sample.slow().bytes() > 0) * 100)));
        results.environment().forEach((name, text) -> rows.add(List.of(name, text)));
        return rows;
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.1f s", seconds);
    }

    private static String rate(double bytes) {
        return String.format(Locale.ROOT, "%.2f MB/s", bytes / 1048576);
    }
}
