package dev.neap.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SnapshotJsonIT {

    @Test
    void keepsEverythingThatASnapshotHolds() {
        try (TestDatabase database = TestDatabase.on(TestServer.NEWEST)) {
            database.execute("""
                    CREATE TABLE users (id int PRIMARY KEY, "E-Mail" text COLLATE "POSIX" DEFAULT 'x' CHECK (id > 0));
                    CREATE INDEX lower_mail ON users (lower("E-Mail"));
                    CREATE INDEX mail ON users ("E-Mail" COLLATE "C");
                    CREATE VIEW v AS SELECT id FROM users;
                    COMMENT ON COLUMN users."E-Mail" IS 'mail';
                    """);
            Table table = new CatalogReader(database.dataSource())
                    .table(QualifiedName.of("public", "users"))
                    .orElseThrow();
            Identifier mail = new Identifier("E-Mail");
            Probed probed = new Prober(database.dataSource())
                    .probe(
                            table,
                            List.of(
                                    new Probe.Default("d", new Identifier("new"), "int", "1"),
                                    new Probe.NewColumn("n", new Identifier("new"), "int"),
                                    new Probe.Expression("e", "lower(\"E-Mail\")", Optional.of(mail)),
                                    new Probe.Rename("r", mail, new Identifier("mail"))));
            assertThat(probed.complaints()).isEmpty();
            Snapshot snapshot = new Snapshot(table, probed.answers());

            String json = SnapshotJson.write(snapshot);

            assertThat(SnapshotJson.read(json)).isEqualTo(snapshot);
            assertThat(json).contains("\"E-Mail\"").doesNotContain("present");
        }
    }

    @Test
    void refusesATextThatIsNoSnapshot() {
        assertThatThrownBy(() -> SnapshotJson.read("{\"table\":")).hasMessage("The stored snapshot can't be read.");
    }
}
