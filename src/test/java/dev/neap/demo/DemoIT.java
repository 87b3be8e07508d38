package dev.neap.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.change.BackfillOptions;
import dev.neap.change.Change;
import dev.neap.change.ChangeName;
import dev.neap.change.PaceOptions;
import dev.neap.change.yaml.ChangeFile;
import dev.neap.run.Outcome;
import dev.neap.run.RunId;
import dev.neap.run.RunState;
import dev.neap.run.Watcher;
import dev.neap.sql.QualifiedName;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DemoIT {

    static final ChangeFile EXAMPLE = new ChangeFile(
            "(test)",
            "",
            new Change(
                    new ChangeName("normalize-email"),
                    QualifiedName.of("public", "users"),
                    List.of(),
                    List.of(),
                    BackfillOptions.none(),
                    PaceOptions.none()),
            Map.of());

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private final DemoOptions options = new DemoOptions(20_000, 300, Duration.ofSeconds(1));

    @Test
    void provesAChangeThatLosesNothingAndLeavesNothingBehind() {
        DemoResult result = new Demo(new PlainSqlRun(), EXAMPLE, out).play(options);

        assertThat(result.proven()).as(printed()).isTrue();
        assertThat(result.outcomes()).extracting(Outcome::state).containsExactly(RunState.READY, RunState.COMPLETED);
        assertThat(printed())
                .contains("20,000 rows", " 0 lost", "row for row the same", "latency p99", "replication lag max",
                        "slow standby         not shown")
                .doesNotContain("FAILED");
        assertThat(printed().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
        assertThat(directory()).doesNotExist();
    }

    @Test
    void saysSoWhenTheRunFails() {
        DemoRun failing = new DemoRun() {
            @Override
            public Outcome run(DemoDatabase database, ChangeFile file, UnaryOperator<Watcher> audience) {
                return new Outcome(
                        new RunId(1), "normalize-email", RunState.FAILED, "It broke.", List.of(), Duration.ZERO);
            }

            @Override
            public Outcome complete(DemoDatabase database, ChangeFile file) {
                throw new AssertionError("A run that failed is not completed.");
            }

            @Override
            public void stop() {}
        };

        DemoResult result = new Demo(failing, EXAMPLE, out).play(options);

        assertThat(result.proven()).isFalse();
        assertThat(printed()).contains("The change did not come to its end: It broke.");
        assertThat(directory()).doesNotExist();
    }

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private Path directory() {
        Matcher found = Pattern.compile("data in (\\S+) until").matcher(printed());
        assertThat(found.find()).isTrue();
        return Path.of(found.group(1));
    }
}
