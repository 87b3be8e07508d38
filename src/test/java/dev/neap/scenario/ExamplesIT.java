package dev.neap.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.change.ChangeName;
import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.run.RunState;
import dev.neap.run.WindowUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every file of {@code jobs/} from beginning to end, while an application goes on working: run, rolled back, run again,
 * completed. In the end the table is what plain statements would have made of it, but for the order of its columns. With
 * {@code -Dneap.scenario.only=05,28} only those, with {@code -Dneap.scenario.server=NEWEST} only on that server, and with
 * {@code -Dneap.scenario.rows=1000000} on tables of that many rows.
 */
class ExamplesIT {

    static final List<Example> EXAMPLES = List.of(
            // In the old release, all code writes email; the new one is the first that leaves it out.
            Example.of("01-normalize-email")
                    .insertingOnly("email_normalized")
                    .withoutRowWhere("email_normalized IS DISTINCT FROM lower(trim(email_normalized))"),
            Example.of("02-add-column-constant-default").withoutRowWhere("priority IS NULL"),
            Example.of("03-add-column-volatile-default").drawing("token").withoutRowWhere("token IS NULL"),
            Example.of("04-add-column-computed"),
            Example.of("05-rename-column"),
            Example.of("06-set-not-null").requiring("sku").withoutRowWhere("country IS NULL"),
            Example.of("07-create-index-unique"),
            Example.of("08-create-index-partial"),
            Example.of("09-create-index-expression"),
            Example.of("10-drop-column"),
            Example.of("11-backfill-where").requiring("status").withoutRowWhere("status IS NULL"),
            // Twice, since a rollback keeps what a backfill wrote; the rows that the application inserts count from 0.
            // No user types a number in this test: the class would refuse what the application writes as texts.
            Example.of("16-transform-phone-number")
                    .leaving("phone", "country", "phone_e164")
                    .withoutRowWhere("phone IS NOT NULL AND phone_e164 IS NULL"),
            Example.of("12-backfill-counter")
                    .leaving("n")
                    .drawing("n")
                    .changingRowsForGood()
                    .withoutRowWhere("id <= 5000 AND n <> 2 OR n NOT BETWEEN 0 AND 2"),
            Example.of("13-delete").withoutRowWhere("last_seen < '2020-01-01 00:00 UTC'"),
            Example.of("14-archive")
                    .withoutRowWhere("placed_at < '2020-01-01 00:00 UTC' OR id IN (SELECT id FROM archive.orders)"),
            Example.of("17-window"),
            Example.of("18-add-check").withoutRowWhere("total < 0"),
            Example.of("19-add-unique"),
            Example.of("20-add-primary-key").requiring("sensor").withoutRowWhere("sensor IS NULL"),
            // The application knows no customer's number.
            Example.of("21-add-foreign-key").leaving("customer_id"),
            Example.of("22-drop-constraint"),
            Example.of("23-drop-index"),
            Example.of("24-replace-index"),
            Example.of("25-drop-not-null"),
            Example.of("26-set-default").leaving("status", "token"),
            Example.of("27-rebuild-index"),
            Example.of("28-change-type"),
            Example.of("29-change-type-at-once"),
            Example.of("30-split-column"),
            Example.of("31-merge-columns"),
            Example.of("32-rename-table").toldByKey().endingAs("public.subscribers"),
            // Who writes a row while another moves it to another partition gets an error of PostgreSQL's (40001): so none is.
            Example.of("34-partition-by-range").toldByKey().leaving("sensor", "taken_at"),
            Example.of("35-partition-by-hash").toldByKey().leaving("id"),
            Example.of("36-partition-by-list").toldByKey().leaving("id", "country"),
            // No order replaces one that nobody knows; each gets its first line by a trigger.
            Example.of("37-widen-key")
                    .leaving("replaces")
                    .changingToo("public.order_lines")
                    .withoutRowWhere("NOT EXISTS (SELECT FROM public.order_lines WHERE order_id = orders.id)"),
            Example.of("38-sql"),
            Example.of("39-sql-outside-of-transactions"),
            // From the moment on at which the tables change places, no code may know the code any more.
            Example.of("40-restructure-table").toldByKey().leaving("carrier", "legacy_code"),
            Example.of("41-rewrite-table").toldByKey().leaving("id"),
            // What becomes of a payment after it was copied is not followed; its key is as it was when it was copied.
            Example.of("15-copy")
                    .requiring("amount")
                    .withoutRowWhere("id <= 5000 AND NOT EXISTS (SELECT FROM reports.payments AS there"
                            + " WHERE there.id = payments.id AND year IS NOT NULL AND source = 'payments')"));

    /** Nobody uses its table any more. */
    static final Example DROPPED = Example.of("33-drop-table");

    private static final String IS_THERE = "SELECT to_regclass('public.old_sessions') IS NOT NULL";

    private static final Map<String, String> SETTINGS = Map.of("neap.ddl.lock-timeout", "300ms",
            "neap.backfill.chunk-duration", "20ms");

    /** Twice the lock_timeout: the wait itself, and what a step then does under its lock on a busy machine. */
    private static final int PATIENCE_MILLIS = 600;

    private static final String PATIENCE = PATIENCE_MILLIS + "ms";

    /**
     * Of 10 ms each and more. By default as many as a busy machine may need for what it does in one; on a quiet one
     * {@code -Dneap.scenario.looks=10} asks that no ACCESS EXCLUSIVE lock is seen for 100 ms.
     */
    private static final int MOST_LOOKS = Integer.getInteger("neap.scenario.looks", 50);

    static Stream<Arguments> everyExampleOnEveryServer() {
        return EXAMPLES.stream()
                .filter(example -> example.isWanted(""))
                .flatMap(example -> Arrays.stream(TestServer.values())
                        .filter(server -> System.getProperty("neap.scenario.server", server.name())
                                .equals(server.name()))
                        .map(server -> Arguments.of(example, server)));
    }

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("everyExampleOnEveryServer")
    void becomesWhatPlainStatementsWouldMake(Example example, TestServer server) {
        try (TestDatabase db = TestDatabase.on(server);
                Twin twin = new Twin(server, example).changedDirectly();
                InProcess neap = InProcess.on(db, SETTINGS);
                LockWatch locks = new LockWatch(db)) {
            example.prepare(db);
            ChangeName name = example.change().change().name();
            ChangeName again = example.changeAgain().change().name();
            Release old = Release.old(example, TableColumns.of(db, example.table()));
            List<String> before = Example.catalog(db, example.tables());

            boolean gated;
            List<String> errors = new ArrayList<>();
            try (Application application = new Application(db, old, PATIENCE)) {
                neap.runs().run(example.change(), WindowUse.IGNORE, neap.watcher());
                application.busyFor(50);
                neap.runs().rollback(name, neap.watcher());
                application.busyFor(50);
                assertThat(Example.catalog(db, example.tables())).isEqualTo(before);
                assertThat(Residue.in(db)).isEmpty();
                gated = neap.runs()
                        .run(example.changeAgain(), WindowUse.IGNORE, neap.watcher())
                        .state() == RunState.READY;
                application.busyFor(50);
                errors.addAll(application.errors());
            }
            assertThat(errors).isEmpty();
            assertSameRows(db, server, example);

            Release next = Release.next(example, twin.columns());
            if (gated) {
                try (Application oldest = new Application(db, old, PATIENCE);
                        Application newest = new Application(db, next, PATIENCE)) {
                    oldest.busyFor(150);
                    newest.busyFor(150);
                    errors.addAll(oldest.errors());
                    errors.addAll(newest.errors());
                }
                assertThat(errors).isEmpty();
                assertSameRows(db, server, example);
            }
            try (Application newest = new Application(db, next, PATIENCE)) {
                newest.busyFor(50);
                assertThat(neap.runs().complete(again, WindowUse.IGNORE, neap.watcher()).state())
                        .isEqualTo(RunState.COMPLETED);
                newest.busyFor(50);
                errors.addAll(newest.errors());
            }
            assertThat(errors).isEmpty();
            assertThat(locks.looks()).as(locks::toString).isLessThan(MOST_LOOKS);
            assertThat(locks.longestWait()).as(locks::toString).isLessThan(PATIENCE_MILLIS);
            assertThat(Residue.in(db)).isEmpty();
            assertThat(Example.catalog(db, example.lastTables())).isEqualTo(twin.catalog());
            assertThat(
                    db.list(Long.class,
                            "SELECT count(*) FROM %s WHERE %s".formatted(example.lastTable(), example.wrong())))
                    .containsExactly(0L);
        }
    }

    private static void assertSameRows(TestDatabase db, TestServer server, Example example) {
        try (Twin twin = new Twin(server, example).withRowsOf(db).changedDirectly()) {
            List<String> rows = twin.rowsOf(db);
            List<String> direct = twin.rows();
            assertThat(rows).hasSameSizeAs(direct);
            assertThat(IntStream.range(0, rows.size())
                    .filter(i -> !rows.get(i).equals(direct.get(i)))
                    .mapToObj(i -> rows.get(i) + " for " + direct.get(i))
                    .limit(10))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void dropsATableThatNobodyUses(TestServer server) {
        try (TestDatabase db = TestDatabase.on(server); InProcess neap = InProcess.on(db, SETTINGS)) {
            DROPPED.prepare(db);
            ChangeName name = DROPPED.change().change().name();
            List<String> before = Example.catalog(db, DROPPED.tables());

            neap.runs().run(DROPPED.change(), WindowUse.IGNORE, neap.watcher());
            assertThat(db.list(Boolean.class, IS_THERE)).containsExactly(false);
            neap.runs().rollback(name, neap.watcher());
            assertThat(Example.catalog(db, DROPPED.tables())).isEqualTo(before);
            assertThat(Residue.in(db)).isEmpty();
            neap.runs().run(DROPPED.change(), WindowUse.IGNORE, neap.watcher());
            assertThat(neap.runs().complete(name, WindowUse.IGNORE, neap.watcher()).state())
                    .isEqualTo(RunState.COMPLETED);

            assertThat(db.list(Boolean.class, IS_THERE)).containsExactly(false);
            assertThat(Residue.in(db)).isEmpty();
            assertThat(db.list(Long.class, "SELECT count(*) FROM public.accounts")).containsExactly(10L);
        }
    }

    @Test
    void leavesNoFileOut() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("jobs"))) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(file -> file.endsWith(".yaml")))
                    .containsExactlyInAnyOrderElementsOf(
                            Stream.concat(EXAMPLES.stream(), Stream.of(DROPPED))
                                    .map(example -> example.file() + ".yaml")
                                    .toList());
        }
    }
}
