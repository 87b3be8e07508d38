package dev.neap.change.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import dev.neap.change.operation.Operation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files in {@code jobs}: the first thing that a newcomer copies. */
class ExamplesTest {

    private static final Path JOBS = Path.of("jobs");

    static Stream<Path> examples() {
        try (Stream<Path> files = Files.list(JOBS)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void isReadWithoutAMistake(Path example) {
        assertThat(new ChangeReader().read(example).change().name().value()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void isValidAgainstTheSchema(Path example) throws IOException {
        assertThat(SchemaWriterTest.schema()
                .validate(SchemaWriterTest.json(Files.readString(example)), InputFormat.JSON))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void namesItsSchemaAndSaysWhatItShows(Path example) throws IOException {
        var lines = Files.readAllLines(example);

        String schema = lines.getFirst().replace("# yaml-language-server: $schema=", "");
        assertThat(example.getParent().resolve(schema)).exists();
        assertThat(lines.get(1)).startsWith("# ");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void hasATableToRunOn(Path example) throws IOException {
        String sql = "src/test/resources/dev/neap/examples/"
                + example.getFileName().toString().replace(".yaml", ".sql");

        assertThat(Files.readString(Path.of(sql)))
                .contains("CREATE TABLE "
                        + new ChangeReader().read(example).change().table().sql() + " (")
                .contains("generate_series(1, 1000)");
    }

    @Test
    void togetherTheyShowEveryOperation() {
        Stream<String> shown = examples()
                .map(example -> new ChangeReader().read(example).change())
                .flatMap(change -> Stream.concat(change.operations().stream(), change.contract().stream()))
                .map(Operation::keyword);

        assertThat(shown)
                .containsAll(
                        OperationForms.ALL.stream().map(OperationForm::keyword).toList());
    }
}
