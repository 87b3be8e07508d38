package dev.neap.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.neap.transform.Columns;
import dev.neap.transform.RowTransform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classes that users bring. */
class TransformsTest {

    private static final String NICE = """
            package com.example;
            public class Nice implements dev.neap.transform.RowTransform {
                public dev.neap.transform.Row transform(dev.neap.transform.Row row) {
                    return row.with("a", new Word().nice() + Thread.currentThread().getContextClassLoader());
                }
            }""";

    @TempDir
    private Path directory;

    @Test
    void comeInJarsWithWhatTheyNeed() throws Exception {
        jar("nice.jar", Map.of(
                "Nice", NICE.replace(" + Thread.currentThread().getContextClassLoader()", ""),
                "Word", "package com.example; class Word { String nice() { return \"nice\"; } }"));
        try (Transforms transforms = new Transforms(directory)) {
            RowTransform nice = transforms.named("com.example.Nice");

            assertThat(nice.transform(new Columns(List.of("a"), List.of("a")).row("x")).text("a")).isEqualTo("nice");
            assertThat(transforms.named("com.example.Nice")).isSameAs(nice);
        }
    }

    /** Their libraries don't meet Neap's: a class finds its own of the same name. */
    @Test
    void seeNothingOfNeapButWhatIsForThem() throws Exception {
        jar("curious.jar", Map.of("Curious", """
                package com.example;
                public class Curious implements dev.neap.transform.RowTransform {
                    public dev.neap.transform.Row transform(dev.neap.transform.Row row) throws Exception {
                        return row.with("a", Class.forName(row.text("a")).getName());
                    }
                }"""));
        try (Transforms transforms = new Transforms(directory)) {
            RowTransform curious = transforms.named("com.example.Curious");
            Columns columns = new Columns(List.of("a"), List.of("a"));

            assertThat(curious.transform(columns.row("org.slf4j.Logger")).text("a")).isEqualTo("org.slf4j.Logger");
            for (String hidden : List.of("dev.neap.run.Runs", "org.springframework.jdbc.core.JdbcTemplate")) {
                assertThatExceptionOfType(ClassNotFoundException.class)
                        .isThrownBy(() -> curious.transform(columns.row(hidden)));
            }
        }
    }

    @Test
    void mayBeNeapsOwn() {
        try (Transforms transforms = new Transforms(directory.resolve("missing"))) {
            assertThat(transforms.named("dev.neap.transform.example.PhoneNumber")).isNotNull();
        }
    }

    @Test
    void areRefusedWithTheReason() throws Exception {
        jar("odd.jar", Map.of(
                "NotOne", "package com.example; public class NotOne {}",
                "Needy", "package com.example; public class Needy extends Nice { public Needy(int a) {} }",
                "Broken", "package com.example; public class Broken extends Nice { static int a = 1 / (int) 0L; }",
                "Failing",
                "package com.example; public class Failing extends Nice { public Failing() { throw new IllegalStateException(\"no key\"); } }",
                "Half", "package com.example; public abstract class Half extends Nice {}",
                "Nice", NICE,
                "Word", "package com.example; class Word { String nice() { return \"nice\"; } }"));
        try (Transforms transforms = new Transforms(directory)) {
            Map<String, String> reasons = Map.of(
                    "com.example.Nicer",
                    "There is no class com.example.Nicer, neither in the jars of " + directory
                            + " (odd.jar) nor in Neap",
                    "com.example.NotOne", "Class com.example.NotOne is no RowTransform. Let it implement",
                    "com.example.Needy", "Class com.example.Needy has no public constructor without parameters.",
                    "com.example.Broken",
                    "Class com.example.Broken can't be loaded: java.lang.ExceptionInInitializerError",
                    "com.example.Failing", "can't be made: java.lang.IllegalStateException: no key.",
                    "com.example.Half", "Class com.example.Half is abstract.");
            reasons.forEach((name, reason) -> assertThatExceptionOfType(NoTransform.class)
                    .isThrownBy(() -> transforms.named(name))
                    .withMessageContaining(reason));
        }
    }

    private void jar(String name, Map<String, String> sources) throws IOException {
        TestJar.write(directory, name, sources);
    }
}
