package dev.neap.bench;

import dev.neap.bench.Results.Case;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Results as a picture (SVG): for each table a row of three charts, a bar for each contender. A thin line over a bar of
 * the first one reaches from the slowest to the fastest round.
 */
final class BarChart {

    private static final int LABELS = 270;
    private static final int CHART = 250;
    private static final int GAP = 30;
    private static final int BAR = 20;
    private static final int HEAD = 62;
    private static final int WIDTH = LABELS + 3 * (CHART + GAP);

    private final Results results;
    private final List<String> svg = new ArrayList<>();
    private int y;

    private BarChart(Results results) {
        this.results = results;
    }

    static String of(Results results) {
        return new BarChart(results).draw();
    }

    private String draw() {
        Map<List<Object>, List<Case>> tables = new LinkedHashMap<>();
        results.cases()
                .forEach(each -> tables.computeIfAbsent(List.of(each.table(), each.rows()), key -> new ArrayList<>())
                        .add(each));
        y = 10;
        tables.values().forEach(this::table);
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d"
                     font-family="Helvetica, Arial, sans-serif" font-size="12">
                <rect width="100%%" height="100%%" fill="white"/>
                %3$s
                </svg>
                """.formatted(WIDTH, y + 10, String.join("\n", svg));
    }

    private void table(List<Case> cases) {
        Case first = cases.getFirst();
        text(10, y + 20, "font-weight=\"bold\" font-size=\"14\"", "(%s) %s, %s rows".formatted(
                first.table(), BenchTable.of(first.table()).title(), MarkdownReport.count(first.rows())));
        for (int i = 0; i < cases.size(); i++) {
            text(LABELS - 8, barTop(i) + BAR - 6, "text-anchor=\"end\"", results.of(cases.get(i)).getFirst().title());
        }
        chart(0, "thousand rows/s", cases, each -> results.rowsPerSecond(each).map(speed -> speed / 1000));
        chart(1, "WAL bytes a row", cases, results::wal);
        chart(2, "growth, %", cases, each -> results.growth(each).map(ratio -> (ratio - 1) * 100));
        whiskers(cases);
        y = barTop(cases.size()) + 20;
    }

    private int barTop(int index) {
        return y + HEAD + index * (BAR + 4);
    }

    private static int left(int column) {
        return LABELS + column * (CHART + GAP);
    }

    private static double longest(List<Case> cases, Function<Case, Optional<Double>> figure) {
        return cases.stream().flatMap(each -> figure.apply(each).stream()).mapToDouble(Math::abs).max().orElse(0);
    }

    private void chart(int column, String title, List<Case> cases, Function<Case, Optional<Double>> figure) {
        double scale = (CHART - 50) / Math.max(longest(cases, figure), 1e-9);
        text(left(column), y + HEAD - 10, "fill=\"#555\"", title);
        for (int i = 0; i < cases.size(); i++) {
            Case each = cases.get(i);
            Optional<Double> value = figure.apply(each);
            int top = barTop(i);
            value.ifPresent(number -> svg.add(String.format(Locale.ROOT,
                    "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>",
                    left(column), top, Math.max(0.5, number * scale), BAR, colour(each))));
            String shown = value.map(number -> (results.extrapolated(each) ? "≈ " : "")
                    + String.format(Locale.ROOT, number < 10 ? "%.1f" : "%,.0f", number)).orElse("–");
            text((int) (left(column) + Math.max(0, value.orElse(0.0) * scale)) + 6, top + BAR - 6, "", shown);
        }
    }

    /** The spread of the first chart. */
    private void whiskers(List<Case> cases) {
        double scale = (CHART - 50)
                / Math.max(longest(cases, results::rowsPerSecond), 1e-9);
        for (int i = 0; i < cases.size(); i++) {
            Case each = cases.get(i);
            int middle = barTop(i) + BAR / 2;
            results.spread(each, figures -> Optional.of(each.rows() / figures.seconds()))
                    .filter(spread -> spread.most() > spread.least())
                    .ifPresent(spread -> svg.add(String.format(Locale.ROOT,
                            "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#222\"/>",
                            left(0) + spread.least() * scale, middle,
                            left(0) + Math.min(CHART, spread.most() * scale), middle)));
        }
    }

    private static String colour(Case of) {
        return of.contender().startsWith("neap") || of.contender().startsWith("transform") ? "#2a7f9e" : "#b8b8b8";
    }

    private void text(int x, int baseline, String attributes, String text) {
        svg.add(String.format(Locale.ROOT, "<text x=\"%d\" y=\"%d\" %s>%s</text>", x, baseline, attributes,
                text.replace("&", "&amp;").replace("<", "&lt;")));
    }
}
