package dev.neap.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.neap.change.yaml.ChangeFile;
import dev.neap.plan.Planner;
import dev.neap.plan.Refused;
import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.run.Inspection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Change files that are well written and can't be carried out on the table that they name. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImpossibleChangesIT {

    private static final int REFUSED = 3;

    private final TestDatabase db = TestDatabase.on(TestServer.NEWEST);
    private final InProcess neap = InProcess.on(db);

    @TempDir
    private Path directory = Path.of("");

    /**
     * @param why in a few words
     * @param table line 2 of the file
     * @param rest of the file, from line 3 on
     * @param line where the mistake is
     * @param message what must be said about it
     */
    record Impossible(String why, String table, String rest, int line, String message) {

        String yaml() {
            return "change: " + why.replace(' ', '-') + "\ntable: " + table + "\n" + rest;
        }

        @Override
        public String toString() {
            return why;
        }
    }

    static Stream<Impossible> impossible() {
        return Stream.of(
                new Impossible("no such table", "public.user", """
                        operations:
                          - drop_column: {name: email}
                        """, 2, "There is no table public.\"user\" in this database. Did you mean public.users?"),
                new Impossible("no such schema", "nowhere.users", """
                        operations:
                          - drop_column: {name: name}
                        """, 2, "There is no table nowhere.users"),
                new Impossible("a view", "public.emails", """
                        operations:
                          - add_column: {name: x, type: text}
                        """, 2, "public.emails is a view, and only tables can be changed."),
                new Impossible("a sequence", "public.numbers", """
                        operations:
                          - add_column: {name: x, type: text}
                        """, 2, "only tables can be changed."),
                new Impossible("a materialized view", "public.names", """
                        operations:
                          - backfill: {set: {name: "'x'"}}
                        """, 2, "only tables can be changed."),
                new Impossible("no such column", "public.users", """
                        operations:
                          - set_not_null:
                              column: nmae
                        """, 5, "Table public.users has no column nmae. Did you mean name?"),
                new Impossible("no such column to fill", "public.users", """
                        operations:
                          - backfill:
                              set:
                                agee: "1"
                        """, 6, "agee"),
                new Impossible("no such column in an expression", "public.users", """
                        operations:
                          - add_column:
                              name: email_lower
                              type: text
                              from: lower(emial)
                        """, 7, "emial"),
                new Impossible("no such function", "public.users", """
                        operations:
                          - add_column: {name: x, type: text, from: lowercase(email)}
                        """, 4, "lowercase"),
                new Impossible("no such type", "public.users", """
                        operations:
                          - add_column:
                              name: x
                              type: txt
                        """, 6, "txt"),
                new Impossible("a type that rewrites", "public.users", """
                        operations:
                          - add_column:
                              name: number
                              type: bigserial
                        """, 6, "rewrites the table"),
                new Impossible("an expression of another type", "public.users", """
                        operations:
                          - add_column:
                              name: x
                              type: integer
                              from: email
                        """, 7, "x"),
                new Impossible("a backfill of another type", "public.users", """
                        operations:
                          - backfill:
                              set: {age: upper(email)}
                        """, 5, "age"),
                new Impossible("a condition that is none", "public.users", """
                        operations:
                          - backfill:
                              set: {age: 1}
                              where: email
                        """, 6, "boolean"),
                new Impossible("a syntax error", "public.users", """
                        operations:
                          - add_column: {name: x, type: text, from: lower(email) email name}
                        """, 4, "syntax error"),
                new Impossible("an open parenthesis", "public.users", """
                        operations:
                          - add_column: {name: x, type: text, from: lower(email}
                        """, 4, "a parenthesis without an end"),
                new Impossible("a second statement", "public.users", """
                        operations:
                          - backfill:
                              set: {age: "1; DROP TABLE users"}
                        """, 5, ""),
                new Impossible("a volatile from", "public.users", """
                        operations:
                          - add_column:
                              name: x
                              type: double precision
                              from: random()
                        """, 7, "is volatile"),
                new Impossible("a volatile where", "public.users", """
                        operations:
                          - backfill:
                              set: {age: 1}
                              where: random() < 0.5
                        """, 6, "The condition is volatile"),
                new Impossible("a from that reads itself", "public.users", """
                        operations:
                          - add_column:
                              name: x
                              type: text
                              from: x || email
                        """, 7, "x"),
                new Impossible("a column that is there", "public.users", """
                        operations:
                          - set_not_null: {column: name}
                          - add_column:
                              name: age
                              type: integer
                        """, 6, "Table public.users already has a column age."),
                new Impossible("an index that is there", "public.users", """
                        operations:
                          - create_index:
                              name: users_email_key
                              columns: [email]
                        """, 4, "users_email_key"),
                new Impossible("an index name of another table", "public.users", """
                        operations:
                          - create_index:
                              name: orders_amount
                              columns: [age]
                        """, 4, "orders_amount"),
                new Impossible("a name that a table has", "public.users", """
                        operations:
                          - create_index: {name: orders, columns: [age]}
                        """, 4, "orders"),
                new Impossible("an index over no such column", "public.users", """
                        operations:
                          - create_index: {name: x, columns: [agee]}
                        """, 4, "agee"),
                new Impossible("an index over a volatile expression", "public.users", """
                        operations:
                          - create_index: {name: x, columns: ["(random())"]}
                        """, 4, "IMMUTABLE"),
                new Impossible("an index without operator class", "public.users", """
                        operations:
                          - create_index: {name: x, columns: [place]}
                        """, 4, "operator class"),
                new Impossible("a unique index that spans partitions", "public.events", """
                        operations:
                          - create_index: {name: events_kind, columns: [kind], unique: true}
                        """, 4, "is partitioned by at"),
                new Impossible("a check that is none", "public.users", """
                        operations:
                          - add_check: {name: c, check: email}
                        """, 4, "boolean"),
                new Impossible("a foreign key to nowhere", "public.users",
                        """
                                operations:
                                  - add_foreign_key: {name: f, columns: [age], references: {table: public.nobody, columns: [id]}}
                                """,
                        4, "There is no table public.nobody"),
                new Impossible("a foreign key to what is not unique", "public.users",
                        """
                                operations:
                                  - add_foreign_key: {name: f, columns: [age], references: {table: public.users, columns: [age]}}
                                """,
                        4, "(age) of table public.users is not unique, and only what is unique can be referenced."),
                new Impossible("a foreign key to a column that is not there", "public.users",
                        """
                                operations:
                                  - add_foreign_key: {name: f, columns: [age], references: {table: public.orders, columns: [no]}}
                                """,
                        4, "The columns of table public.orders are id, user_code, amount."),
                new Impossible("a foreign key of another type", "public.users",
                        """
                                operations:
                                  - add_foreign_key: {name: f, columns: [place], references: {table: public.orders, columns: [id]}}
                                """,
                        4, "It would reference (id) of table public.orders."),
                new Impossible("a default of another type", "public.users", """
                        operations:
                          - set_default: {column: age, default: "'young'"}
                        """, 4, "invalid input syntax"),
                new Impossible("a column that a view uses", "public.users", """
                        operations:
                          - set_not_null: {column: name}
                        contract:
                          - drop_column:
                              name: email
                        """, 7, "View public.emails uses column email."),
                new Impossible("a column that a foreign key references", "public.users", """
                        contract:
                          - drop_column: {name: code}
                        """, 4, "Foreign key orders_user_code_fkey of table public.orders references column code."),
                new Impossible("a column that another is generated from", "public.users", """
                        contract:
                          - drop_column: {name: first}
                        """, 4, "Column shout is generated from column first."),
                new Impossible("a column that a policy uses", "public.users", """
                        contract:
                          - drop_column: {name: team}
                        """, 4, "Policy own_team uses column team."),
                new Impossible("a column that a trigger names", "public.users", """
                        contract:
                          - drop_column: {name: watched}
                        """, 4, "Trigger watch names column watched."),
                new Impossible("a key renamed", "public.orders", """
                        operations:
                          - rename_column: {from: id, to: number}
                        """, 4, "primary key constraint orders_pkey"),
                new Impossible("an identity column renamed", "public.users", """
                        operations:
                          - rename_column: {from: id, to: number}
                        """, 4, "generated by PostgreSQL (identity)"),
                new Impossible("renamed to what is there", "public.users", """
                        operations:
                          - rename_column: {from: name, to: age}
                        """, 4, "already"),
                new Impossible("an identity column set", "public.users", """
                        operations:
                          - backfill:
                              set:
                                id: id + 1
                        """, 6, "Column id is generated by PostgreSQL and can't be set."),
                new Impossible("a generated column set", "public.users", """
                        operations:
                          - backfill: {set: {shout: "'x'"}}
                        """, 4, "shout"),
                new Impossible("once without a key", "public.heap", """
                        operations:
                          - backfill: {set: {n: n + 1}}
                        """, 3, "must change each row exactly once"),
                new Impossible("once in block order", "public.users", """
                        operations:
                          - backfill: {set: {age: age + 1}}
                        backfill:
                          order: block
                        """, 3, "must change each row exactly once"),
                new Impossible("key order without a key", "public.heap", """
                        operations:
                          - backfill: {set: {note: "'x'"}}
                        backfill:
                          order: key
                        """, 6, "has no unique NOT NULL key"),
                new Impossible("not null without a value", "public.users", """
                        operations:
                          - add_column:
                              name: x
                              type: text
                              not_null: true
                        """, 7, "nothing says which value existing rows get"),
                new Impossible("not null twice", "public.users", """
                        operations:
                          - set_not_null: {column: email}
                        """, 4, "is NOT NULL already"),
                new Impossible("one column filled twice", "public.users", """
                        operations:
                          - set_not_null: {column: age, fill: "1"}
                          - set_not_null: {column: age, fill: "2"}
                        """, 5, "Two operations of this change say which values column age gets."),
                new Impossible("a fill that reads the column", "public.users", """
                        operations:
                          - set_not_null: {column: age, fill: age + 1}
                        """, 4, "reads the column itself"));
    }

    @BeforeAll
    void create() {
        db.execute(
                """
                        CREATE TABLE users (
                          id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email text NOT NULL, name text, age int, first text,
                          shout text GENERATED ALWAYS AS (first || '!') STORED, place point, team text, watched text,
                          code text UNIQUE);
                        CREATE UNIQUE INDEX users_email_key ON users (email);
                        INSERT INTO users (email) SELECT i || '@x.org' FROM generate_series(1, 10) i;
                        CREATE VIEW emails AS SELECT email FROM users;
                        CREATE MATERIALIZED VIEW names AS SELECT name FROM users;
                        CREATE SEQUENCE numbers;
                        CREATE TABLE orders (id int PRIMARY KEY, user_code text REFERENCES users (code), amount int);
                        CREATE INDEX orders_amount ON orders (amount);
                        CREATE TABLE events (id int, at date, kind text, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
                        CREATE TABLE events_now PARTITION OF events DEFAULT;
                        CREATE TABLE heap (n int, note text);
                        CREATE POLICY own_team ON users USING (team = current_user);
                        CREATE FUNCTION watch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
                        CREATE TRIGGER watch AFTER UPDATE OF watched ON users FOR EACH ROW EXECUTE FUNCTION watch();
                        """);
    }

    @AfterAll
    void close() {
        neap.close();
        db.close();
    }

    @ParameterizedTest
    @MethodSource("impossible")
    void areRefusedAtTheirLineAndNothingIsDone(Impossible change) {
        ChangeFile file = InProcess.change(change.yaml());
        String before = catalog("");

        // As plan does it.
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> Planner.plan(
                        file.change(), new Inspection(db.dataSource()).inspect(file.change())))
                .satisfies(refused -> located(change, file, refused));
        assertThat(catalog("")).isEqualTo(before);

        // As run does it, which makes its own schema first.
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> neap.runs().run(file, neap.watcher()))
                .satisfies(refused -> located(change, file, refused));
        assertThat(catalog("neap")).isEqualTo(before.lines()
                .filter(line -> !line.startsWith("neap"))
                .collect(Collectors.joining("\n")));
        for (String table : List.of("run", "lease", "checkpoint", "batch_job_instance")) {
            assertThat(db.one(Long.class, "SELECT count(*) FROM neap." + table)).as(table).isZero();
        }
    }

    private static void located(Impossible change, ChangeFile file, Refused refused) {
        assertThat(refused.problems()).allSatisfy(problem -> {
            assertThat(problem.fact()).isNotBlank();
            assertThat(problem.remedy()).endsWith(problem.remedy().endsWith("?") ? "?" : ".");
        });
        assertThat(refused.problems().stream().map(file::locate))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("test.yaml:" + change.line() + ": ")
                        .contains(change.message()));
    }

    @Test
    void areRefusedByTheCommandLineWithTheirCode() throws IOException {
        try (TestDatabase untouched = TestDatabase.on(TestServer.OLDEST)) {
            untouched.execute("CREATE TABLE users (id int PRIMARY KEY, email text)");
            Path file = directory.resolve("wrong.yaml");
            Files.writeString(file, """
                    change: wrong
                    table: public.users
                    operations:
                      - add_column:
                          name: email_lower
                          type: text
                          from: lower(emial)
                    """);
            try (NeapProcess plan = command("plan", file, untouched);
                    NeapProcess run = command("run", file, untouched)) {
                assertThat(plan.await()).as(plan.output()).isEqualTo(REFUSED);
                assertThat(plan.output()).contains("wrong.yaml:7: ").contains("emial");
                assertThat(run.await()).as(run.output()).isEqualTo(REFUSED);
                assertThat(run.output()).contains("wrong.yaml:7: ").contains("emial");
            }
            assertThat(untouched.list(
                    String.class, "SELECT attname FROM pg_attribute WHERE attrelid = 'users'::regclass AND attnum > 0"))
                    .containsExactly("id", "email");
            assertThat(untouched.one(Long.class, "SELECT count(*) FROM neap.run")).isZero();
        }
    }

    @Test
    void leaveNotEvenASchemaBehindWhenOnlyPlanned() throws IOException {
        try (TestDatabase untouched = TestDatabase.on(TestServer.NEWEST)) {
            Path file = directory.resolve("wrong.yaml");
            Files.writeString(file, "change: wrong\ntable: public.users\ncontract: [{drop_column: {name: x}}]\n");
            try (NeapProcess plan = command("plan", file, untouched)) {
                assertThat(plan.await()).as(plan.output()).isEqualTo(REFUSED);
                assertThat(plan.output()).contains("wrong.yaml:2: There is no table public.users");
            }
            assertThat(untouched.one(Long.class, "SELECT count(*) FROM pg_namespace WHERE nspname = 'neap'"))
                    .isZero();
        }
    }

    @Test
    void areRefusedWhereTheTableBelongsToSomeoneElse() {
        try (TestDatabase shop = TestDatabase.on(TestServer.NEWEST)) {
            String role = shop.newRole();
            shop.execute(
                    "CREATE TABLE users (id int PRIMARY KEY, email text)",
                    "INSERT INTO users VALUES (1, 'A')",
                    "GRANT SELECT, INSERT, UPDATE, DELETE ON users TO " + role,
                    "GRANT CREATE ON DATABASE " + shop.name() + " TO " + role);
            String before = catalog(shop, "neap");
            ChangeFile file = InProcess.change("""
                    change: not-mine
                    table: public.users
                    operations:
                      - add_column: {name: email_lower, type: text, from: lower(email)}
                    """);
            try (InProcess stranger = InProcess.on(shop.uri(), role, Map.of())) {
                assertThatExceptionOfType(Refused.class)
                        .isThrownBy(() -> stranger.runs().run(file, stranger.watcher()))
                        .satisfies(refused -> assertThat(refused.problems().stream().map(file::locate))
                                .anySatisfy(line -> assertThat(line)
                                        .startsWith("test.yaml:2: table public.users: It belongs to role postgres")
                                        .contains("GRANT postgres TO " + role)));
            }
            assertThat(catalog(shop, "neap")).isEqualTo(before);
            assertThat(shop.one(Long.class, "SELECT count(*) FROM neap.run")).isZero();
        }
    }

    private NeapProcess command(String name, Path file, TestDatabase database) {
        return NeapProcess.start(
                directory, name, file.toString(), "--url", database.uri(), "--user", database.user());
    }

    private String catalog(String except) {
        return catalog(db, except);
    }

    /** Everything that the catalog says of users' schemas, a line each, sorted. */
    private static String catalog(TestDatabase database, String except) {
        return String.join("\n", database.list(
                String.class,
                """
                        SELECT n.nspname || ' ' || line
                        FROM pg_namespace n, LATERAL (
                          SELECT 'schema' UNION ALL
                          SELECT format('%s %s %s %s %s %s', c.relname, c.relkind, c.relfilenode, c.relacl, c.reloptions,
                            c.relhastriggers) FROM pg_class c WHERE c.relnamespace = n.oid UNION ALL
                          SELECT format('%s.%s %s %s %s', c.relname, a.attname, a.atttypid, a.attnotnull, a.attisdropped)
                            FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
                            WHERE c.relnamespace = n.oid AND a.attnum > 0 UNION ALL
                          SELECT format('%s %s', k.conname, pg_get_constraintdef(k.oid))
                            FROM pg_constraint k WHERE k.connamespace = n.oid UNION ALL
                          SELECT format('%s %s', c.relname, t.tgname)
                            FROM pg_class c JOIN pg_trigger t ON t.tgrelid = c.oid WHERE c.relnamespace = n.oid UNION ALL
                          SELECT p.proname::text FROM pg_proc p WHERE p.pronamespace = n.oid) AS l (line)
                        WHERE n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', ?)
                        ORDER BY 1
                        """,
                except));
    }
}
