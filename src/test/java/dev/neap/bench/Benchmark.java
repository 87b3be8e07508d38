package dev.neap.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What {@code mvn -Pbench verify} runs; no other build does. */
class Benchmark {

    @Test
    void measuresAllContenders() throws IOException {
        BenchSettings settings = BenchSettings.ofSystemProperties();
        Path work = Files.createDirectories(settings.place().output().toAbsolutePath().resolve("work"));
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Programs programs = settings.place().packaged() ? Programs.packaged(work) : Programs.onClassPath(work);
        Contenders contenders = new Contenders(programs, settings.seedsLimit());
        Results results = new Bench(settings, contenders, out)
                .run(BenchServer.in(settings.place().directory()));
        if (settings.place().publish() && results.hasFigures()) {
            Publication.of(results).write();
        }
        out.println(MarkdownReport.of(results));
        out.printf("As a table, JSON and a picture: %s/results.*%n", settings.place().output());
        if (settings.load().pacing()) {
            pacing(new PacingTrial(settings, programs, out), settings.place());
        }
        assertThat(results.failures().map(failed -> failed.contender() + ": " + failed.failure().orElse("")))
                .as("contenders that failed")
                .isEmpty();
    }

    private static void pacing(PacingTrial trial, BenchSettings.Place place) {
        PacingResults results = trial.run();
        ResultsFile.write(place.output().resolve("pacing.json"), results);
        ResultsFile.write(place.output().resolve("pacing.md"), PacingReport.of(results));
        ResultsFile.write(place.output().resolve("pacing.svg"), PacingChart.of(results));
        if (place.publish()) {
            new PacingPublication(results).write();
        }
    }
}
