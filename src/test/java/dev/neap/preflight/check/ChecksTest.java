package dev.neap.preflight.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChecksTest {

    @Test
    void areAllListed() {
        List<String> classes = new ClassFileImporter()
                .importPackagesOf(Check.class)
                .stream()
                .filter(type -> type.isAssignableTo(Check.class) && !type.isInterface())
                .map(JavaClass::getName)
                .toList();
        assertThat(Checks.ALL.stream().map(check -> check.getClass().getName()))
                .containsExactlyInAnyOrderElementsOf(classes);
    }

    @Test
    void areAllDocumentedAndNamedApart() throws IOException {
        List<String> headings = Files.readAllLines(Path.of("src/docs/doctor.md"))
                .stream()
                .filter(line -> line.startsWith("## "))
                .map(line -> line.substring(3))
                .toList();
        assertThat(Checks.ALL.stream().map(Check::id)).doesNotHaveDuplicates().containsExactlyElementsOf(headings);
    }
}
