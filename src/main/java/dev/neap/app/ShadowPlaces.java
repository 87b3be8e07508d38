package dev.neap.app;

import dev.neap.cli.ConnectionRequest;
import dev.neap.judgement.Shadows;
import dev.neap.shadow.Shadow;
import dev.neap.shadow.ShadowFailed;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Where shadows run: on the server that was named, on Neap's own PostgreSQL, or on one of this machine.
 *
 * @param asked whose configuration and password hold for a server that was named too
 * @param path directories with programs, as PATH lists them
 */
record ShadowPlaces(NeapSettings.Lint settings, TargetResolver resolver, ConnectionRequest asked, String path)
        implements
            Shadows {

    /** For what has no SQL of its own. */
    static final Shadows NONE = target -> {
        throw new ShadowFailed("Here nothing is judged.");
    };

    @Override
    public Shadow of(DataSource target) {
        return Shadow.of(target, place(major(target), Optional.empty()));
    }

    /** The same, on a server that was named this time. */
    Shadows at(Optional<String> url) {
        return target -> Shadow.of(target, place(major(target), url));
    }

    /** @param url of a server that was named this time; else the settings may name one */
    Shadow.Place place(int major, Optional<String> url) {
        return new Shadow.Place(
                major,
                url.or(settings::shadowUrl).map(this::scratch),
                settings.postgresBin().map(Path::of),
                path);
    }

    static int major(DataSource target) {
        return Integer.parseInt(JdbcClient.create(target)
                .sql("SELECT current_setting('server_version_num')")
                .query(String.class)
                .single()) / 10_000;
    }

    private Function<Optional<String>, DataSource> scratch(String url) {
        DatabaseTarget target = Database.reach(
                resolver.resolve(
                        new ConnectionRequest(Optional.of(url), Optional.empty(), asked.config(), asked.askPassword())),
                asked);
        return database -> {
            DatabaseTarget there = new DatabaseTarget(
                    target.hosts(), database.orElse(target.database()), target.user(), target.password(),
                    target.parameters());
            return new DriverManagerDataSource(there.jdbcUrl(), there.properties());
        };
    }
}
