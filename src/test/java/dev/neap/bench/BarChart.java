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
        chart(0, "thousand rows/s", cases, this::thousandsPerSecond);
        chart(1, "WAL bytes a row", cases, each -> results.wal(each).map(BarChart::exactly));
        chart(2, "growth, %", cases, each -> results.growth(each).map(ratio -> exactly((ratio - 1) * 100)));
        y = barTop(cases.size()) + 20;
    }

    private Optional<Spread> thousandsPerSecond(Case of) {
        double thousands = of.rows() / 1000.0;
        return results.spread(of, figures -> Optional.of(figures.seconds()))
                .map(seconds -> new Spread(
                        thousands / seconds.most(), thousands / seconds.median(), thousands / seconds.least()));
    }

    private static Spread exactly(double value) {
        return new Spread(value, value, value);
    }

    private int barTop(int index) {
        return y + HEAD + index * (BAR + 4);
    }

    private void chart(int column, String title, List<Case> cases, Function<Case, Optional<Spread>> figure) {
        double longest = cases.stream()
                .flatMap(each -> figure.apply(each).stream())
                .mapToDouble(Spread::most)
                .max()
                .orElse(0);
        double scale = (CHART - 50) / Math.max(longest, 1e-9);
        int left = LABELS + column * (CHART + GAP);
        text(left, y + HEAD - 10, "fill=\"#555\"", title);
        for (int i = 0; i < cases.size(); i++) {
            Case each = cases.get(i);
            int top = barTop(i);
            figure.apply(each)
                    .ifPresentOrElse(
                            spread -> bar(each, spread, scale, left, top),
                            () -> text(left + 6, top + BAR - 6, "", "–"));
        }
    }

    private void bar(Case of, Spread spread, double scale, int left, int top) {
        svg.add(String.format(Locale.ROOT, "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>",
                left, top, Math.max(0.5, spread.median() * scale), BAR, colour(of)));
        if (spread.most() > spread.least()) {
            svg.add(String.format(Locale.ROOT, "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%2$d\" stroke=\"#222\"/>",
                    left + spread.least() * scale, top + BAR / 2, left + spread.most() * scale));
        }
        String shown = (results.extrapolated(of) ? "≈ " : "")
                + String.format(Locale.ROOT, spread.median() < 10 ? "%.1f" : "%,.0f", spread.median());
        text(left + (int) Math.max(0, spread.most() * scale) + 6, top + BAR - 6, "", shown);
    }

    private static String colour(Case of) {
        return of.contender().startsWith("neap") || of.contender().startsWith("transform") ? "#2a7f9e" : "#b8b8b8";
    }

    private void text(int x, int baseline, String attributes, String text) {
        svg.add(String.format(Locale.ROOT, "<text x=\"%d\" y=\"%d\" %s>%s</text>", x, baseline, attributes,
                text.replace("&", "&amp;").replace("<", "&lt;")));
    }
}
