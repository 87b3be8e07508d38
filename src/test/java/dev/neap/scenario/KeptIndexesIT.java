package dev.neap.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.change.ChangeName;
import dev.neap.postgres.CatalogDump;
import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.run.RunState;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An index that is made again is where it was and as it was, whatever its definition does not tell. */
class KeptIndexesIT {

    private static final ChangeName NAME = new ChangeName("again");

    /** Since PostgreSQL 15 a tablespace may be a directory of the server's own. */
    private static TestDatabase parts() {
        TestDatabase db = TestDatabase.on(TestServer.NEWEST);
        String space = db.name() + "_space";
        db.execute("ALTER DATABASE " + db.name() + " SET allow_in_place_tablespaces = on");
        db.execute("CREATE TABLESPACE " + space + " LOCATION ''");
        db.execute(
                "CREATE TABLE parts (id int, code int, name text, UNIQUE (code) USING INDEX TABLESPACE " + space + ")",
                "ALTER TABLE parts ADD PRIMARY KEY (id) USING INDEX TABLESPACE " + space,
                "INSERT INTO parts SELECT i, i, 'Part ' || i FROM generate_series(1, 500) i",
                "CREATE INDEX parts_name ON parts (lower(name), (code % 7)) TABLESPACE " + space + " WHERE code > 3",
                "ALTER INDEX parts_name ALTER COLUMN 2 SET STATISTICS 77",
                "COMMENT ON INDEX parts_name IS 'for the search'");
        return db;
    }

    private static void run(InProcess neap, String operation) {
        neap.runs().run(InProcess.change("""
                change: again
                table: public.parts
                operations: [%s]
                """.formatted(operation)), neap.watcher());
    }

    @Test
    void whenItIsBuiltAnew() {
        try (TestDatabase db = parts(); InProcess neap = InProcess.on(db)) {
            List<String> before = CatalogDump.of(db, "parts");
            run(neap, "replace_index: {name: parts_name}");
            assertThat(CatalogDump.of(db, "parts")).isEqualTo(before);
        }
    }

    @Test
    void butForTheTargetsOfItsExpressionsWhenItGetsOthers() {
        try (TestDatabase db = parts(); InProcess neap = InProcess.on(db)) {
            run(neap, "replace_index: {name: parts_name, columns: [name, code]}");
            assertThat(neap.runs().complete(NAME, neap.watcher()).state()).isEqualTo(RunState.COMPLETED);
            assertThat(CatalogDump.of(db, "parts"))
                    .filteredOn(line -> line.contains("parts_name"))
                    .singleElement()
                    .asString()
                    .contains("(name, code)", "comment=for the search");
        }
    }

    @Test
    void elsewhereIfTheRoleMayMakeNoneThere() {
        try (TestDatabase db = parts()) {
            String owner = db.newRole();
            db.execute(
                    "GRANT CREATE ON DATABASE " + db.name() + " TO " + owner,
                    "GRANT CREATE, USAGE ON SCHEMA public TO " + owner,
                    "ALTER TABLE parts OWNER TO " + owner);
            try (InProcess neap = InProcess.on(db.uri(), owner, Map.of())) {
                run(neap, "drop_index: {name: parts_name}");
                assertThat(neap.runs().rollback(NAME, neap.watcher()).state()).isEqualTo(RunState.ROLLED_BACK);
                assertThat(CatalogDump.of(db, "parts"))
                        .filteredOn(line -> line.contains("INDEX parts_name"))
                        .singleElement()
                        .asString()
                        .contains("tablespace= targets={NULL,77}");
            }
        }
    }

    @Test
    void whenItsDropIsTakenBack() {
        try (TestDatabase db = parts(); InProcess neap = InProcess.on(db)) {
            List<String> before = CatalogDump.of(db, "parts");
            run(neap, "drop_index: {name: parts_name}");
            assertThat(neap.runs().rollback(NAME, neap.watcher()).state()).isEqualTo(RunState.ROLLED_BACK);
            assertThat(CatalogDump.of(db, "parts")).isEqualTo(before);
        }
    }

    @Test
    void whenItsConstraintsDropIsTakenBack() {
        try (TestDatabase db = parts(); InProcess neap = InProcess.on(db)) {
            List<String> before = CatalogDump.of(db, "parts");
            run(neap, "drop_constraint: {name: parts_code_key}");
            assertThat(neap.runs().rollback(NAME, neap.watcher()).state()).isEqualTo(RunState.ROLLED_BACK);
            assertThat(CatalogDump.of(db, "parts")).isEqualTo(before);
        }
    }

    @Test
    void whenAColumnOfItGetsAnotherType() {
        List<String> direct;
        try (TestDatabase db = parts()) {
            db.execute("ALTER TABLE parts ALTER code TYPE bigint");
            direct = told(db);
        }
        try (TestDatabase db = parts(); InProcess neap = InProcess.on(db)) {
            run(neap, "change_type: {column: code, type: bigint}");
            neap.runs().complete(NAME, neap.watcher());
            assertThat(told(db)).isEqualTo(direct);
        }
    }

    /** Each database has a tablespace of its own. */
    private static List<String> told(TestDatabase db) {
        return CatalogDump.of(db, "parts")
                .stream()
                .map(line -> line.replace(db.name(), "database"))
                .toList();
    }
}
