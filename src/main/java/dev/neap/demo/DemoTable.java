package dev.neap.demo;

import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table of the demo, as an application would have made it. Every value of a filled row follows from its id, so that
 * it can be checked afterwards without a copy.
 */
final class DemoTable {

    private final JdbcClient client;

    DemoTable(DataSource primary) {
        this.client = JdbcClient.create(primary);
    }

    /** Makes the table and fills it with the ids 1 to {@code rows}. */
    void create(long rows) {
        execute("""
                CREATE TABLE public.users (
                  id         bigint GENERATED ALWAYS AS IDENTITY,
                  email      text NOT NULL,
                  full_name  text,
                  created_at timestamptz DEFAULT now(),
                  logins     int DEFAULT 0,
                  notes      text
                )""");
        client.sql("""
                INSERT INTO public.users (email, full_name, created_at, notes)
                SELECT %s, %s, timestamptz '2020-01-01 00:00+00' + id * interval '1 minute', %s
                FROM generate_series(1, :rows) AS id""".formatted(email("id"), fullName("id"), notes("id")))
                .param("rows", rows)
                .update();
        execute("ALTER TABLE public.users ADD PRIMARY KEY (id)");
        execute("CREATE INDEX users_email_idx ON public.users (email)");
        execute("CREATE INDEX users_created_at_idx ON public.users (created_at)");
        execute("VACUUM ANALYZE public.users");
    }

    private void execute(String sql) {
        client.sql(sql).update();
    }

    /** Heap, TOAST and indexes; bytes. */
    long bytes() {
        return client.sql("SELECT pg_total_relation_size('public.users')")
                .query(Long.class)
                .single();
    }

    /** How the e-mail address was typed in: with capitals and spaces. As an SQL expression. */
    static String email(String id) {
        return """
                CASE %1$s %% 4
                  WHEN 0 THEN 'User' || %1$s || '@Example.COM'
                  WHEN 1 THEN '  user' || %1$s || '@mail.example.org'
                  WHEN 2 THEN 'USER' || %1$s || '@EXAMPLE.NET '
                  ELSE 'user' || %1$s || '@example.edu'
                END""".formatted(id);
    }

    /** What becomes of it, said without lower() and trim(), so that it proves them. As an SQL expression. */
    static String normalized(String id) {
        return ("('user' || %1$s || '@' || (ARRAY['example.com','mail.example.org','example.net','example.edu'])"
                + "[(%1$s %% 4)::int + 1])")
                .formatted(id);
    }

    /** The same for one id, in Java. */
    static String normalized(long id) {
        String host = "example.edu";
        if (id % 4 == 0) {
            host = "example.com";
        } else if (id % 4 == 1) {
            host = "mail.example.org";
        } else if (id % 4 == 2) {
            host = "example.net";
        }
        return "user" + id + "@" + host;
    }

    static String fullName(String id) {
        return "('Person Number ' || %s)".formatted(id);
    }

    static String notes(String id) {
        return "repeat(md5(%s::text), 3)".formatted(id);
    }
}
