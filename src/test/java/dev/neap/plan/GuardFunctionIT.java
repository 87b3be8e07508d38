package dev.neap.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.catalog.Key;
import dev.neap.catalog.KeySql;
import dev.neap.catalog.Table;
import dev.neap.change.ChangeName;
import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.run.NeapSchema;
import dev.neap.sql.Identifier;
import dev.neap.step.BackfillStep;
import dev.neap.step.BackfillStep.Assignment;
import dev.neap.step.BackfillStep.Discipline;
import dev.neap.step.RowWork;
import dev.neap.step.StepId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the guard takes for done, at every place that a woven segment can be at, against what has been visited there. */
class GuardFunctionIT {

    /** How many keys; half of them have a row at first. The last ones are beyond the frozen end. */
    private static final int KEYS = 260;
    private static final List<Integer> ENDS = List.of(69, 149, 229);
    private static final int PLACES = 40;
    private static final String WORD = "((ARRAY['a', 'B', 'é', 'Z'])[1 + i % 4] || i) COLLATE anycase";
    private static final String ANYCASE = "CREATE COLLATION anycase (provider = icu, locale = 'und-u-ks-level2', deterministic = false)";
    private static final String MINE = "change = 'guarded' AND step = '02-backfill'";

    @ParameterizedTest
    @EnumSource
    void knowsWhatIsDoneByWholeNumbers(TestServer server) {
        try (TestDatabase db = guarded(server, "bigint", "(i - 130) * 7", "")) {
            everyPlace(db, "bigint");
        }
    }

    @Test
    void knowsWhatIsDoneByTextsWhateverTheirCollation() {
        try (TestDatabase db = guarded(TestServer.NEWEST, "text", WORD, ANYCASE)) {
            everyPlace(db, "text");
        }
    }

    @Test
    void seesAKeyThatChangesInItsCaseOnlyToAnotherStrand() {
        try (TestDatabase db = guarded(TestServer.NEWEST, "text", WORD, ANYCASE)) {
            // Half of the remainders of the first segment are done.
            db.execute(
                    "UPDATE neap.checkpoint SET ends = ARRAY[upper], modulus = 2, bounds = '{0,1,2}', strand = 1, span = 0"
                            + " WHERE segment = 0");
            String done = " AND " + key("text").remainder("", "2") + " = 0";
            String first = "k <= (SELECT upper[1] COLLATE anycase FROM neap.checkpoint WHERE segment = 0)";
            db.execute("INSERT INTO t (k) SELECT k FROM keys WHERE " + first, "TRUNCATE neap.kept");
            long pending = db.one(Long.class, "SELECT count(*) FROM t WHERE true" + done.replace("= 0", "= 1"));
            db.execute(
                    "UPDATE t SET k = CASE WHEN upper(k) COLLATE \"C\" = k COLLATE \"C\" THEN lower(k) ELSE upper(k) END");

            // What the pass would do now.
            db.execute("UPDATE t SET n = n + 1 WHERE true" + done.replace("= 0", "= 1")
                    + " AND NOT EXISTS (SELECT FROM neap.kept WHERE k = kept.key[1])");
            assertThat(pending).isGreaterThan(10);
            assertThat(db.one(Long.class, "SELECT sum(n) FROM t")).isEqualTo(pending);
            assertThat(db.one(Integer.class, "SELECT max(n) FROM t")).isEqualTo(1);
        }
    }

    private static void everyPlace(TestDatabase db, String type) {
        Random random = new Random(17);
        Set<String> outcomes = new HashSet<>();
        for (int i = 0; i < PLACES; i++) {
            List<Place> places = new ArrayList<>();
            for (int segment = 0; segment < ENDS.size(); segment++) {
                places.add(Place.random(random, segment == 0 ? 0 : ENDS.get(segment - 1) + 1, ENDS.get(segment)));
            }
            Map<Integer, List<Integer>> remainders = new HashMap<>();
            places.forEach(place -> remainders.computeIfAbsent(
                    place.modulus(),
                    modulus -> db.list(Integer.class, "SELECT %s FROM keys ORDER BY i"
                            .formatted(key(type).remainder("", modulus.toString())))));
            Set<Integer> done = new TreeSet<>();
            for (int key = ENDS.getLast() + 1; key < KEYS; key++) {
                done.add(key);
            }
            places.forEach(place -> done.addAll(place.done(remainders.get(place.modulus()))));
            db.execute(IntStream.range(0, places.size())
                    .mapToObj(segment -> places.get(segment).store(segment))
                    .collect(Collectors.joining(";")));
            outcomes.addAll(newRows(db, done, places));
            outcomes.addAll(movedRows(db, done, places, random));
        }
        assertThat(outcomes).containsExactlyInAnyOrder(
                "new, kept", "new", "done to done", "done to pending", "pending to done", "pending to pending");
    }

    private static Set<String> newRows(TestDatabase db, Set<Integer> done, List<Place> places) {
        db.execute("TRUNCATE t, neap.kept; INSERT INTO t (k) SELECT k FROM keys");
        Set<Integer> kept = kept(db);
        for (int key = 0; key < KEYS; key++) {
            assertThat(kept.contains(key)).as("key %d at %s is noted", key, places).isEqualTo(!done.contains(key));
        }
        return Set.of(kept.isEmpty() ? "new" : "new, kept", "new");
    }

    /** Every row of the first half of a shuffled pack gets a key of the second. */
    private static Set<String> movedRows(TestDatabase db, Set<Integer> done, List<Place> places, Random random) {
        Set<String> outcomes = new HashSet<>();
        List<Integer> pack = new ArrayList<>();
        for (int key = 0; key < KEYS; key++) {
            pack.add(key);
        }
        java.util.Collections.shuffle(pack, random);
        Map<Integer, Integer> moves = new HashMap<>();
        for (int i = 0; i < KEYS / 2; i++) {
            moves.put(pack.get(i), pack.get(KEYS / 2 + i));
        }
        String values = moves.entrySet()
                .stream()
                .map(move -> "(%d, %d)".formatted(move.getKey(), move.getValue()))
                .collect(Collectors.joining(", "));
        // The second time as if the rows had been there before.
        db.execute("""
                TRUNCATE t;
                INSERT INTO t (k) SELECT a.k FROM (VALUES %1$s) AS m (a, b) JOIN keys a ON a.i = m.a;
                TRUNCATE neap.kept;
                UPDATE t SET k = b.k FROM (VALUES %1$s) AS m (a, b) JOIN keys a ON a.i = m.a JOIN keys b ON b.i = m.b
                 WHERE t.k = a.k""".formatted(values));
        Set<Integer> kept = kept(db);
        Set<Integer> worked = new HashSet<>(
                db.list(Integer.class, "SELECT keys.i FROM t JOIN keys ON keys.k = t.k WHERE t.n = 1"));
        moves.forEach((from, to) -> {
            boolean was = done.contains(from);
            boolean is = done.contains(to);
            String words = "from key %d (%s) to key %d (%s) at %s".formatted(from, was, to, is, places);
            assertThat(kept.contains(to)).as("noted %s", words).isEqualTo(was && !is);
            assertThat(worked.contains(to)).as("worked on %s", words).isEqualTo(!was && is);
            outcomes.add((was ? "done" : "pending") + " to " + (is ? "done" : "pending"));
        });
        return outcomes;
    }

    private static Set<Integer> kept(TestDatabase db) {
        return new HashSet<>(db.list(
                Integer.class, "SELECT keys.i FROM neap.kept JOIN keys ON keys.k::text = kept.key[1] WHERE " + MINE));
    }

    /** Where a segment is; keys are their numbers in the order of the key, or -1 for before the first. */
    private record Place(
            int first,
            int last,
            int position,
            List<Integer> ends,
            List<Integer> bounds,
            int strand,
            int span,
            int within) {

        static Place random(Random random, int first, int last) {
            int position = random.nextInt(4) == 0 ? -1 : first + random.nextInt(last - first + 1);
            int from = position < 0 ? first : position + 1;
            List<Integer> ends = new ArrayList<>();
            for (int end = from + random.nextInt(12); end <= last && ends.size() < 6; end += 1 + random.nextInt(12)) {
                ends.add(end);
            }
            List<Integer> bounds = new ArrayList<>(List.of(0));
            while (bounds.size() < 2 || (bounds.size() < 8 && random.nextBoolean())) {
                bounds.add(bounds.getLast() + 1 + random.nextInt(4));
            }
            int span = ends.isEmpty() ? 0 : random.nextInt(ends.size());
            int begin = span == 0 ? from : ends.get(span - 1) + 1;
            int within = ends.isEmpty() || random.nextBoolean()
                    ? -1
                    : begin + random.nextInt(ends.get(span) - begin + 1);
            return new Place(first, last, position, ends, bounds, random.nextInt(bounds.size() - 1), span, within);
        }

        int modulus() {
            return bounds.getLast();
        }

        /** As the passes visit them, one after the other, up to this place. */
        Set<Integer> done(List<Integer> remainders) {
            Set<Integer> done = new HashSet<>();
            for (int key = first; key <= position; key++) {
                done.add(key);
            }
            for (int s = 0; s <= strand && !ends.isEmpty(); s++) {
                int key = position < 0 ? first : position + 1;
                for (int e = 0; e < ends.size(); e++) {
                    for (; key <= ends.get(e); key++) {
                        boolean visited = s < strand || e < span || (e == span && key <= within);
                        int remainder = remainders.get(key);
                        if (visited && remainder >= bounds.get(s) && remainder < bounds.get(s + 1)) {
                            done.add(key);
                        }
                    }
                }
            }
            return done;
        }

        String store(int segment) {
            boolean woven = !ends.isEmpty();
            return """
                    UPDATE neap.checkpoint SET position = %s, ends = %s, modulus = %s, bounds = %s, strand = %s, span = %s,
                           within = %s WHERE segment = %d AND %s"""
                    .formatted(
                            array(position),
                            woven
                                    ? "ARRAY[" + ends.stream().map(Place::array).collect(Collectors.joining(", ")) + "]"
                                    : "NULL",
                            woven ? modulus() : "NULL",
                            woven ? "ARRAY" + bounds : "NULL",
                            woven ? strand : "NULL",
                            woven ? span : "NULL",
                            woven ? array(within) : "NULL",
                            segment,
                            MINE);
        }

        private static String array(int key) {
            return key < 0 ? "NULL" : "ARRAY[(SELECT k::text FROM keys WHERE i = %d)]".formatted(key);
        }
    }

    /** A table {@code t}, its guard, and its possible keys, numbered in their order. */
    private static TestDatabase guarded(TestServer server, String type, String key, String before) {
        TestDatabase db = TestDatabase.on(server);
        NeapSchema.migrate(db.dataSource());
        String column = type + (before.isEmpty() ? "" : " COLLATE anycase");
        db.execute(
                before.isEmpty() ? "SELECT" : before,
                "CREATE TABLE t (k %s PRIMARY KEY, n int NOT NULL DEFAULT 0)".formatted(column),
                "CREATE TABLE keys (k %s PRIMARY KEY, i int)".formatted(column),
                "INSERT INTO keys SELECT k, row_number() OVER (ORDER BY k) - 1 FROM (SELECT %s AS k FROM generate_series(0, %d) i) AS all_keys"
                        .formatted(key, KEYS - 1));
        Table table = Tables.table("public", "t")
                .notNull("k", type)
                .primaryKey("k")
                .column("n", "integer")
                .snapshot()
                .table();
        BackfillStep backfill = new BackfillStep(
                "backfill",
                "count",
                new RowWork.Assign(List.of(new Assignment(new Identifier("n"), "n + 1"))),
                Optional.empty(),
                Discipline.ONCE);
        GuardTrigger guard = new GuardTrigger(
                new ChangeName("guarded"), table, new Walk.ByKey(Key.of(table).orElseThrow(), ""), backfill,
                new StepId("02-backfill"), 1);
        db.execute(String.join(";\n", guard.create().sql()));
        db.execute("DELETE FROM neap.checkpoint");
        for (int i = 0; i < ENDS.size(); i++) {
            db.execute(
                    "INSERT INTO neap.checkpoint (change, step, segment, lower, upper) VALUES ('guarded', '02-backfill', %d, %s, %s)"
                            .formatted(i, Place.array(i == 0 ? -1 : ENDS.get(i - 1)), Place.array(ENDS.get(i))));
        }
        return db;
    }

    private static KeySql key(String type) {
        return new KeySql(Key.of(
                Tables.table("public", "keys").notNull("k", type).primaryKey("k").snapshot().table())
                .orElseThrow());
    }
}
