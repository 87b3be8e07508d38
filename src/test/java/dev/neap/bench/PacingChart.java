package dev.neap.bench;

import dev.neap.bench.PacingSample.Behind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A paced run as a picture (SVG): each standby's lag over time, and below it the WAL that is written a second. */
final class PacingChart {

    private static final int WIDTH = 900;
    private static final int LEFT = 60;
    private static final int RIGHT = 20;
    private static final int HEIGHT = 190;
    private static final int HEAD = 40;
    private static final double MB = 1048576;
    /** Samples over which a rate is taken: a second. */
    private static final int STRIDE = 4;

    private final PacingResults results;
    private final double longest;
    private final List<String> svg = new ArrayList<>();

    private PacingChart(PacingResults results) {
        this.results = results;
        this.longest = results.samples().getLast().seconds();
    }

    private record Point(double x, double y) {}

    /** @param style of its stroke, as SVG attributes */
    private record Line(String name, String colour, String style, List<Point> points) {}

    static String of(PacingResults results) {
        return new PacingChart(results).draw();
    }

    private String draw() {
        chart(0, "behind the primary, seconds", List.of(
                level("limit", "#c0392b", results.limit()),
                new Line("standby that is not slowed", "#999", "", lag(PacingSample::fast)),
                new Line("slowed standby", "#2a7f9e", "stroke-width=\"1.6\"", lag(PacingSample::slow))));
        chart(1, "WAL, MB a second", List.of(
                level("what the slowed standby can replay", "#c0392b", results.capacity() / MB),
                new Line("written", "#2a7f9e", "stroke-width=\"1.6\"", rate())));
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d"
                     font-family="Helvetica, Arial, sans-serif" font-size="12">
                <rect width="100%%" height="100%%" fill="white"/>
                %3$s
                </svg>
                """.formatted(WIDTH, 2 * (HEAD + HEIGHT) + HEAD, String.join("\n", svg));
    }

    private Line level(String name, String colour, double y) {
        return new Line(name, colour, "stroke-dasharray=\"6 4\"", List.of(new Point(0, y), new Point(longest, y)));
    }

    private List<Point> lag(Function<PacingSample, Behind> standby) {
        return results.samples()
                .stream()
                .map(sample -> new Point(sample.seconds(), standby.apply(sample).seconds()))
                .toList();
    }

    private List<Point> rate() {
        List<PacingSample> samples = results.samples();
        List<Point> points = new ArrayList<>();
        for (int i = STRIDE; i < samples.size(); i++) {
            PacingSample now = samples.get(i);
            PacingSample before = samples.get(i - STRIDE);
            points.add(new Point(now.seconds(),
                    (now.written() - before.written()) / MB / (now.seconds() - before.seconds())));
        }
        return points;
    }

    private void chart(int index, String title, List<Line> lines) {
        int top = HEAD + index * (HEAD + HEIGHT);
        double most = lines.stream().flatMap(line -> line.points().stream()).mapToDouble(Point::y).max().orElse(1)
                * 1.1;
        text(LEFT, top - 10, "font-weight=\"bold\"", title);
        legend(top - 10, lines);
        double step = step(most);
        for (double y = 0; y <= most; y += step) {
            int at = (int) Math.round(top + HEIGHT - y / most * HEIGHT);
            svg.add("<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%2$d\" stroke=\"#e4e4e4\"/>"
                    .formatted(LEFT, at, WIDTH - RIGHT));
            text(LEFT - 8, at + 4, "text-anchor=\"end\" fill=\"#555\"",
                    String.format(Locale.ROOT, step < 1 ? "%.1f" : "%.0f", y));
        }
        for (int x = 0; x <= longest; x += 10) {
            text((int) Math.round(across(x)), top + HEIGHT + 15, "text-anchor=\"middle\" fill=\"#555\"", x + " s");
        }
        for (Line line : lines) {
            svg.add("<polyline fill=\"none\" stroke=\"%s\" %s points=\"%s\"/>".formatted(line.colour(), line.style(),
                    line.points()
                            .stream()
                            .map(point -> String.format(Locale.ROOT, "%.1f,%.1f", across(point.x()),
                                    top + HEIGHT - point.y() / most * HEIGHT))
                            .collect(Collectors.joining(" "))));
        }
    }

    private void legend(int baseline, List<Line> lines) {
        int x = WIDTH - RIGHT;
        for (Line line : lines) {
            text(x, baseline, "text-anchor=\"end\" fill=\"%s\"".formatted(line.colour()), line.name());
            x -= 7 * line.name().length() + 16;
        }
    }

    private double across(double seconds) {
        return LEFT + seconds / longest * (WIDTH - LEFT - RIGHT);
    }

    /** 1, 2 or 5 times a power of ten, such that there are three to eight steps. */
    private static double step(double most) {
        double power = Math.pow(10, Math.floor(Math.log10(most)));
        double first = most / power;
        return power * (first < 1.6 ? 0.2 : first < 4 ? 0.5 : first < 8 ? 1 : 2);
    }

    private void text(int x, int baseline, String attributes, String text) {
        svg.add("<text x=\"%d\" y=\"%d\" %s>%s</text>".formatted(x, baseline, attributes, text));
    }
}
