package dev.neap.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PgPassTest {

    @Test
    void takesTheFirstLineThatMatches() {
        PgPass file = PgPass.parse(List.of(
                "# db:5432:shop:app:comment",
                "",
                "db:5432:other:app:wrong",
                "db:5432:*:app:right",
                "db:5432:shop:app:late"));
        assertThat(file.password("db", 5432, "shop", "app")).contains(Secret.of("right"));
        assertThat(file.password("db", 5433, "shop", "app")).isEmpty();
    }

    @Test
    void readsEscapes() {
        PgPass file = PgPass.parse(List.of("2001\\:db8\\:\\:1:5432:a\\\\b:app:p\\:q\\\\r:ignored"));
        assertThat(file.password("2001:db8::1", 5432, "a\\b", "app")).contains(Secret.of("p:q\\r"));
    }

    @Test
    void takesOnlyABareStarForAnything() {
        PgPass file = PgPass.parse(List.of("\\*:5432:shop:app:no", "*:*:*:*:yes"));
        assertThat(file.password("db", 5432, "shop", "app")).contains(Secret.of("yes"));
        assertThat(file.password("*", 5432, "shop", "app")).contains(Secret.of("no"));
    }

    @Test
    void ignoresAFileThatOthersCanReadAndSaysSo(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("pass"), "*:*:*:*:secret\n");
        List<String> warnings = new ArrayList<>();

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(PgPass.read(file, warnings::add).password("db", 1, "d", "u")).isEmpty();
        assertThat(warnings).singleElement().asString().contains("ignored", "chmod 0600");

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(PgPass.read(file, warnings::add).password("db", 1, "d", "u")).contains(Secret.of("secret"));
        assertThat(warnings).hasSize(1);
    }

    @Test
    void isEmptyWithoutAFile(@TempDir Path directory) {
        assertThat(PgPass.read(directory.resolve("none"), warning -> {}).password("db", 1, "d", "u")).isEmpty();
    }
}
