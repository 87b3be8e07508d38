package dev.neap.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.neap.bench.PacingSample.Behind;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class PacingReportsTest {

    private static final int MB = 1 << 20;

    @TempDir
    private Path directory;

    /** 9 MB are written each second; the lag is 3 s until the eleventh second, then 1 s. */
    private static PacingResults results(int seconds) {
        List<PacingSample> samples = IntStream.rangeClosed(0, seconds)
                .mapToObj(i -> new PacingSample(i, 9L * MB * i, new Behind(i < 11 ? 3 : 1, MB), new Behind(0, 0)))
                .toList();
        return new PacingResults(Map.of("seed", "42"), 2, 10 * MB, samples);
    }

    @Test
    void judgesWhatComesAfterTheFirstTenSeconds() {
        assertThat(PacingReport.of(results(29))).contains(
                "| samples in which both standbys are within the limit | ≥ 99.0 % | 95.0 % | **missed** |",
                "| WAL written against what the slowed standby can replay | ≥ 85.0 % | 90.0 % | met |",
                "| the slowed standby's longest lag | 3.0 s |",
                "| what the slowed standby can replay | 10.00 MB/s |",
                "| seed | 42 |");
    }

    @Test
    void doesNotJudgeWhatWasHardlySeen() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> results(10))
                .withMessage("The run was seen for less than 10 s.");
    }

    @Test
    void figuresComeBackFromTheFile() {
        Path file = directory.resolve("pacing.json");
        ResultsFile.write(file, results(29));
        assertThat(ResultsFile.readPacing(file)).contains(results(29));
    }

    @Test
    void pictureIsWellFormed() throws Exception {
        var document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(PacingChart.of(results(29)))));
        assertThat(document.getElementsByTagName("polyline").getLength()).isEqualTo(5);
    }

    @Test
    void pageShowsTheFiguresThatArePublished() throws IOException {
        String page = Files.readString(PacingPublication.PAGE);
        PacingPublication.current().ifPresent(published -> assertThat(published.into(page)).isEqualTo(page));
    }
}
