package dev.neap.change.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.neap.change.operation.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.representer.Representer;
import tools.jackson.databind.json.JsonMapper;

class SchemaWriterTest {

    private static final Path COMMITTED = Path.of("src/main/resources" + SchemaWriter.RESOURCE);

    @Test
    void theShippedSchemaIsTheOneThatTheReaderGoesBy() throws IOException {
        String written = new SchemaWriter().write();
        if (Boolean.getBoolean("neap.schema.write")) {
            Files.writeString(COMMITTED, written);
        }

        assertThat(COMMITTED)
                .as("Out of date. Run: mvn test -Dtest=SchemaWriterTest -Dneap.schema.write=true")
                .content(StandardCharsets.UTF_8)
                .isEqualTo(written);
    }

    @Test
    void theSchemaIsOnTheClassPath() throws IOException {
        try (InputStream in = SchemaWriter.class.getResourceAsStream(SchemaWriter.RESOURCE)) {
            assertThat(Objects.requireNonNull(in).readAllBytes()).isNotEmpty();
        }
    }

    @Test
    void everyOperationIsListed() {
        assertThat(OperationForms.ALL.stream().map(OperationForm::type).map(Class::getName))
                .containsExactlyInAnyOrderElementsOf(Stream.of(Operation.class.getPermittedSubclasses())
                        .map(Class::getName)
                        .toList());
    }

    @Test
    void everyOperationIsReadUnderItsOwnKeyword() {
        for (OperationForm form : OperationForms.ALL) {
            assertThat(example(form, false)).satisfies(operation -> {
                assertThat(operation).isInstanceOf(form.type());
                assertThat(operation.keyword()).isEqualTo(form.keyword());
            });
        }
    }

    @Test
    void everyExampleOfAKeyIsLegal() {
        for (OperationForm form : OperationForms.ALL) {
            assertThat(example(form, true)).isInstanceOf(form.type());
        }
        assertThat(schema().validate(sample(ChangeForm.FORM.keys()), InputFormat.JSON)).isEmpty();
        new ChangeReader().read("sample", sample(ChangeForm.FORM.keys()));
    }

    @ParameterizedTest
    @MethodSource({
        "dev.neap.change.yaml.MalformedChangeFilesTest#operations",
        "dev.neap.change.yaml.MalformedChangeFilesTest#options"
    })
    void whatIsLegalByTheReaderIsLegalByTheSchemaAndMostMistakesAreSeenByBoth(
            MalformedChangeFilesTest.Mistake mistake) {
        // Bytes, blanks, ranges and duplicates are beyond JSON Schema.
        List<String> beyond = List.of(
                "name long", "name with NUL", "type blank", "too short", "too long", "pause too long", "lag too small",
                "lag too large", "key twice", "backfill twice", "window in no zone", "window of no length",
                "window half a week",
                "window weekly with days", "blackout backwards");
        boolean legal = schema().validate(json(mistake.text()), InputFormat.JSON).isEmpty();

        assertThat(legal).isEqualTo(beyond.contains(mistake.name()));
    }

    static Schema schema() {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(new SchemaWriter().write(), InputFormat.JSON);
    }

    /** A file as JSON, by way of another reader than the one under test. */
    static String json(String yaml) {
        LoaderOptions loader = new LoaderOptions();
        DumperOptions dumper = new DumperOptions();
        Object tree = new Yaml(
                new SafeConstructor(loader), new Representer(dumper), dumper, loader, new CoreSchema())
                .load(yaml);
        return JsonMapper.shared().writeValueAsString(tree);
    }

    private static Operation example(OperationForm form, boolean optional) {
        List<Key<?>> keys = form.body()
                .keys()
                .stream()
                .filter(key -> key.required()
                        || form.body().anyOf().indexOf(key.name()) == 0
                        || (optional && !key.name().equals("from")))
                .<Key<?>>map(key -> key)
                .toList();
        String text = "change: x\ntable: public.t\noperations:\n  - " + form.keyword() + ": " + sample(keys);
        assertThat(schema().validate(json(text), InputFormat.JSON)).isEmpty();
        return new ChangeReader().read("sample", text).change().operations().getFirst();
    }

    private static String sample(List<Key<?>> keys) {
        return keys.stream()
                .collect(Collectors.toMap(Key::name, Key::example))
                .entrySet()
                .stream()
                .map(entry -> JsonMapper.shared().writeValueAsString(entry.getKey()) + ": "
                        + JsonMapper.shared().writeValueAsString(entry.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
