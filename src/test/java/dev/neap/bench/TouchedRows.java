package dev.neap.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * As pgroll backfills (its package backfill, batches of 1,000): rows are updated with their own key, and a trigger that is
 * there for the application's writes fills the new column. A flag in the row says that it is still to be done.
 */
final class TouchedRows implements Contender {

    private static final int ROWS = 1_000;

    @Override
    public String id() {
        return "touch";
    }

    @Override
    public String title() {
        return "touched rows and a trigger, as pgroll";
    }

    @Override
    public void prepare(TableCopy template, TableCopy copy) {
        JdbcClient client = copy.client();
        List<String> columns = client.sql("""
                SELECT attname FROM pg_attribute
                WHERE attrelid = 'public.users'::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum""")
                .query(String.class)
                .list();
        client.sql("ALTER TABLE public.users ADD COLUMN needs_backfill boolean DEFAULT true").update();
        client.sql("""
                CREATE FUNCTION public.fill_users() RETURNS trigger LANGUAGE plpgsql AS $$
                #variable_conflict use_variable
                DECLARE
                  %s
                  chosen_path text;
                BEGIN
                  SELECT current_setting INTO chosen_path FROM current_setting('search_path');
                  IF chosen_path <> 'the_new_version' THEN
                    NEW.email_normalized = %s;
                    NEW.needs_backfill = false;
                  END IF;
                  RETURN NEW;
                END
                $$""".formatted(
                columns.stream()
                        .map("%1$s public.users.%1$s%%TYPE := NEW.%1$s;"::formatted)
                        .collect(Collectors.joining("\n  ")),
                BenchTable.EXPRESSION)).update();
        client.sql("""
                CREATE TRIGGER fill_users BEFORE INSERT OR UPDATE ON public.users
                FOR EACH ROW EXECUTE FUNCTION public.fill_users()""").update();
    }

    @Override
    public Effort run(TableCopy copy) {
        BenchTable table = copy.table();
        try (var session = copy.session()) {
            JdbcClient client = JdbcClient.create(session);
            Optional<List<Object>> last = Optional.of(List.of());
            while (last.isPresent()) {
                List<Object> after = last.get();
                last = client.sql(sql(table, !after.isEmpty()))
                        .params(after)
                        .query((row, n) -> {
                            List<Object> key = new ArrayList<>();
                            for (int i = 1; i <= table.key().size(); i++) {
                                key.add(row.getObject(i));
                            }
                            return key;
                        })
                        .optional();
            }
        }
        return Effort.plain();
    }

    private static String sql(BenchTable table, boolean goesOn) {
        String after = "AND (%s) > (%s)".formatted(table.key("%s"), table.key("?"));
        return """
                WITH batch AS (
                  SELECT %1$s FROM public.users
                  WHERE needs_backfill = true %2$s
                  ORDER BY %1$s
                  LIMIT %3$d
                  FOR NO KEY UPDATE
                ), touched AS (
                  UPDATE public.users SET %4$s FROM batch WHERE %5$s RETURNING %6$s
                )
                SELECT %1$s FROM touched ORDER BY %7$s LIMIT 1""".formatted(
                table.key("%s"),
                goesOn ? after : "",
                ROWS,
                table.key().stream().map("%1$s = users.%1$s"::formatted).collect(Collectors.joining(", ")),
                table.key().stream().map("users.%1$s = batch.%1$s"::formatted).collect(Collectors.joining(" AND ")),
                table.key("users.%s"),
                table.key("%s DESC"));
    }
}
