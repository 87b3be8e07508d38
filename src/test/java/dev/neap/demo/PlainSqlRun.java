package dev.neap.demo;

import dev.neap.change.yaml.ChangeFile;
import dev.neap.run.Outcome;
import dev.neap.run.RunId;
import dev.neap.run.RunState;
import dev.neap.run.Watcher;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The demo's change by hand, as a careful person would type it, so that the demo can be tried without Neap's runs. */
final class PlainSqlRun implements DemoRun {

    private static final int SPAN = 2_000;

    @Override
    public Outcome run(DemoDatabase database, ChangeFile file, UnaryOperator<Watcher> audience) {
        JdbcClient client = JdbcClient.create(database.dataSource("plain sql"));
        client.sql("ALTER TABLE public.users ADD COLUMN email_normalized text").update();
        client.sql("""
                CREATE FUNCTION public.normalize_email() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                  NEW.email := coalesce(NEW.email, NEW.email_normalized);
                  NEW.email_normalized := lower(trim(NEW.email));
                  RETURN NEW;
                END
                $$""").update();
        client.sql("""
                CREATE TRIGGER normalize_email BEFORE INSERT OR UPDATE OF email ON public.users
                FOR EACH ROW EXECUTE FUNCTION public.normalize_email()""").update();
        long last = client.sql("SELECT max(id) FROM public.users").query(Long.class).single();
        for (long from = 1; from <= last; from += SPAN) {
            client.sql("""
                    UPDATE public.users SET email_normalized = lower(trim(email))
                    WHERE id >= :from AND id < :end AND email_normalized IS DISTINCT FROM lower(trim(email))""")
                    .param("from", from)
                    .param("end", from + SPAN)
                    .update();
        }
        client.sql("CREATE UNIQUE INDEX CONCURRENTLY users_email_normalized_key ON public.users (email_normalized)")
                .update();
        client.sql("ALTER TABLE public.users ALTER COLUMN email_normalized SET NOT NULL").update();
        return outcome(file, RunState.READY);
    }

    @Override
    public Outcome complete(DemoDatabase database, ChangeFile file) {
        JdbcClient client = JdbcClient.create(database.dataSource("plain sql"));
        // In one transaction: in between, an INSERT without email would fail.
        client.sql("DROP TRIGGER normalize_email ON public.users; ALTER TABLE public.users DROP COLUMN email")
                .update();
        return outcome(file, RunState.COMPLETED);
    }

    @Override
    public void stop() {}

    private static Outcome outcome(ChangeFile file, RunState state) {
        return new Outcome(
                new RunId(1), file.change().name().value(), state, "Done by hand.", List.of(), Duration.ZERO);
    }
}
