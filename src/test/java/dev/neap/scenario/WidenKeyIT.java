package dev.neap.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neap.change.Change;
import dev.neap.change.ChangeName;
import dev.neap.change.yaml.ChangeFile;
import dev.neap.plan.Planner;
import dev.neap.plan.Refused;
import dev.neap.postgres.Await;
import dev.neap.postgres.Background;
import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.run.Inspection;
import dev.neap.run.Outcome;
import dev.neap.run.RunFailed;
import dev.neap.run.RunState;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A key that other tables reference, while they are all written. */
class WidenKeyIT {

    private static final String TABLES = """
            CREATE SCHEMA bank;
            CREATE TABLE accounts (id serial PRIMARY KEY, owner text NOT NULL,
              parent int REFERENCES accounts ON UPDATE CASCADE ON DELETE SET NULL);
            CREATE TABLE cards (
              id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
              account_id int REFERENCES accounts ON UPDATE CASCADE ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED
            );
            CREATE INDEX ON cards (account_id);
            CREATE TABLE bank.holders (
              account_id int REFERENCES public.accounts ON UPDATE CASCADE ON DELETE CASCADE,
              person int,
              PRIMARY KEY (account_id, person)
            );
            INSERT INTO accounts (owner) SELECT 'owner ' || n FROM generate_series(1, 3000) AS n;
            UPDATE accounts SET parent = id - 1 WHERE id % 3 = 0;
            INSERT INTO cards (account_id) SELECT id FROM accounts;
            INSERT INTO bank.holders SELECT id, n FROM accounts, generate_series(1, 2) AS n;
            ANALYZE accounts, cards, bank.holders;
            """;

    private static final List<String> NAMES = List.of("accounts", "cards", "bank.holders");

    private static final ChangeFile CHANGE = InProcess.change("""
            change: widen-accounts
            table: public.accounts
            operations:
              - widen_key: {column: id}
            """);

    private static final ChangeName NAME = CHANGE.change().name();

    private static final Map<String, String> SETTINGS = Map.of("neap.ddl.lock-timeout", "300ms",
            "neap.backfill.chunk-duration", "20ms");

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void everyReferenceIsGuardedAtEveryMoment(TestServer server) {
        try (TestDatabase db = TestDatabase.on(server);
                TestDatabase direct = TestDatabase.on(server);
                InProcess neap = InProcess.on(db, SETTINGS)) {
            db.execute(TABLES);
            direct.execute(TABLES);
            List<String> before = Example.catalog(db, NAMES);
            try (Accounts accounts = new Accounts(db)) {
                assertThat(neap.runs().run(CHANGE, neap.watcher()).state()).isEqualTo(RunState.READY);
                accounts.busyFor(100);
                assertThat(neap.runs().rollback(NAME, neap.watcher()).state()).isEqualTo(RunState.ROLLED_BACK);
                accounts.busyFor(100);
                assertThat(Example.catalog(db, NAMES)).isEqualTo(before);
                assertThat(Residue.in(db)).isEmpty();
                assertThat(neap.runs().run(CHANGE, neap.watcher()).state()).isEqualTo(RunState.READY);
                accounts.busyFor(100);
                assertThat(neap.runs().complete(NAME, neap.watcher()).state()).isEqualTo(RunState.COMPLETED);
                accounts.busyFor(100);
                assertThat(accounts.errors()).isEmpty();
            }
            assertThat(Residue.in(db)).isEmpty();
            direct.execute("""
                    ALTER TABLE accounts ALTER COLUMN id TYPE bigint, ALTER COLUMN parent TYPE bigint;
                    ALTER TABLE cards ALTER COLUMN account_id TYPE bigint;
                    ALTER TABLE bank.holders ALTER COLUMN account_id TYPE bigint;
                    """);
            assertThat(Example.catalog(db, NAMES)).isEqualTo(Example.catalog(direct, NAMES));
            assertThat(db.list(String.class, "SELECT data_type::text FROM information_schema.sequences"
                    + " WHERE sequence_name = 'accounts_id_seq'"))
                    .containsExactly("bigint");
        }
    }

    @Test
    void holdsForDeadRowsOfTheTableAtWorkOnly() throws Exception {
        try (TestDatabase db = TestDatabase.on(TestServer.NEWEST); InProcess neap = InProcess.on(db, SETTINGS)) {
            db.execute(
                    TABLES,
                    """
                            ALTER TABLE accounts SET (autovacuum_enabled = false);
                            ALTER TABLE cards SET (autovacuum_enabled = false)""");
            db.execute(
                    "INSERT INTO cards (account_id) SELECT NULL FROM generate_series(1, 12000)",
                    "DELETE FROM cards WHERE account_id IS NULL");
            Await.until("it is known how many are dead", () -> db.one(
                    Long.class, "SELECT n_dead_tup FROM pg_stat_user_tables WHERE relname = 'cards'") == 12_000);
            CompletableFuture<Outcome> run = Background.begin(() -> neap.runs().run(InProcess.change("""
                    change: widen-accounts
                    table: public.accounts
                    operations:
                      - widen_key: {column: id}
                    pace: {signals: {dead_rows: {limit: 70%, every: 200ms}}}
                    """), neap.watcher()));
            Await.until("it holds", () -> !neap.waits().isEmpty());
            assertThat(run).isNotDone();
            db.execute("VACUUM cards");
            assertThat(run.get(60, TimeUnit.SECONDS).state()).isEqualTo(RunState.READY);
            assertThat(neap.waits())
                    .allMatch(why -> why.matches("80 % of the rows of public.cards are dead \\(limit 70 %\\)"));
        }
    }

    @Test
    void goesOnBeyondTheOldTypeAndThenOnlyForward() {
        try (TestDatabase db = TestDatabase.on(TestServer.NEWEST);
                InProcess neap = InProcess.on(db, SETTINGS)) {
            db.execute(TABLES);
            neap.runs().run(CHANGE, neap.watcher());
            db.execute("SELECT setval('accounts_id_seq', 2147483640)");
            db.execute("INSERT INTO accounts (owner) SELECT 'late ' || n FROM generate_series(1, 20) AS n");
            db.execute("INSERT INTO cards (account_id) SELECT id FROM accounts WHERE owner LIKE 'late %'");
            db.execute("UPDATE accounts SET parent = id WHERE owner LIKE 'late %'");

            assertThatThrownBy(() -> neap.runs().rollback(NAME, neap.watcher()))
                    .isInstanceOf(RunFailed.class)
                    .hasMessage(
                            "Table public.accounts has rows whose id does not fit into integer any more, and the way back"
                                    + " would lose them. Delete those rows or number them anew, then roll back; or finish the change"
                                    + " with: neap complete widen-accounts");
            assertThatThrownBy(() -> neap.runs()
                    .run(
                            InProcess.change("""
                                    change: note
                                    table: public.cards
                                    operations:
                                      - add_column: {name: note, type: text}
                                    """),
                            neap.watcher()))
                    .hasMessageContaining("Change widen-accounts is READY and works on table public.cards too");

            neap.runs().complete(NAME, neap.watcher());
            assertThat(db.list(Long.class, "SELECT max(id) FROM accounts")).containsExactly(2147483660L);
            assertThat(db.list(Long.class, "SELECT count(*) FROM cards WHERE account_id > 2147483647"))
                    .containsExactly(13L);
            assertThat(db.list(Long.class, "SELECT count(*) FROM accounts WHERE parent > 2147483647"))
                    .containsExactly(13L);
            assertThat(Residue.in(db)).isEmpty();
        }
    }

    @Test
    void canStillGoBackOnceTheLargeNumbersAreGone() {
        try (TestDatabase db = TestDatabase.on(TestServer.OLDEST);
                InProcess neap = InProcess.on(db, SETTINGS)) {
            db.execute(TABLES);
            List<String> before = Example.catalog(db, NAMES);
            neap.runs().run(CHANGE, neap.watcher());
            db.execute("INSERT INTO accounts (id, owner) VALUES (3000000000, 'late')");
            db.execute("INSERT INTO bank.holders (account_id, person) VALUES (3000000000, 1)");
            db.execute("UPDATE accounts SET id = 4000 WHERE id = 3000000000");

            neap.runs().rollback(NAME, neap.watcher());

            assertThat(Example.catalog(db, NAMES)).isEqualTo(before);
            assertThat(db.list(Integer.class, "SELECT account_id FROM bank.holders WHERE account_id > 3000"))
                    .containsExactly(4000);
            assertThat(Residue.in(db)).isEmpty();
        }
    }

    @Test
    void refusesWhatStandsInTheWay() {
        try (TestDatabase db = TestDatabase.on(TestServer.OLDEST)) {
            db.execute("""
                    CREATE TABLE pairs (a int, b int, PRIMARY KEY (a, b));
                    CREATE TABLE wide (id bigint PRIMARY KEY);
                    CREATE TABLE seen (id int PRIMARY KEY);
                    CREATE VIEW seers AS SELECT id FROM seen;
                    CREATE TABLE grand (id int PRIMARY KEY);
                    CREATE TABLE child (grand_id int PRIMARY KEY REFERENCES grand);
                    CREATE TABLE grandchild (grand_id int REFERENCES child);
                    CREATE TABLE whole (id int PRIMARY KEY);
                    CREATE TABLE parts (whole_id int REFERENCES whole) PARTITION BY HASH (whole_id);
                    CREATE TABLE twice (id int PRIMARY KEY);
                    CREATE TABLE twins (one int REFERENCES twice, two int REFERENCES twice, UNIQUE (one, two));
                    """);
            assertThat(refusal(db, "pairs", "a"))
                    .isEqualTo("Column a is not, by itself, the primary key of table public.pairs.");
            assertThat(refusal(db, "pairs", "c")).isEqualTo("Table public.pairs has no column c.");
            assertThat(refusal(db, "wide", "id"))
                    .isEqualTo("Column id of table public.wide is of type bigint, which bigint does not widen.");
            assertThat(refusal(db, "seen", "id")).isEqualTo("View public.seers uses column id.");
            assertThat(refusal(db, "grand", "id")).isEqualTo(
                    "Foreign key grandchild_grand_id_fkey of table public.grandchild references column grand_id.");
            assertThat(refusal(db, "whole", "id")).isEqualTo(
                    "Table public.parts is partitioned, and PostgreSQL builds no index on it concurrently.");
            assertThat(refusal(db, "twice", "id")).isEqualTo(
                    "Index twins_one_two_key of table public.twins uses two columns that have to be widened.");
        }
    }

    private static String refusal(TestDatabase db, String table, String column) {
        Change change = InProcess.change("""
                change: x
                table: public.%s
                operations:
                  - widen_key: {column: %s}
                """.formatted(table, column)).change();
        return Assertions
                .catchThrowableOfType(
                        Refused.class, () -> Planner.plan(change, new Inspection(db.dataSource()).inspect(change)))
                .problems()
                .getFirst()
                .fact();
    }
}
