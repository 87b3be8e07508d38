package dev.neap.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.neap.catalog.Answers.ConstraintText;
import dev.neap.catalog.Answers.IndexText;
import dev.neap.catalog.Answers.Renamed;
import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RenameProbeIT {

    private static final QualifiedName USERS = QualifiedName.of("public", "users");

    private static Probed probe(TestDatabase database, String from, String to) {
        Table table = new CatalogReader(database.dataSource()).table(USERS).orElseThrow();
        return new Prober(database.dataSource())
                .probe(
                        table,
                        List.of(
                                new Probe.Rename("at", new Identifier(from), new Identifier(to)),
                                new Probe.Expression("from", new Identifier(to).sql(), Optional.empty())));
    }

    private static Renamed renamed(TestDatabase database, String from, String to) {
        Probed probed = probe(database, from, to);
        assertThat(probed.complaints()).isEmpty();
        return probed.answers().renamed("at");
    }

    @ParameterizedTest
    @EnumSource
    void rewritesIndexesAndChecksForTheNewName(TestServer server) {
        try (TestDatabase database = TestDatabase.on(server)) {
            database.execute("""
                    CREATE FUNCTION norm(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT lower($1)';
                    CREATE TABLE users (id int PRIMARY KEY, gone int, email text UNIQUE, n int,
                      CONSTRAINT users_check CHECK (email <> 'email' AND n > 0), CONSTRAINT unrelated CHECK (n < 9));
                    ALTER TABLE users DROP COLUMN gone;
                    ALTER TABLE users ADD CONSTRAINT later CHECK (length(email) > 3) NOT VALID;
                    CREATE UNIQUE INDEX "Odd. ON USING" ON users (norm(email) DESC, n) INCLUDE (id) WHERE email <> '';
                    CREATE INDEX a_where ON users (n) WHERE email IS NOT NULL;
                    CREATE INDEX b_hash ON users USING hash (email);
                    CREATE INDEX c_fill ON users (email text_pattern_ops) WITH (fillfactor = 70);
                    CREATE INDEX d_include ON users (n) INCLUDE (email);
                    CREATE INDEX e_unrelated ON users (n);
                    """);

            Renamed renamed = renamed(database, "email", "E-Mail");

            assertThat(renamed.indexes())
                    .extracting(i -> i.name().value(), IndexText::unique, IndexText::tail)
                    .containsExactlyInAnyOrder(
                            tuple(
                                    "Odd. ON USING",
                                    true,
                                    "USING btree (public.norm(\"E-Mail\") DESC, n) INCLUDE (id)"
                                            + " WHERE (\"E-Mail\" <> ''::text)"),
                            tuple("a_where", false, "USING btree (n) WHERE (\"E-Mail\" IS NOT NULL)"),
                            tuple("b_hash", false, "USING hash (\"E-Mail\")"),
                            tuple(
                                    "c_fill",
                                    false,
                                    "USING btree (\"E-Mail\" text_pattern_ops) WITH (fillfactor='70')"),
                            tuple("d_include", false, "USING btree (n) INCLUDE (\"E-Mail\")"));
            assertThat(renamed.constraints())
                    .containsExactly(
                            new ConstraintText(new Identifier("later"), "CHECK ((length(\"E-Mail\") > 3))"),
                            new ConstraintText(
                                    new Identifier("users_check"),
                                    "CHECK (((\"E-Mail\" <> 'email'::text) AND (n > 0)))"));
            assertThat(renamed.settings()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void rewritesOutgoingForeignKeys(TestServer server) {
        try (TestDatabase database = TestDatabase.on(server)) {
            database.execute("""
                    CREATE SCHEMA "My Shop";
                    CREATE TABLE "My Shop".orders (a int, "b c" int, PRIMARY KEY (a, "b c"));
                    CREATE TABLE users (id int PRIMARY KEY, a int, b int, boss int,
                      CONSTRAINT pair FOREIGN KEY (b, a) REFERENCES "My Shop".orders ("b c", a) MATCH FULL
                        ON UPDATE CASCADE ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
                      CONSTRAINT boss FOREIGN KEY (boss) REFERENCES users);
                    """);
            assertThat(renamed(database, "a", "order").constraints())
                    .containsExactly(new ConstraintText(
                            new Identifier("pair"),
                            "FOREIGN KEY (b, \"order\") REFERENCES \"My Shop\".orders(\"b c\", a) MATCH FULL"
                                    + " ON UPDATE CASCADE ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED",
                            Optional.empty(),
                            Optional.of(QualifiedName.of("My Shop", "orders"))));
            assertThat(renamed(database, "boss", "lead").constraints())
                    .containsExactly(new ConstraintText(
                            new Identifier("boss"),
                            "FOREIGN KEY (lead) REFERENCES public.users(id)",
                            Optional.empty(),
                            Optional.of(QualifiedName.of("public", "users"))));
        }
    }

    @ParameterizedTest
    @EnumSource
    void givesStatementsThatPostgresTakes(TestServer server) {
        try (TestDatabase database = TestDatabase.on(server)) {
            String role = database.newRole();
            database.execute("""
                    CREATE TABLE users (id int PRIMARY KEY, email text);
                    COMMENT ON COLUMN users.email IS 'it''s a \\ comment';
                    ALTER TABLE users ALTER COLUMN email SET STATISTICS 500,
                      ALTER COLUMN email SET STORAGE EXTERNAL,
                      ALTER COLUMN email SET (n_distinct = -0.5),
                      ALTER COLUMN email SET COMPRESSION pglz;
                    GRANT SELECT (email), UPDATE (email) ON users TO PUBLIC;
                    """, "GRANT SELECT (email) ON users TO " + role + " WITH GRANT OPTION");

            List<String> settings = renamed(database, "email", "mail").settings();
            assertThat(settings)
                    .containsExactlyInAnyOrder(
                            "COMMENT ON COLUMN public.users.mail IS E'it''s a \\\\ comment'",
                            "ALTER TABLE public.users ALTER COLUMN mail SET STATISTICS 500",
                            "ALTER TABLE public.users ALTER COLUMN mail SET STORAGE EXTERNAL",
                            "ALTER TABLE public.users ALTER COLUMN mail SET COMPRESSION pglz",
                            "ALTER TABLE public.users ALTER COLUMN mail SET (n_distinct=-0.5)",
                            "GRANT SELECT (mail) ON public.users TO PUBLIC",
                            "GRANT UPDATE (mail) ON public.users TO PUBLIC",
                            "GRANT SELECT (mail) ON public.users TO " + role + " WITH GRANT OPTION");

            database.execute("ALTER TABLE users ADD COLUMN mail text");
            settings.forEach(database::execute);
            String settingsOf = """
                    SELECT concat_ws(' ', col_description(attrelid, attnum), attstattarget, attstorage, attcompression,
                      attoptions, attacl) FROM pg_attribute
                    WHERE attrelid = 'users'::regclass AND attname = ?
                    """;
            assertThat(database.one(String.class, settingsOf, "mail"))
                    .isEqualTo(database.one(String.class, settingsOf, "email"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void complainsAboutAColumnThatIsMissingOrTaken(TestServer server) {
        try (TestDatabase database = TestDatabase.on(server)) {
            database.execute("CREATE TABLE users (id int PRIMARY KEY, email text, mail text)");
            assertThat(probe(database, "emial", "x").complaints().getFirst().message())
                    .isEqualTo("PostgreSQL refuses the new name: column \"emial\" does not exist.");
            assertThat(probe(database, "email", "mail").complaints().getFirst().message())
                    .isEqualTo(
                            "PostgreSQL refuses the new name: column \"mail\" of relation \"users\" already exists.");
        }
    }
}
