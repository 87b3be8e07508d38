package dev.neap.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neap.app.DatabaseTarget.Host;
import dev.neap.cli.CommandFailed;
import dev.neap.cli.ConnectionRequest;
import dev.neap.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetResolverTest {

    @TempDir
    Path directory;

    private final List<String> warnings = new ArrayList<>();

    @Test
    void asksTheCommandLineFirstThenTheEnvironmentThenTheFileThenLibpq() throws IOException {
        Map<String, String> libpq = Map.of("PGHOST", "pg", "PGPORT", "1", "PGDATABASE", "pgdb", "PGUSER", "pguser");
        assertThat(resolve(Optional.empty(), "", libpq).toString()).isEqualTo("pgdb on pg:1 as pguser");

        String file = "neap: {url: 'postgresql://file/filedb', user: fileuser}";
        assertThat(resolve(Optional.empty(), file, libpq).toString()).isEqualTo("filedb on file:5432 as fileuser");

        Map<String, String> neap = with(libpq, "NEAP_URL", "postgresql://env/envdb", "NEAP_USER", "envuser");
        assertThat(resolve(Optional.empty(), file, neap).toString()).isEqualTo("envdb on env:5432 as envuser");

        assertThat(resolve(Optional.of("postgresql://given/givendb"), file, neap).toString())
                .isEqualTo("givendb on given:5432 as envuser");
    }

    @Test
    void takesTlsFromTheEnvironmentUnlessTheUrlSaysOtherwise() throws IOException {
        Map<String, String> environment = Map.of("PGSSLMODE", "verify-ca", "PGSSLROOTCERT", "/ca.pem");
        DatabaseTarget target = resolve(Optional.of("postgresql://h/d?sslmode=verify-full"), "", environment);
        assertThat(target.properties())
                .containsEntry("sslmode", "verify-full")
                .containsEntry("sslrootcert", "/ca.pem")
                .containsEntry("ApplicationName", "neap");
    }

    @Test
    void findsThePasswordInTheOrderOfItsSources() throws IOException {
        Path pgpass = Files.writeString(directory.resolve("pgpass"), "h:5432:d:u:from-pgpass\n");
        Files.setPosixFilePermissions(pgpass, PosixFilePermissions.fromString("rw-------"));
        Path mounted = Files.writeString(directory.resolve("mounted"), "from-mount\n");
        Optional<String> url = Optional.of("postgresql://u@h/d");
        Map<String, String> passfile = Map.of("PGPASSFILE", pgpass.toString());

        assertThat(resolve(url, "", passfile).password()).contains(Secret.of("from-pgpass"));
        Map<String, String> libpq = with(passfile, "PGPASSWORD", "from-libpq");
        assertThat(resolve(url, "", libpq).password()).contains(Secret.of("from-libpq"));
        assertThat(resolve(url, "neap: {password_file: " + mounted + "}", libpq).password())
                .contains(Secret.of("from-mount"));
        assertThat(resolve(url, "", with(libpq, "NEAP_PASSWORD", "from-neap")).password())
                .contains(Secret.of("from-neap"));
        assertThat(warnings).isEmpty();
    }

    @Test
    void warnsOfAPasswordThatEveryoneCanSee() throws IOException {
        resolve(Optional.of("postgresql://u:hidden@h/d"), "", Map.of());
        assertThat(warnings).singleElement().asString().contains("NEAP_PASSWORD").doesNotContain("hidden");
    }

    @Test
    void namesTheFourWaysWhenNoDatabaseIsNamed() {
        assertThatThrownBy(() -> resolve(Optional.empty(), "", Map.of("PGUSER", "u")))
                .isInstanceOfSatisfying(
                        CommandFailed.class, failed -> assertThat(failed.exit()).isEqualTo(ExitCode.USAGE))
                .hasMessageContainingAll("--url", "NEAP_URL", "config/application.yaml", "PGHOST");
    }

    @Test
    void saysThatASocketDirectoryCanNotBeUsed() {
        assertThatThrownBy(() -> resolve(Optional.empty(), "", Map.of("PGHOST", "/var/run/postgresql")))
                .hasMessageContaining("PGHOST=localhost");
    }

    @Test
    void neverPrintsAPassword() throws IOException {
        DatabaseTarget target = resolve(Optional.empty(), "", Map.of("NEAP_URL", "postgresql://u:hidden@h/d"));
        assertThat(target.hosts()).containsExactly(new Host("h", 5432));
        assertThat(target.properties()).containsEntry("password", "hidden");
        assertThat(target.jdbcUrl()).isEqualTo("jdbc:postgresql://h:5432/d");
        assertThat(target.toString() + target.describe()).doesNotContain("hidden");
    }

    private DatabaseTarget resolve(Optional<String> url, String yaml, Map<String, String> environment)
            throws IOException {
        Path config = Files.writeString(directory.resolve("application.yaml"), yaml);
        NeapSettings settings = SettingsReader.read(Optional.of(config), environment);
        Map<String, String> isolated = with(environment, "HOME", directory.resolve("nobody").toString());
        return new TargetResolver(settings, isolated, warnings::add)
                .resolve(new ConnectionRequest(url, Optional.empty(), Optional.empty(), prompt -> Optional.empty()));
    }

    private static Map<String, String> with(Map<String, String> map, String... more) {
        Map<String, String> merged = new HashMap<>(map);
        for (int i = 0; i < more.length; i += 2) {
            merged.put(more[i], more[i + 1]);
        }
        return merged;
    }
}
