package dev.neap.change.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesOnDiskTest {

    private static final String HEAD = "change: x\ntable: public.t\n";

    private final ChangeReader reader = new ChangeReader();

    @Test
    void readsAFileOnDisk(@TempDir Path directory) throws IOException {
        String text = "# ü\n" + HEAD + "contract: [{drop_column: {name: a}}]\n";
        Path file = Files.writeString(directory.resolve("x.yaml"), text);

        ChangeFile read = reader.read(file);

        assertThat(read.source()).isEqualTo(file.toString());
        assertThat(read.text()).isEqualTo(text);
    }

    @Test
    void refusesAFileThatIsNotThere(@TempDir Path directory) {
        assertThatThrownBy(() -> reader.read(directory.resolve("x.yaml")))
                .isInstanceOf(ChangeFileException.class)
                .hasMessageEndingWith("x.yaml:1: There is no such file. Name a change file that exists.");
    }

    @Test
    void refusesADirectory(@TempDir Path directory) {
        assertThatThrownBy(() -> reader.read(directory))
                .isInstanceOf(ChangeFileException.class)
                .hasMessageContaining("can't be read");
    }

    @Test
    void refusesAFileThatIsNotUtf8WithTheLineOfTheFirstWrongByte(@TempDir Path directory) throws IOException {
        Path file = Files.write(
                directory.resolve("x.yaml"), "change: x\ntable: public.größe\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> reader.read(file)).hasMessageContaining("x.yaml:2: The file is not UTF-8.");
    }

    @Test
    void refusesAFileThatBreaksOffWithinACharacter(@TempDir Path directory) throws IOException {
        Path file = Files.write(directory.resolve("x.yaml"), new byte[]{'a', '\n', (byte) 0xC3});

        assertThatThrownBy(() -> reader.read(file)).hasMessageContaining("x.yaml:2: The file is not UTF-8.");
    }

    @Test
    void refusesMoreThanOneMegabyte(@TempDir Path directory) throws IOException {
        String large = "#".repeat(ChangeReader.MAX_BYTES + 1);
        Path file = Files.writeString(directory.resolve("x.yaml"), large);

        assertThatThrownBy(() -> reader.read(file)).hasMessageContaining(":1: The file is larger than 1 MB.");
        assertThatThrownBy(() -> reader.read("x", large)).hasMessageContaining(":1: The file is larger than 1 MB.");
        assertThatThrownBy(() -> reader.read("x", "#" + "ä".repeat(ChangeReader.MAX_BYTES / 2)))
                .hasMessageContaining("larger than 1 MB");
    }
}
