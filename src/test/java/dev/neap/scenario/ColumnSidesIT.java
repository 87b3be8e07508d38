package dev.neap.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neap.change.ChangeName;
import dev.neap.plan.Refused;
import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.run.RunState;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Columns that are renamed, split or merged, written from both sides. */
class ColumnSidesIT {

    private static final ChangeName NAME = new ChangeName("split");

    private static final String SPLIT = """
            change: split
            table: public.people
            operations:
              - split_column:
                  column: name
                  into:
                    - {name: first, type: text, from: "split_part(name, ' ', 1)"}
                    - {name: last, type: text, from: "nullif(split_part(name, ' ', 2), '')"}
                  reverse: concat_ws(' ', first, last)
            irreversible: {backup: none, retention: none, approval: a test}
            """;

    private static String row(TestDatabase db, int id) {
        return db.one(String.class, "SELECT concat_ws('|', name, first, last) FROM people WHERE id = " + id);
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void keepsBothSidesRightWhicheverIsWritten(TestServer server) {
        try (TestDatabase db = TestDatabase.on(server);
                InProcess neap = InProcess.on(db)) {
            db.execute(
                    "CREATE TABLE people (id int PRIMARY KEY, name text)",
                    "INSERT INTO people SELECT i, 'Ann Lee  Esq.' FROM generate_series(1, 3000) i");
            // New code that is there too early, in a row to which the backfill has not come.
            neap.onEvent("keep rows right", () -> db.execute("UPDATE people SET first = 'Bea' WHERE id = 2999"));
            assertThat(neap.runs().run(InProcess.change(SPLIT), neap.watcher()).state()).isEqualTo(RunState.READY);
            assertThat(row(db, 2999)).isEqualTo("Bea Lee|Bea|Lee");
            // What the split can't keep is not taken from the old column by the backfill.
            assertThat(row(db, 1)).isEqualTo("Ann Lee  Esq.|Ann|Lee");

            db.execute(
                    "INSERT INTO people (id, name) VALUES (5001, 'Cy Dee')",
                    "INSERT INTO people (id, first, last) VALUES (5002, 'Mary Ann', 'Fox')",
                    "INSERT INTO people (id, name, first, last) VALUES (5003, 'New Side  Jr.', 'New', 'Side')",
                    "INSERT INTO people (id) VALUES (5004)",
                    "UPDATE people SET name = 'Gus' WHERE id = 2",
                    "UPDATE people SET last = NULL WHERE id = 3",
                    "UPDATE people SET name = 'Old Side', last = 'Newer' WHERE id = 4",
                    "UPDATE people SET id = 5005 WHERE id = 5002",
                    "UPDATE people SET name = name WHERE id = 5005");
            assertThat(List.of(5001, 5005, 5003, 5004, 2, 3, 4)).extracting(id -> row(db, id))
                    .containsExactly(
                            "Cy Dee|Cy|Dee",
                            "Mary Ann Fox|Mary Ann|Fox",
                            "New Side  Jr.|New|Side",
                            "",
                            "Gus|Gus",
                            "Ann|Ann",
                            "Ann Newer|Ann|Newer");
            // A load around the triggers would be lost with the old column.
            db.execute(
                    "ALTER TABLE people DISABLE TRIGGER USER",
                    "UPDATE people SET name = 'Hal Ives' WHERE id = 7",
                    "ALTER TABLE people ENABLE TRIGGER USER");
            assertThatThrownBy(() -> neap.runs().complete(NAME, neap.watcher()))
                    .hasMessageContaining("the contract has not begun");
            db.execute("UPDATE people SET first = 'Hal', last = 'Ives' WHERE id = 7");
            neap.runs().complete(NAME, neap.watcher());
            assertThat(db.rows("SELECT * FROM people WHERE id = 5005"))
                    .containsExactly(Map.of("id", 5005, "first", "Mary Ann", "last", "Fox"));
            assertThat(Residue.in(db)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void tellsOldCodeThatCopiesAWholeRowOfWhatItWouldLose(TestServer server) {
        try (TestDatabase db = TestDatabase.on(server);
                InProcess neap = InProcess.on(db)) {
            db.execute("CREATE TABLE people (id int PRIMARY KEY, mail text, name text, town text DEFAULT 'Ulm')");
            db.execute("INSERT INTO people VALUES (1, 'a@b', 'Ann Lee', 'Bonn')");
            neap.runs().run(InProcess.change("""
                    change: split
                    table: public.people
                    operations:
                      - rename_column: {from: mail, to: email}
                      - rename_column: {from: town, to: city}
                      - split_column:
                          column: name
                          into:
                            - {name: first, type: text, from: "split_part(name, ' ', 1)"}
                            - {name: last, type: text, from: "split_part(name, ' ', 2)"}
                          reverse: concat_ws(' ', first, last)
                    irreversible: {backup: none, retention: none, approval: a test}
                    """), neap.watcher());
            Map.of("mail", "email", "name", "first, last")
                    .forEach(
                            (old, renamed) -> assertThatThrownBy(() -> db.execute(copy(2, "copied." + old + " := 'x'")))
                                    .rootCause()
                                    .hasMessageContaining(
                                            "a row gives column " + old + " of table public.people and its successor "
                                                    + renamed
                                                    + " different values")
                                    .hasMessageContaining("Name the columns that the values are for."));
            // Neither a copy that changes none of them, nor a default, nor a trigger that fills the old one.
            db.execute(
                    copy(3, "copied.id := 3"),
                    "INSERT INTO people (id, mail, name) VALUES (4, 'c@d', 'Cy Dee')",
                    "INSERT INTO people (id, email, first, last, city) VALUES (5, 'e@f', 'Eve', 'Fox', 'Trier')",
                    """
                            CREATE FUNCTION fill() RETURNS trigger LANGUAGE plpgsql AS $$
                            BEGIN NEW.mail := 'none'; RETURN NEW; END $$;
                            CREATE TRIGGER fill BEFORE INSERT ON people FOR EACH ROW EXECUTE FUNCTION fill()""",
                    "INSERT INTO people (id, email, first) VALUES (6, 'g@h', 'Gus')");
            assertThat(db.list(
                    String.class,
                    "SELECT concat_ws('|', mail, email, name, first, last, town, city) FROM people ORDER BY id"))
                    .containsExactly(
                            "a@b|a@b|Ann Lee|Ann|Lee|Bonn|Bonn",
                            "a@b|a@b|Ann Lee|Ann|Lee|Bonn|Bonn",
                            "c@d|c@d|Cy Dee|Cy|Dee|Ulm|Ulm",
                            "e@f|e@f|Eve Fox|Eve|Fox|Trier|Trier",
                            "g@h|g@h|Gus|Gus|Ulm|Ulm");
        }
    }

    private static String copy(int id, String edit) {
        return """
                DO $$ DECLARE copied people; BEGIN
                  SELECT * INTO copied FROM people WHERE id = 1;
                  copied.id := %d;
                  %s;
                  INSERT INTO people VALUES (copied.*);
                END $$""".formatted(id, edit);
    }

    @Test
    void followsATableWithTriggersOfItsOwnAndOneWithoutAKey() {
        try (TestDatabase db = TestDatabase.on(TestServer.NEWEST);
                InProcess neap = InProcess.on(db)) {
            db.execute("""
                    CREATE TABLE people (id int, name text);
                    INSERT INTO people SELECT i, 'Ann Lee' || i FROM generate_series(1, 3000) i;
                    CREATE FUNCTION shout() RETURNS trigger LANGUAGE plpgsql AS $$
                    BEGIN NEW.name := upper(NEW.name); RETURN NEW; END $$;
                    CREATE TRIGGER shout BEFORE INSERT OR UPDATE ON people FOR EACH ROW EXECUTE FUNCTION shout()""");
            neap.onEvent("keep rows right", () -> db.execute("UPDATE people SET id = id + 0 WHERE id < 100"));
            assertThat(neap.runs().run(InProcess.change(SPLIT), neap.watcher()).state()).isEqualTo(RunState.READY);
            assertThat(row(db, 5)).isEqualTo("ANN LEE5|ANN|LEE5");
            assertThat(row(db, 500)).isEqualTo("ANN LEE500|ANN|LEE500");
            neap.runs().rollback(NAME, neap.watcher());
            assertThat(Residue.in(db)).isEmpty();
        }
    }

    @Test
    void refusesSidesThatDoNotFitEachOther() {
        try (TestDatabase db = TestDatabase.on(TestServer.NEWEST);
                InProcess neap = InProcess.on(db)) {
            db.execute("CREATE TABLE people (id int PRIMARY KEY, name text, a text, b text)");
            Map<String, String> messages = Map.of(
                    "split_column: {column: id, into: [{name: x, type: int, from: id}], reverse: x}",
                    "belongs to the primary key",
                    "split_column: {column: a, into: [{name: x, type: text, from: a}], reverse: a}",
                    "which is one of the old columns itself",
                    "split_column: {column: a, into: [{name: b, type: text, from: a}], reverse: b}",
                    "already has a column b",
                    "merge_columns: {columns: [a, b], into: {name: x, type: text, from: a || b}, reverse: {a: x}}",
                    "Nothing says how column b is made from x",
                    "merge_columns: {columns: [a], into: {name: x, type: text, from: a}, reverse: {a: x, b: x}}",
                    "is not one of those that are merged");
            messages.forEach((operation, message) -> assertThatExceptionOfType(Refused.class)
                    .as(operation)
                    .isThrownBy(() -> neap.runs()
                            .run(
                                    InProcess.change(
                                            "change: x\ntable: public.people\noperations:\n  - " + operation + "\n"),
                                    neap.watcher()))
                    .withMessageContaining(message));
        }
    }
}
