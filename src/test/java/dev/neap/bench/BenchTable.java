package dev.neap.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The tables that are changed. Each is {@code public.users} in a database of its own: 33 rows a page, an address as
 * people type it, and a column {@code email_normalized} that is NULL in every row. All values follow from the row's number
 * and the seed.
 */
enum BenchTable {
    A("bigint key"),
    B("bigint key, three more indexes"),
    C("random uuid key, three more indexes, larger than shared_buffers"),
    D("bigint key, wide rows with TOAST"),
    E("bigint key, fillfactor 80"),
    F("composite text key");

    /** What all contenders set email_normalized to. */
    static final String EXPRESSION = "lower(trim(email))";

    private final String title;

    BenchTable(String title) {
        this.title = title;
    }

    /** As in bench.tables and in the results: {@code a}. */
    String letter() {
        return name().toLowerCase(Locale.ROOT);
    }

    String title() {
        return title;
    }

    /** @throws IllegalArgumentException if there is none of this letter */
    static BenchTable of(String letter) {
        for (BenchTable table : values()) {
            if (table.letter().equals(letter)) {
                return table;
            }
        }
        throw new IllegalArgumentException("There is no table %s. Choose among a, b, c, d, e and f.".formatted(letter));
    }

    /** The columns of the primary key, in its order. */
    List<String> key() {
        return this == F ? List.of("tenant", "code") : List.of("id");
    }

    /** The key's columns, each written as this pattern says: {@code t.%s}. */
    String key(String pattern) {
        return key().stream().map(pattern::formatted).collect(Collectors.joining(", "));
    }

    /** A table of which a row takes a hundred times the room has a tenth of the rows. */
    long rows(long asked) {
        return this == D ? Math.max(1, asked / 10) : asked;
    }

    /** The server's shared_buffers: (c) has to be larger than those. */
    String sharedBuffers() {
        return this == C ? "128MB" : "512MB";
    }

    /** Free space without which it is not begun; bytes: the template, a copy that doubles, and the WAL. */
    long room(long rows) {
        long row = this == D ? 5_000 : 400;
        return rows * row * 3 + (6L << 30);
    }

    /** The condition that finds row {@code number}, from 1. */
    String isRow(long number, long seed) {
        List<String> values = keyExpressions(Long.toString(number) + "::bigint", seed);
        return IntStream.range(0, values.size())
                .mapToObj(i -> key().get(i) + " = " + values.get(i))
                .collect(Collectors.joining(" AND "));
    }

    private List<String> keyExpressions(String number, long seed) {
        return switch (this) {
            case A, B, D, E -> List.of(number);
            case C -> List.of("md5('key:%d:' || %s)::uuid".formatted(seed, number));
            // A tenant after the other, so that key and heap agree: the walk by two texts is what is measured.
            case F -> List.of(
                    "'tenant-' || lpad((%s / 20000)::text, 6, '0')".formatted(number),
                    "'order-' || lpad((%s)::text, 12, '0')".formatted(number));
        };
    }

    /** Statements that make and fill it, each a transaction of its own. */
    List<String> create(long rows, long seed) {
        List<String> sql = new ArrayList<>();
        sql.add("""
                CREATE TABLE public.users (
                  %s,
                  email            text NOT NULL,
                  full_name        text NOT NULL,
                  country          text NOT NULL,
                  created_at       timestamptz NOT NULL,
                  logins           integer NOT NULL,
                  notes            text NOT NULL,%s
                  email_normalized text
                )%s""".formatted(
                keyDefinition(),
                this == D ? "\n  document         text STORAGE EXTERNAL NOT NULL," : "",
                this == E ? " WITH (fillfactor = 80)" : ""));
        sql.add("""
                INSERT INTO public.users
                SELECT %s, CASE i %% 4
                         WHEN 0 THEN 'User' || lpad(i::text, 9, '0') || '@Example.COM'
                         WHEN 1 THEN ' user' || lpad(i::text, 9, '0') || '@example.org'
                         WHEN 2 THEN 'USER' || lpad(i::text, 9, '0') || '@EXAMPLE.NET '
                         ELSE 'user' || lpad(i::text, 9, '0') || '@example.edu'
                       END,
                       'Person ' || left(hash, 10),
                       (ARRAY['AT', 'CH', 'DE', 'ES', 'FR', 'GB', 'IT', 'US'])[get_byte(decode(hash, 'hex'), 0) %% 8 + 1],
                       timestamptz '2020-01-01 00:00+00' + i * interval '1 minute',
                       get_byte(decode(hash, 'hex'), 1),
                       left(repeat(hash, 5), %d)%s
                FROM (SELECT i, md5('row:%d:' || i) AS hash FROM generate_series(1, %d::bigint) AS i) AS numbered"""
                .formatted(
                        String.join(", ", keyExpressions("i", seed)),
                        notesLength(),
                        this == D ? ", repeat(hash, 125)" : "",
                        seed,
                        rows));
        sql.add("ALTER TABLE public.users ADD PRIMARY KEY (%s)".formatted(key("%s")));
        if (this == B || this == C) {
            sql.add("CREATE INDEX users_email_idx ON public.users (email)");
            sql.add("CREATE INDEX users_created_at_idx ON public.users (created_at)");
            sql.add("CREATE INDEX users_country_idx ON public.users (country)");
        }
        // Frozen and with all hint bits set: who reads a row first pays for nothing that the others get for free.
        sql.add("VACUUM (FREEZE, ANALYZE) public.users");
        return sql;
    }

    private String keyDefinition() {
        return switch (this) {
            case A, B, D, E -> "id               bigint NOT NULL";
            case C -> "id               uuid NOT NULL";
            case F -> "tenant           text NOT NULL,\n  code             text NOT NULL";
        };
    }

    /** Such that every row takes 240 bytes with its header. */
    private int notesLength() {
        return switch (this) {
            case A, B, E -> 132;
            case C -> 124;
            case D -> 108;
            case F -> 104;
        };
    }
}
