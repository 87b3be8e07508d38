package dev.neap.app;

import dev.neap.cli.CommandFailed;
import dev.neap.cli.ConnectionRequest;
import dev.neap.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which database is meant. The first that says so holds, for URL, user and password each: the command line;
 * NEAP_URL, NEAP_USER, NEAP_PASSWORD; config/application.yaml; what libpq reads (PG…, .pgpass).
 */
final class TargetResolver {

    /** libpq's variables for TLS and the rest (PostgreSQL manual, 34.15), with the parameters that they stand for. */
    private static final Map<String, String> VARIABLES = Map.of(
            "PGSSLMODE", "sslmode",
            "PGSSLROOTCERT", "sslrootcert",
            "PGSSLCERT", "sslcert",
            "PGSSLKEY", "sslkey",
            "PGSSLNEGOTIATION", "sslnegotiation",
            "PGCHANNELBINDING", "channel_binding",
            "PGGSSENCMODE", "gssencmode",
            "PGCONNECT_TIMEOUT", "connect_timeout",
            "PGTARGETSESSIONATTRS", "target_session_attrs",
            "PGAPPNAME", "application_name");

    private final NeapSettings settings;
    private final Map<String, String> environment;
    private final Consumer<String> warn;

    /**
     * @param settings already hold NEAP_… of the environment over the file
     * @param warn told what a person should know, a line each
     */
    TargetResolver(NeapSettings settings, Map<String, String> environment, Consumer<String> warn) {
        this.settings = settings;
        this.environment = environment;
        this.warn = warn;
    }

    /** @throws CommandFailed if nothing names a database, or what does can't be read */
    DatabaseTarget resolve(ConnectionRequest request) {
        if (variable("PGSERVICE").isPresent() && request.url().isEmpty() && settings.url().isEmpty()) {
            throw new CommandFailed(
                    ExitCode.USAGE, "PGSERVICE is set, and Neap does not read service files. Set PGHOST, PGPORT and"
                            + " PGDATABASE, or give --url.");
        }
        DatabaseUrl url = request.url()
                .map(this::fromCommandLine)
                .or(() -> settings.url().map(DatabaseUrl::parse))
                .or(this::fromLibpq)
                .orElseThrow(TargetResolver::nothingNamed);
        String user = Stream.of(request.user(), url.user(), settings.user(), variable("PGUSER"))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> System.getProperty("user.name", "postgres"));
        String database = url.database().or(() -> variable("PGDATABASE")).orElse(user);
        Map<String, String> parameters = new LinkedHashMap<>();
        VARIABLES.forEach((name, parameter) -> variable(name).ifPresent(value -> parameters.put(parameter, value)));
        Map<String, String> driver = new LinkedHashMap<>(LibpqParameters.toDriver(parameters));
        driver.putAll(url.parameters());
        String passfile = driver.remove("passfile");
        return new DatabaseTarget(url.hosts(), database, user, password(url, database, user, passfile), driver);
    }

    /** Whether anything names a database at all. */
    boolean isNamed(ConnectionRequest request) {
        return request.url().isPresent() || settings.url().isPresent()
                || Stream.of("PGHOST", "PGHOSTADDR", "PGPORT", "PGDATABASE")
                        .anyMatch(name -> variable(name).isPresent());
    }

    /**
     * A standby that is asked directly: what its URL leaves out is as it is for the primary.
     *
     * @throws CommandFailed if the URL can't be read
     */
    DatabaseTarget standby(String text, DatabaseTarget primary) {
        DatabaseUrl url = DatabaseUrl.parse(text);
        String user = url.user().orElse(primary.user());
        String database = url.database().orElse(primary.database());
        Map<String, String> driver = new LinkedHashMap<>(primary.parameters());
        driver.remove("ApplicationName");
        driver.put("targetServerType", "any");
        driver.putAll(url.parameters());
        String passfile = driver.remove("passfile");
        Optional<Secret> password = url.password()
                .or(() -> user.equals(primary.user()) ? primary.password() : Optional.empty())
                .or(() -> password(url, database, user, passfile));
        return new DatabaseTarget(url.hosts(), database, user, password, driver);
    }

    private DatabaseUrl fromCommandLine(String text) {
        DatabaseUrl url = DatabaseUrl.parse(text);
        if (url.password().isPresent()) {
            warn.accept("--url holds a password, which every user of this machine can see in its list of processes."
                    + " Put it into NEAP_PASSWORD or .pgpass instead.");
        }
        return url;
    }

    private Optional<DatabaseUrl> fromLibpq() {
        if (Stream.of("PGHOST", "PGHOSTADDR", "PGPORT", "PGDATABASE").allMatch(name -> variable(name).isEmpty())) {
            return Optional.empty();
        }
        String hosts = variable("PGHOST").or(() -> variable("PGHOSTADDR")).orElse("localhost");
        if (hosts.startsWith("/") || hosts.startsWith("@")) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "PGHOST is the socket directory %s, and Java connects over TCP only. Set PGHOST=localhost."
                            .formatted(hosts));
        }
        StringBuilder query = new StringBuilder("postgresql:///?host=").append(encoded(hosts));
        variable("PGPORT").ifPresent(port -> query.append("&port=").append(encoded(port)));
        return Optional.of(DatabaseUrl.parse(query.toString()));
    }

    private Optional<Secret> password(DatabaseUrl url, String database, String user, @Nullable String passfile) {
        return url.password()
                .or(settings::password)
                .or(() -> settings.passwordFile().map(Path::of).map(TargetResolver::firstLine))
                .or(() -> variable("PGPASSWORD").map(Secret::of))
                .or(() -> {
                    PgPass file = PgPass.read(passfile == null ? pgPassFile() : Path.of(passfile), warn);
                    return url.hosts()
                            .stream()
                            .flatMap(host -> file.password(host.name(), host.port(), database, user).stream())
                            .findFirst();
                });
    }

    private Path pgPassFile() {
        return variable("PGPASSFILE")
                .map(Path::of)
                .orElseGet(() -> Path.of(
                        variable("HOME").orElseGet(() -> System.getProperty("user.home", "")), ".pgpass"));
    }

    private static Secret firstLine(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return Secret.of(lines.findFirst().orElse(""));
        } catch (IOException | java.io.UncheckedIOException e) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "The password file %s can't be read. Mend neap.password_file in the configuration, or its permissions."
                            .formatted(file),
                    e);
        }
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }

    private static String encoded(String text) {
        return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8)
                .replace("+", "%20");
    }

    private static CommandFailed nothingNamed() {
        return new CommandFailed(ExitCode.USAGE, String.join("\n", List.of(
                "No database is named. Name it in one of four ways:",
                "  --url postgresql://user@host:5432/database after the command",
                "  NEAP_URL=postgresql://user@host:5432/database in the environment",
                "  neap.url in config/application.yaml",
                "  PGHOST, PGPORT, PGDATABASE and PGUSER, as for psql")));
    }
}
