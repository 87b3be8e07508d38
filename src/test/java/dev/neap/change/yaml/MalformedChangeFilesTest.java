package dev.neap.change.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every mistake that the file alone shows is refused with its line. */
class MalformedChangeFilesTest {

    /**
     * One file with one mistake.
     *
     * @param text the file; where it does not begin with {@code change:}, {@link #HEAD} stands before it
     * @param line of the whole text
     * @param fact a phrase of the message's first part
     * @param remedy a phrase of its second part
     */
    record Mistake(String name, String text, int line, String fact, String remedy) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final String HEAD = "change: x\ntable: public.t\n";

    private static Mistake file(String name, String text, int line, String fact, String remedy) {
        return new Mistake(name, text, line, fact, remedy);
    }

    private static Mistake body(String name, String text, int line, String fact, String remedy) {
        return new Mistake(name, HEAD + text, line, fact, remedy);
    }

    private static Mistake operation(String name, String entry, int line, String fact, String remedy) {
        return body(name, "operations:\n  - " + entry, line, fact, remedy);
    }

    private static Mistake option(String name, String options, int line, String fact, String remedy) {
        return body(name, "operations: [{drop_column: {name: a}}]\n" + options, line, fact, remedy);
    }

    static Stream<Mistake> wholeFiles() {
        String operations = "operations: [{drop_column: {name: a}}]\n";
        return Stream.of(
                file("empty", "", 1, "The file is empty", "Write the keys change, table and operations"),
                file("comments only", "# nothing\n\n# yet\n", 1, "The file is empty", "Write the keys"),
                file("a document without content", "\n---\n", 3, "The file is empty", "Write the keys"),
                file("a list", "# x\n- change: x\n", 2, "The file is a list", "Write its keys: {change: "),
                file("a word", "change\n", 1, "The file is the text \"change\"", "Write its keys"),
                file("open quote", "change: \"x\ntable: public.t\n", 2, "This is not YAML", "Look here"),
                file("open bracket", HEAD + "operations: [\n", 3, "This is not YAML", "Look here"),
                file("tab as indent", HEAD + "operations:\n\t- drop_column: {}\n", 4, "This is not YAML", "indent"),
                file("wrong indent", "change: x\n table: public.t\n", 2, "This is not YAML", "indent"),
                file("text after quotes", "change: x\ntable: \"a\".\"b\"\n", 2, "This is not YAML", "quotes"),
                file("control character", "change: x\ntable: a\u0007b\n", 2, "the character U+0007", "Look here"),
                file("too deep", "change: " + "[".repeat(60), 1, "This is not YAML", "Look here"),
                file("two documents", HEAD + operations + "---\n" + HEAD, 4, "A second document", "one change a file"),
                file("anchor", "change: &name x\ntable: public.t\n" + operations, 1, "&name is a YAML anchor", "Leave"),
                file("alias", "change: x\ntable: *t\n" + operations, 2, "*t is a YAML alias", "Write the value out"),
                file("tag", "change: x\ntable: !!str public.t\n" + operations, 2, "!!str is a YAML tag",
                        "Leave it out"),
                file("own tag", "change: !name x\ntable: public.t\n" + operations, 1, "!name is a YAML tag", "quotes"),
                file("tagged list", HEAD + "operations: !!set [{drop_column: {name: a}}]", 3, "!!set", "Leave it out"),
                file("merge key", HEAD + operations + "<<: {pace: {}}\n", 4, "<< is a YAML merge key",
                        "Write the keys"),
                file("list as key", HEAD + operations + "[a]: b\n", 4, "A key is not a word", "Write a word"),
                file("unknown key", HEAD + operations + "schedule: {}\n", 4, "no key schedule in a change file",
                        "Its keys are"),
                file("mistyped key", HEAD + "operatoins: []\n" + operations, 3, "no key operatoins",
                        "mean operations?"),
                file("empty key", HEAD + operations + "'': a\n", 4, "There is no key \"\"", ""),
                file("duplicate key", HEAD + operations + "table: a.b\n", 4, "the first is on line 2", "Keep one"),
                file("no change", "# x\ntable: public.t\n" + operations, 2, "Key change is missing",
                        "such as change: "),
                file("no table", "change: x\n" + operations, 1, "Key table is missing", "such as table: public.users"),
                file("no operation", HEAD, 1, "There is nothing to do", "Add the key operations or contract"),
                file("change without value", "change:\ntable: a.b\n" + operations, 1, "change has no value",
                        "Write 1 to 80"),
                file("change a number", "change: 7\ntable: a.b\n" + operations, 1, "is the number 7", "quote it"),
                file("change in capitals", "change: Xyz\ntable: a.b\n" + operations, 1, "\"Xyz\" can't name",
                        "lower-case"),
                file("change with a blank", "change: x y\ntable: a.b\n" + operations, 1, "can't name a change",
                        "hyphens"),
                file("table without schema", "change: x\ntable: t\n" + operations, 2, "without its schema",
                        "such as public.t"),
                file("table in three parts", "change: x\ntable: d.s.t\n" + operations, 2, "in 3 parts",
                        "double quotes"),
                file("table with an open quote", "change: x\ntable: 'a.\"b'\n" + operations, 2, "is no table name", ""),
                file("table ends in a dot", "change: x\ntable: a.\n" + operations, 2, "is no table name",
                        "public.users"),
                file("table a list", "change: x\ntable: [a, b]\n" + operations, 2, "Key table is a list",
                        "with its schema"),
                file("schema too long", "change: x\ntable: " + "s".repeat(64) + ".t\n" + operations, 2, "has 64 bytes",
                        ""));
    }

    static Stream<Mistake> operations() {
        return Stream.of(
                body("operations empty", "operations: []\n", 3, "operations is an empty list",
                        "at least one operation"),
                body("operations null", "operations:\n", 3, "Key operations has no value", "at least one operation"),
                body("operations a mapping", "operations:\n  drop_column: {name: a}\n", 3, "is a mapping", "hyphen"),
                body("contract empty", "contract: []\n", 3, "contract is an empty list", "leave the key out"),
                body(
                        "contract adds",
                        "contract:\n  - add_column: {name: a, type: text}\n",
                        4,
                        "add_column can't stand under contract",
                        "Write it under operations"),
                body("contract unknown", "contract:\n  - drop_colum: {name: a}\n", 4, "no operation",
                        "mean drop_column?"),
                operation("no such operation", "add_colum: {name: a}", 4, "no operation add_colum", "mean add_column?"),
                operation("far from any", "vacuum: {}", 4, "There is no operation vacuum",
                        "The operations are add_column"),
                operation("entry a word", "drop_column", 4, "Entry 1 of operations is the text",
                        "a colon and its keys"),
                operation("entry null", "", 4, "Entry 1 of operations has no value", "a colon and its keys"),
                operation("entry empty", "{}", 4, "names no operation", "a colon and its keys"),
                operation(
                        "two operations in one",
                        "drop_column: {name: a}\n    set_not_null: {column: b}",
                        4,
                        "names 2 operations: drop_column, set_not_null",
                        "a hyphen of its own"),
                operation("keys not indented", "drop_column:\n    name: a", 4, "names 2 operations", "indent its keys"),
                operation("operation null", "drop_column:", 4, "drop_column has no value", "{name: email}"),
                operation("operation a word", "drop_column: a", 4, "is the text \"a\", and a mapping", "{name: email}"),
                operation("key missing", "add_column: {name: a}", 4, "Key type is missing in add_column", "type: text"),
                operation(
                        "key unknown",
                        "add_column:\n      name: a\n      tpye: text\n      type: text",
                        6,
                        "no key tpye in add_column",
                        "Did you mean type?"),
                operation(
                        "key twice",
                        "add_column:\n      name: a\n      type: text\n      name: b",
                        7,
                        "Key name stands here a second time; the first is on line 5",
                        "Keep one"),
                operation("comma in a value", "add_column: {name: a, type: text, from: left(b, 1)}", 4, "no key 1)",
                        "quotes"),
                operation("hyphen in a key", "add_column: {name: a, type: t, not-null: true}", 4, "no key",
                        "not_null?"),
                operation("name empty", "drop_column: {name: ''}", 4, "A name is empty", "at least one character"),
                operation("name null", "drop_column: {name: }", 4, "Key name has no value", "as the catalog has it"),
                operation("name null by word", "drop_column: {name: ~}", 4, "Key name has no value", ""),
                operation("name a number", "drop_column: {name: 5}", 4, "Key name is the number 5", "Put it in quotes"),
                operation("name true", "drop_column: {name: true}", 4, "Key name is true", "Put it in quotes"),
                operation("name a list", "drop_column: {name: [a]}", 4, "Key name is a list", "as the catalog has it"),
                operation("name long", "drop_column: {name: " + "ä".repeat(32) + "}", 4, "has 64 bytes", "Shorten it"),
                operation("name with NUL", "drop_column: {name: \"a\\0b\"}", 4, "can't be a name", "NUL"),
                operation("type a number", "add_column: {name: a, type: 1}", 4, "Key type is the number 1", "quotes"),
                operation("type blank", "add_column: {name: a, type: '  '}", 4, "The value is empty",
                        "leave the key out"),
                operation(
                        "default null",
                        "add_column: {name: a, type: text, default: null}",
                        4,
                        "Key default has no value",
                        "as it would stand in a query"),
                operation(
                        "default a mapping",
                        "add_column:\n      name: a\n      type: text\n      default:\n        sql: 1",
                        7,
                        "Key default is a mapping",
                        "single quotes"),
                operation(
                        "flag in quotes",
                        "add_column: {name: a, type: text, default: 0, not_null: 'true'}",
                        4,
                        "Key not_null is the text \"true\", and true or false",
                        "without quotes"),
                operation(
                        "flag yes",
                        "add_column: {name: a, type: text, default: 0, not_null: yes}",
                        4,
                        "Key not_null is the text \"yes\"",
                        "Write true or false"),
                operation(
                        "index column alone",
                        "create_index:\n      name: i\n      columns: email",
                        6,
                        "Key columns is the text \"email\", and a list of columns",
                        "[email]"),
                operation("index of nothing", "create_index: {name: i, columns: []}", 4, "columns is an empty list",
                        "[email]"),
                operation(
                        "index of a number",
                        "create_index:\n      name: i\n      columns:\n        - a\n        - 2",
                        8,
                        "Entry 2 of columns is the number 2",
                        "Put it in quotes"),
                operation(
                        "index includes nothing",
                        "create_index: {name: i, columns: [a], include: []}",
                        4,
                        "include is an empty list",
                        "leave the key out"),
                operation("backfill of nothing", "backfill: {set: {}}", 4, "set is an empty mapping", "with its value"),
                operation("backfill of null", "backfill: {set: {a: }}", 4, "Key a has no value", "SQL"),
                operation("backfill a list", "backfill: {set: [a]}", 4, "Key set is a list", "{status: "),
                operation("backfill twice", "backfill: {set: {a: 1, a: 2}}", 4, "Key a stands here a second time", ""),
                operation("backfill no name", "backfill: {set: {'': 1}}", 4, "A name is empty", ""),
                operation("delete of everything", "delete: {}", 4, "Key where is missing in delete", "where: "),
                operation("delete true", "delete: {where: true}", 4, "Key where is true", "in quotes"),
                operation("archive nowhere", "archive: {where: a}", 4, "Key to is missing in archive",
                        "archive.orders"),
                operation("archive everything", "archive: {to: a.b}", 4, "Key where is missing in archive", "where: "),
                operation("archive to a name", "archive: {to: b, where: a}", 4, "without its schema", "public.b"),
                operation("copy nowhere", "copy: {where: a}", 4, "Key to is missing in copy", "reports.orders"),
                operation(
                        "copy unknown way", "copy: {to: a.b, on_conflict: updat}", 4, "There is no way updat",
                        "mean update?"),
                operation("copy no columns", "copy: {to: a.b, columns: []}", 4, "columns is an empty list", "leave"),
                operation("copy sets nothing", "copy: {to: a.b, set: {}}", 4, "set is an empty mapping", "Write each"));
    }

    static Stream<Mistake> options() {
        return Stream.of(
                option("note without approval", "irreversible: {backup: a, retention: b}\n", 4,
                        "Key approval is missing in irreversible", "approval: "),
                option("note of nothing", "irreversible: {backup: '', retention: b, approval: c}\n", 4,
                        "The value is empty", "a person should know"),
                option("note a number", "irreversible: {backup: a, retention: 90, approval: c}\n", 4,
                        "Key retention is the number 90", "in quotes"),
                option("options a word", "backfill: fast\n", 4, "Key backfill is the text \"fast\"",
                        "{chunk_duration: "),
                option("unknown option", "backfill:\n  threads: 4\n", 5, "no key threads in backfill",
                        "chunk_duration"),
                option("window a word", "window: nights\n", 4, "Key window is the text \"nights\"",
                        "list of such entries"),
                option("window of nothing", "window: []\n", 4, "Key window is an empty list", "list of such entries"),
                option("window without zone", "window: {from: 22:00, to: 06:00}\n", 4, "Key zone is missing",
                        "zone: Europe/Berlin"),
                option("window from a bare hour", "window:\n  from: 22\n  to: 06:00\n  zone: UTC\n", 5,
                        "Key from is the number 22", "hours and minutes"),
                option("window at no time", "window: {from: 22:00, to: 25:00, zone: UTC}\n", 4, "\"25:00\" is no time",
                        "fri 22:00"),
                option("window in no zone", "window: {from: 22:00, to: 06:00, zone: Europe/Berln}\n", 4,
                        "no time zone \"Europe/Berln\"", "mean Europe/Berlin?"),
                option("window on no day", "window: {from: 22:00, to: 06:00, zone: UTC, days: [Montag]}\n", 4,
                        "\"Montag\" is no day", "mon-thu"),
                option("window of no length", "window: {from: 22:00, to: 22:00, zone: UTC}\n", 4,
                        "begin and end at 22:00", "a whole day"),
                option("window half a week", "window:\n  - {from: fri 22:00, to: 06:00, zone: UTC}\n", 5,
                        "Only one of", "to both, or to neither"),
                option("window weekly with days",
                        "window: {from: fri 22:00, to: mon 06:00, zone: UTC, days: [sat]}\n", 4, "have days besides",
                        "Leave the days out"),
                option("blackout backwards",
                        "window: {from: 22:00, to: 06:00, zone: UTC, blackouts: [2027-01-02/2026-12-24]}\n", 4,
                        "is no day or stretch", "the earlier one first"),
                option("blackout on no day", "window: {from: 22:00, to: 06:00, zone: UTC, blackouts: [24.12.]}\n", 4,
                        "\"24.12.\" is no day or stretch", "the earlier one first"),
                option("a word of workers", "backfill:\n  workers: many\n", 5, "workers is the text \"many\"",
                        "whole number"),
                option("no worker", "backfill: {workers: 0}\n", 4, "0 is out of range", "from 1 to 16"),
                option("too many workers", "backfill: {workers: 17}\n", 4, "17 is out of range", "from 1 to 16"),
                option("half a worker", "backfill: {workers: 1.5}\n", 4, "is the number 1.5", "whole number"),
                option("a word of strands", "backfill:\n  strands: auto\n", 5, "strands is the text \"auto\"",
                        "whole number"),
                option("no strand", "backfill: {strands: 0}\n", 4, "0 is out of range", "from 1 to 64"),
                option("too many strands", "backfill: {strands: 65}\n", 4, "65 is out of range", "from 1 to 64"),
                option("an old snapshot of another kind", "backfill: {old_snapshot: ignore}\n", 4,
                        "no way ignore", "plain, wait"),
                option("no unit", "backfill:\n  chunk_duration: 250\n", 5, "is the number 250", "its unit: 250ms"),
                option("a fraction", "backfill: {chunk_duration: 1.5s}\n", 4, "\"1.5s\" is no duration",
                        "whole number"),
                option("a strange unit", "backfill: {chunk_duration: 2m}\n", 4, "\"2m\" is no duration", "5min"),
                option("too short", "backfill: {chunk_duration: 9ms}\n", 4, "9ms is out of range", "from 10ms to 10s"),
                option("too long", "backfill: {chunk_duration: 11s}\n", 4, "11s is out of range", "from 10ms to 10s"),
                option("pause too long", "backfill:\n  pause: 61s\n", 5, "61s is out of range", "from 0ms to 1min"),
                option("lag too small", "pace:\n  max_replication_lag: 99ms\n", 5, "out of range", "from 100ms to 1h"),
                option("lag too large", "pace: {max_replication_lag: 2h}\n", 4, "2h is out of range",
                        "from 100ms to 1h"),
                option("no share", "pace: {share: 0}\n", 4, "0 is out of range", "from 0.01 to 1"),
                option("more than all", "pace: {share: 1.5}\n", 4, "1.5 is out of range", "from 0.01 to 1"),
                option("order unknown", "backfill: {order: blocks}\n", 4, "no order blocks", "Did you mean block?"),
                option("quarantine below 0", "backfill: {max_quarantined: -1}\n", 4, "-1 is out of range", "from 0"),
                option("quarantine huge", "backfill: {max_quarantined: 99999999999}\n", 4, "is out of range", "from 0"),
                option("quarantine no number", "backfill: {max_quarantined: none}\n", 4, "a whole number", "from 0"),
                option("quarantine a fraction", "backfill: {max_quarantined: 1.5}\n", 4, "is the number 1.5", "whole"),
                option("pace null", "pace:\n", 4, "Key pace has no value", "max_replication_lag: 2s"));
    }

    @ParameterizedTest
    @MethodSource({"wholeFiles", "operations", "options"})
    void isRefusedWithTheRightLine(Mistake mistake) {
        List<LocatedProblem> problems = problems(mistake.text());

        assertThat(problems).as("%s", problems).hasSize(1);
        LocatedProblem only = problems.getFirst();
        assertThat(only.line()).as("%s", only).isEqualTo(mistake.line());
        assertThat(only.problem().fact()).contains(mistake.fact()).endsWith(".");
        assertThat(only.problem().remedy()).contains(mistake.remedy()).matches("(?s).*[.?]");
    }

    @ParameterizedTest
    @MethodSource({"wholeFiles", "operations", "options"})
    void isRefusedTheSameWithOtherLineEndsAndLinesBefore(Mistake mistake) {
        String moved = "#\r\n#\r\n" + mistake.text().replace("\n", "\r\n");

        assertThat(problems(moved)).singleElement().satisfies(only -> {
            // An empty document has no place of its own: it is reported on the first line.
            int by = mistake.line() == 1 && only.problem().fact().startsWith("The file is empty") ? 0 : 2;
            assertThat(only.line()).as("%s", only).isEqualTo(mistake.line() + by);
        });
    }

    private static List<LocatedProblem> problems(String text) {
        ChangeFileException refused = catchThrowableOfType(
                ChangeFileException.class, () -> new ChangeReader().read("jobs/x.yaml", text));
        assertThat(refused).as("a mistake in:%n%s", text).isNotNull();
        return refused.problems();
    }
}
