package dev.neap.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.bench.BenchSettings.Load;
import dev.neap.bench.BenchSettings.Place;
import dev.neap.bench.BenchSettings.Scale;
import dev.neap.bench.BenchSettings.Speed;
import dev.neap.postgres.TestServer;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark itself works, at a size at which its figures mean nothing. */
class BenchSmokeIT {

    @TempDir
    private Path directory;

    @Test
    void everyContenderChangesEveryRow() {
        List<String> all = List.of("update", "ranges", "seeds", "touch", "neap-1");
        Results results = run(new Speed(List.of("f"), 3_000, all, 1, new Scale(List.of(), List.of())));

        assertThat(results.failures()).isEmpty();
        assertThat(results.cases()).extracting(Results.Case::contender).containsExactlyElementsOf(all);
        assertThat(directory).isDirectoryContaining("glob:**/results.{md,json,svg}");
        assertThat(ResultsFile.read(directory.resolve("results.json"))).isEqualTo(results);
    }

    @Test
    void plainSpringBatchJobChangesEveryRow() throws Exception {
        Databases databases = new Databases(TestServer.NEWEST.port());
        try (TableCopy table = databases.create(BenchTable.C, 3_000, 42)) {
            PlainBatchJob.main(databases.url(table.database()), table.table().key("%s"));
            assertThat(table.wrongRows()).isZero();
        }
    }

    private Results run(Speed speed) {
        BenchSettings settings = new BenchSettings(
                speed,
                new Load(List.of(), List.of(), 1, Duration.ZERO, false),
                42,
                Duration.ofMinutes(1),
                new Place(directory, directory, false, false, false));
        return new Bench(settings, new Contenders(Programs.onClassPath(directory), settings.seedsLimit()),
                new PrintStream(PrintStream.nullOutputStream()))
                .run(new Databases(TestServer.NEWEST.port()));
    }
}
