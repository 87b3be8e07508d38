package dev.neap.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.bench.Measurement.Cost;
import dev.neap.bench.Measurement.Figures;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class ReportsTest {

    private static final long MB = 1 << 20;

    @TempDir
    private Path directory;

    private static Measurement of(String contender, int round, double seconds, long wal) {
        return new Measurement("b", 2_000_000, contender, contender, round, Optional.of(new Figures(
                seconds, false, Optional.empty(), Optional.of(70 * MB), Optional.of(new Cost(
                        wal, 100 * MB, contender.equals("update") ? 200 * MB : 110 * MB, 0.825)))),
                Optional.empty());
    }

    private static Results results() {
        return Results.none()
                .in(Map.of("seed", "42"))
                .with(of("update", 1, 50, 2_000_000_000))
                .with(of("neap-2", 1, 12.5, 1_100_000_000))
                .with(of("update", 2, 40, 2_000_000_000))
                .with(of("neap-2", 2, 10, 900_000_000))
                .with(of("neap-2", 3, 8, 900_000_000))
                .with(of("update", 3, 30, 2_000_000_000));
    }

    @Test
    void goalsAreComputedFromMedians() {
        assertThat(Goals.of(results())).filteredOn(goal -> goal.figure().isPresent())
                .extracting(goal -> goal.text() + ": " + goal.measured() + " " + goal.met().orElseThrow())
                .containsExactly(
                        "(b): speed against one UPDATE: 4.00 × true",
                        "(b): WAL against one UPDATE: 0.45 × true",
                        "(b): growth: 10.0 % true");
    }

    @Test
    void goalsWithoutFiguresAreNeitherMetNorMissed() {
        assertThat(Goals.of(Results.none())).allSatisfy(goal -> {
            assertThat(goal.met()).isEmpty();
            assertThat(goal.measured()).isEqualTo("not measured");
        });
    }

    @Test
    void tellsMedianAndSpread() {
        assertThat(MarkdownReport.of(results())).contains(
                "| update | 50,000 | 1.00 × | 40.0 (30.0–50.0) | – | 1,000 | 2.00 | 83 % | 70 MB |",
                "| neap-2 | 200,000 | 4.00 × | 10.0 (8.0–12.5) | – | 450 | 1.10 | 83 % | 70 MB |");
    }

    @Test
    void oneFailedRoundFailsTheContender() {
        Results failed = results().with(new Measurement("b", 2_000_000, "neap-2", "neap-2", 4, Optional.empty(),
                Optional.of("3 rows are wrong afterwards.")));
        assertThat(MarkdownReport.of(failed)).contains(
                "| neap-2 | – |", "- (b), 2,000,000 rows, neap-2, round 4: 3 rows are wrong afterwards.");
    }

    @Test
    void whatIsExtrapolatedIsMarked() {
        Results results = results().with(new Measurement("b", 2_000_000, "seeds", "seeds", 1, Optional.of(
                new Figures(400, true, Optional.empty(), Optional.empty(), Optional.empty())), Optional.empty()));
        assertThat(MarkdownReport.of(results)).contains("| seeds | ≈ 5,000 | ≈ 0.10 × | ≈ 400.0 (400.0–400.0) | – |");
    }

    @Test
    void figuresComeBackFromTheFile() {
        Path file = directory.resolve("results.json");
        Results written = results()
                .with(new Latency("b", 2_000_000, "none", "nothing", 30, new Latency.Times(0.5, 2, 9, 6_000, 0)));
        ResultsFile.write(file, written);
        assertThat(ResultsFile.read(file)).isEqualTo(written);
    }

    @Test
    void pictureIsWellFormed() throws Exception {
        var document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(BarChart.of(results()))));
        assertThat(document.getElementsByTagName("rect").getLength()).isEqualTo(1 + 2 * 3);
    }

    @Test
    void publishingReplacesWhatStoodBetweenTheMarks() throws IOException {
        String page = Publication.of(results()).into(Files.readString(Publication.PAGE));
        assertThat(page)
                .contains("<!-- results -->\n\n![", "](benchmarks.svg)\n\n|", "one UPDATE = 1", "## Running it")
                .doesNotContain("Nothing has been measured yet.");
        assertThat(Publication.of(results()).into(page)).isEqualTo(page);
    }

    @Test
    void pageShowsTheFiguresThatArePublished() throws IOException {
        String page = Files.readString(Publication.PAGE);
        assertThat(Publication.current().into(page)).isEqualTo(page);
    }
}
