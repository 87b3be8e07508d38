package dev.neap.shadow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.sql.QualifiedName;
import dev.neap.step.Lock;
import dev.neap.step.Work;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.ds.PGSimpleDataSource;

class ShadowIT {

    private static final String EVERYTHING = """
            CREATE SCHEMA shop;
            CREATE EXTENSION citext SCHEMA shop;
            CREATE TYPE shop.mood AS ENUM ('calm', 'rough');
            CREATE DOMAIN shop.positive AS integer DEFAULT 1 CHECK (VALUE > 0);
            CREATE TYPE shop.point3 AS (x integer, y integer);
            CREATE TYPE shop.span AS RANGE (SUBTYPE = integer);
            CREATE SEQUENCE shop.numbers;
            CREATE FUNCTION shop.next_number() RETURNS bigint LANGUAGE sql AS $$ SELECT nextval('shop.numbers') $$;
            CREATE TABLE shop.parents (id serial PRIMARY KEY, name shop.citext UNIQUE, tag text COLLATE "C" NOT NULL);
            CREATE TABLE shop.children (
              id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
              parent_id integer REFERENCES shop.parents,
              "Odd Name" shop.positive DEFAULT 5,
              number bigint DEFAULT shop.next_number(),
              doubled integer GENERATED ALWAYS AS (parent_id * 2) STORED,
              state shop.mood DEFAULT 'calm',
              EXCLUDE (number WITH =));
            ALTER TABLE shop.children ADD CONSTRAINT later CHECK (number > 0) NOT VALID;
            CREATE INDEX lowered ON shop.children ((parent_id * 3)) WHERE number > 5;
            CREATE TABLE shop.parts (id bigint, at date, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
            CREATE TABLE shop.parts_2026 PARTITION OF shop.parts FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')
              PARTITION BY LIST (id);
            CREATE TABLE shop.parts_2026_1 PARTITION OF shop.parts_2026 FOR VALUES IN (1, 2);
            CREATE TABLE shop.parts_rest PARTITION OF shop.parts DEFAULT;
            CREATE INDEX ON shop.parts (at);
            CREATE TABLE shop.base (a integer NOT NULL);
            CREATE TABLE shop.derived (b integer) INHERITS (shop.base);
            CREATE VIEW shop.seen AS SELECT c.id, p.name FROM shop.children c JOIN shop.parents p ON p.id = c.parent_id;
            CREATE VIEW shop.seen_twice AS SELECT * FROM shop.seen;
            CREATE MATERIALIZED VIEW shop.totals AS SELECT count(*) AS n FROM shop.children;
            CREATE UNIQUE INDEX ON shop.totals (n);
            CREATE FUNCTION shop.touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
            CREATE TRIGGER touch BEFORE UPDATE ON shop.children FOR EACH ROW EXECUTE FUNCTION shop.touch();
            ALTER TABLE shop.children ENABLE ROW LEVEL SECURITY;
            CREATE POLICY mine ON shop.children FOR SELECT USING (number > 0);
            CREATE STATISTICS shop.both ON parent_id, number FROM shop.children;
            CREATE PUBLICATION "To Others" FOR TABLE shop.parents, shop.base;
            CREATE PUBLICATION everything FOR ALL TABLES;
            """;

    /** What both have, by name and definition, in an order of its own. */
    private static final String CONTENTS = """
            SELECT 'relation ' || n.nspname || '.' || c.relname || ' ' || c.relkind::text
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'shop'
            UNION ALL
            SELECT 'column ' || a.attrelid::regclass::text || ' ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
              || a.attnotnull::text || a.attidentity::text || a.attgenerated::text || coalesce(pg_get_expr(d.adbin, d.adrelid), '')
            FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
              LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            WHERE n.nspname = 'shop' AND a.attnum > 0 AND c.relkind IN ('r', 'p', 'v', 'm')
            UNION ALL
            SELECT 'constraint ' || o.conrelid::regclass::text || ' ' || o.conname || ' ' || pg_get_constraintdef(o.oid)
            FROM pg_constraint o JOIN pg_namespace n ON n.oid = o.connamespace
            WHERE n.nspname = 'shop' AND o.contype <> 'n' AND o.conrelid <> 0
            UNION ALL
            SELECT 'index ' || pg_get_indexdef(i.indexrelid) || i.indisvalid::text
            FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = 'shop'
            UNION ALL
            SELECT 'trigger ' || pg_get_triggerdef(t.oid) FROM pg_trigger t WHERE NOT t.tgisinternal
            UNION ALL
            SELECT 'function ' || p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
            WHERE n.nspname = 'shop' AND p.oid >= 16384 AND p.probin IS NULL AND p.prolang <> 12
            UNION ALL
            SELECT 'policy ' || polname FROM pg_policy
            UNION ALL
            SELECT 'statistics ' || stxname FROM pg_statistic_ext
            UNION ALL
            SELECT 'publication ' || p.pubname || coalesce(' ' || r.prrelid::regclass::text, '')
            FROM pg_publication p LEFT JOIN pg_publication_rel r ON r.prpubid = p.oid
            ORDER BY 1
            """;

    private static PGSimpleDataSource source(TestServer server, String database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[]{"127.0.0.1"});
        source.setPortNumbers(new int[]{server.port()});
        source.setDatabaseName(database);
        source.setUser("postgres");
        return source;
    }

    @ParameterizedTest
    @EnumSource
    void copiesTheSchemaThroughTheCatalog(TestServer server) {
        try (TestDatabase from = TestDatabase.on(server).execute(EVERYTHING);
                TestDatabase to = TestDatabase.on(server)) {
            SchemaReader.Schema schema = SchemaReader.read(from.dataSource());
            assertThat(schema.omitted()).isEmpty();
            assertThat(new SchemaBuilder(new Plain(to)).build(schema.statements())).isEmpty();
            assertThat(to.list(String.class, CONTENTS)).containsExactlyElementsOf(from.list(String.class, CONTENTS));
        }
    }

    @Test
    void judgesOnItsOwnServerAsARoleThatReachesNothingElse() {
        List<Judged> judged;
        try (Shadow shadow = Shadow.empty(Shadow.Place.of(Shadow.BUNDLED, ""))) {
            judged = shadow.judge()
                    .judge(List.of(
                            "CREATE TABLE users (id bigint, name text)",
                            "SET LOCAL lock_timeout = '2s'",
                            "GRANT SELECT ON users TO somebody",
                            "COPY users FROM PROGRAM 'echo 1'",
                            "COPY users FROM STDIN WITH (FORMAT csv)",
                            "COPY users TO STDOUT",
                            "COPY nobody FROM STDIN",
                            "CREATE EXTENSION citext",
                            "ALTER TABLE users ALTER COLUMN name TYPE citext",
                            "CREATE INDEX CONCURRENTLY ON users (name)",
                            "ALTER TABLE nobody DROP COLUMN x"));
            assertThat(shadow.judge().judge(List.of("ALTER TABLE users ALTER COLUMN id TYPE text")).getFirst().fresh())
                    .isEmpty();
        }
        assertThat(judged.stream().map(one -> one.error().map(Judged.Failure::sqlState).orElse("")))
                .containsExactly("", "", "", "42501", "", "", "42P01", "", "", "", "42P01");
        assertThat(judged.get(4).footprint().lock(QualifiedName.of("public", "users"))).isEqualTo(Lock.ROW_EXCLUSIVE);
        assertThat(judged.getLast().fresh()).contains(QualifiedName.of("public", "users"));
    }

    @Test
    void leavesTheTriggersOfAnOpenChangeBehindWithoutAWord() {
        String open = """
                CREATE TABLE public.users (id bigint PRIMARY KEY, name text);
                CREATE TRIGGER zzz_neap_sync_update_ab BEFORE UPDATE ON public.users FOR EACH ROW EXECUTE FUNCTION neap.sync_ab();
                """;
        String own = """
                CREATE SCHEMA neap;
                CREATE FUNCTION neap.sync_ab() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
                """;
        try (TestDatabase from = TestDatabase.on(TestServer.NEWEST).execute(own + open);
                TestDatabase read = TestDatabase.on(TestServer.NEWEST);
                TestDatabase dumped = TestDatabase.on(TestServer.NEWEST)) {
            assertThat(new SchemaBuilder(new Plain(read)).build(SchemaReader.read(from.dataSource()).statements()))
                    .isEmpty();
            // As pg_dump --schema=public writes it.
            assertThat(new SchemaBuilder(new Plain(dumped)).build(DumpFile.of(open).statements())).isEmpty();
        }
    }

    @Test
    void askedOfPublicationsAnswersAndOfSubscriptionsReachesNoOtherServer() {
        DumpFile dump = DumpFile.of("""
                CREATE TABLE public.users (id bigint PRIMARY KEY, name text);
                CREATE PUBLICATION pub WITH (publish = 'insert, update, delete, truncate');
                ALTER PUBLICATION pub ADD TABLE ONLY public.users;
                CREATE SUBSCRIPTION sub CONNECTION 'host=localhost' PUBLICATION pub WITH (connect = false);
                CREATE TABLE public.orders (id bigint);
                """);
        try (TestDatabase database = TestDatabase.on(TestServer.NEWEST)) {
            Plain server = new Plain(database);
            assertThat(new SchemaBuilder(server).build(dump.statements())).isEmpty();
            assertThat(new Judge(server, Optional.empty())
                    .judge(List.of(
                            "ALTER PUBLICATION pub ADD TABLE orders",
                            "UPDATE users SET name = 'x'",
                            "ALTER PUBLICATION pub DROP TABLE users",
                            "ALTER SUBSCRIPTION sub REFRESH PUBLICATION",
                            "CREATE SUBSCRIPTION other CONNECTION 'host=127.0.0.1 port=1' PUBLICATION pub",
                            "ALTER PUBLICATION pub ADD TABLE nothing")))
                    .extracting(one -> one.error().map(Judged.Failure::sqlState).orElse(""))
                    .containsExactly("", "", "", "", "", "42P01");
        }
    }

    @Test
    void judgesOnAScratchServerAndLeavesItAsItWas() {
        Shadow.Place place = new Shadow.Place(
                18, Optional.of(database -> source(TestServer.NEWEST, database.orElse("postgres"))), Optional.empty(),
                "");
        DumpFile dump = DumpFile.of("""
                -- Dumped from database version 18.1
                \\restrict abc
                SELECT pg_catalog.set_config('search_path', '', false);
                CREATE TABLE public.users (id bigint, name text);
                ALTER TABLE public.users OWNER TO nobody_here;
                COPY public.users (id, name) FROM stdin;
                1\tit's
                \\.
                GRANT ALL ON public.users TO nobody_here;
                CREATE TABLE public.broken (a no_such_type);
                \\unrestrict abc
                """);
        assertThat(dump.major()).hasValue(18);
        try (Shadow shadow = Shadow.of(dump, place)) {
            assertThat(shadow.lacking()).singleElement().asString().contains("no_such_type");
            Judged judged = shadow.judge().judge(List.of("ALTER TABLE users ALTER COLUMN id TYPE text")).getFirst();
            assertThat(judged.footprint().lock(QualifiedName.of("public", "users"))).isEqualTo(Lock.ACCESS_EXCLUSIVE);
            assertThat(judged.footprint().work(QualifiedName.of("public", "users"))).isEqualTo(Work.REWRITE);
        }
        try (TestDatabase other = TestDatabase.on(TestServer.NEWEST)) {
            assertThat(other.list(String.class, "SELECT datname FROM pg_database WHERE datname LIKE 'neap_shadow%'"))
                    .isEmpty();
        }
    }

    @Test
    void refusesAScratchServerThatIsTheTargetOrOfAnotherVersion() {
        try (TestDatabase target = TestDatabase.on(TestServer.NEWEST)) {
            Shadow.Place same = new Shadow.Place(
                    18, Optional.of(database -> source(TestServer.NEWEST, database.orElse("postgres"))),
                    Optional.empty(),
                    "");
            assertThatThrownBy(() -> Shadow.of(target.dataSource(), same))
                    .isInstanceOf(ShadowFailed.class)
                    .hasMessageContaining("the very server");
            Shadow.Place other = new Shadow.Place(
                    16, Optional.of(database -> source(TestServer.NEWEST, database.orElse("postgres"))),
                    Optional.empty(),
                    "");
            assertThatThrownBy(() -> Shadow.empty(other))
                    .isInstanceOf(ShadowFailed.class)
                    .hasMessageContaining("runs PostgreSQL 18, and 16 is needed");
        }
    }

    @Test
    void saysThatAVersionIsMissing() {
        assertThatThrownBy(() -> Shadow.empty(Shadow.Place.of(9, "/nowhere")))
                .isInstanceOf(ShadowFailed.class)
                .hasMessageContaining("has to run PostgreSQL 9")
                .hasMessageContaining("--shadow-url");
    }

    /** Only where a PostgreSQL is installed beside the one that Neap brings along. */
    @Test
    void runsAnInstalledPostgresqlOfAnotherVersion() {
        Optional<Installation> installed = IntStream.rangeClosed(14, 17)
                .boxed()
                .flatMap(major -> Installation.find(major, Optional.empty(), System.getenv("PATH")).stream())
                .findFirst();
        assumeTrue(installed.isPresent());
        try (Shadow shadow = Shadow.empty(Shadow.Place.of(installed.get().major(), System.getenv("PATH")))) {
            Judged judged = shadow.judge().judge(List.of("CREATE TABLE t AS SELECT version()")).getFirst();
            assertThat(judged.error()).isEmpty();
        }
    }

    /** A database of a test's server, as it is. */
    private record Plain(TestDatabase database) implements ShadowServer {

        @Override
        public javax.sql.DataSource administrator() {
            return database.dataSource();
        }

        @Override
        public javax.sql.DataSource judge() {
            return database.dataSource();
        }

        @Override
        public boolean rolesMayBeMade() {
            return false;
        }

        @Override
        public void close() {
            database.close();
        }
    }
}
