package dev.neap.app;

import com.zaxxer.hikari.HikariDataSource;
import dev.neap.cli.CommandFailed;
import dev.neap.cli.ExitCode;
import dev.neap.cli.LintRequest;
import dev.neap.lint.SqlFile;
import dev.neap.lint.Verdict;
import dev.neap.shadow.DumpFile;
import dev.neap.shadow.Judge;
import dev.neap.shadow.Judged;
import dev.neap.shadow.Shadow;
import dev.neap.shadow.ShadowFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** Makes the shadow once somebody asks it, with the schema of the dump or database that was named. */
final class ShadowSource implements AutoCloseable {

    private final LintRequest request;
    private final TargetResolver resolver;
    private final ShadowPlaces places;
    private final List<String> notes = new ArrayList<>();
    private Optional<Shadow> shadow = Optional.empty();
    private Optional<String> whyNot = Optional.empty();
    private boolean schemaKnown;

    ShadowSource(LintRequest request, TargetResolver resolver, ShadowPlaces places) {
        this.request = request;
        this.resolver = resolver;
        this.places = places;
    }

    /** What PostgreSQL says of a file's statements, after those of the files before it. */
    Verdict judge(SqlFile file) {
        return judge(judge -> judge.judge(file.texts()));
    }

    /** The same of a change's own SQL, which is run as its step runs it. */
    Verdict judgeStep(SqlFile file) {
        return judge(judge -> file.wrapped()
                ? judge.together(file.texts(), Judge.Ending.COMMITTED)
                : judge.apart(file.texts()));
    }

    private Verdict judge(Function<Judge, List<Judged>> how) {
        if (shadow.isEmpty() && whyNot.isEmpty()) {
            open();
        }
        return shadow.map(open -> Verdict.of(how.apply(open.judge()), schemaKnown))
                .orElseGet(() -> Verdict.impossible(whyNot.orElse("")));
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    private void open() {
        if (!request.shadow().wanted()) {
            whyNot = Optional.of("PostgreSQL was not to be asked (--no-shadow).");
            return;
        }
        try {
            Shadow opened = request.shadow().dump().map(this::ofDump).orElseGet(this::ofDatabase);
            notes.addAll(opened.lacking());
            shadow = Optional.of(opened);
        } catch (ShadowFailed e) {
            whyNot = Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private Shadow ofDump(Path path) {
        schemaKnown = true;
        try {
            DumpFile dump = DumpFile.of(Files.readString(path));
            return Shadow.of(dump, place(dump.major()));
        } catch (IOException | IllegalArgumentException e) {
            throw new CommandFailed(ExitCode.USAGE, "The dump %s can't be read: %s. Make it with pg_dump --schema-only."
                    .formatted(path, e.getMessage()), e);
        }
    }

    private Shadow ofDatabase() {
        if (!resolver.isNamed(request.connection())) {
            return Shadow.empty(place(OptionalInt.empty()));
        }
        schemaKnown = true;
        DatabaseTarget target = Database.reach(resolver.resolve(request.connection()), request.connection());
        try (HikariDataSource pool = Database.pool(target, 2)) {
            return Shadow.of(pool, place(OptionalInt.of(ShadowPlaces.major(pool))));
        }
    }

    /** @param known the version of what the schema comes from */
    private Shadow.Place place(OptionalInt known) {
        OptionalInt wanted = request.shadow().version();
        if (wanted.isPresent() && known.isPresent() && wanted.getAsInt() != known.getAsInt()) {
            throw new CommandFailed(ExitCode.USAGE,
                    "--postgres-version is %d, and the schema is one of PostgreSQL %d. Leave the option out."
                            .formatted(wanted.getAsInt(), known.getAsInt()));
        }
        if (wanted.isEmpty() && known.isEmpty()) {
            notes.add(
                    "No version was named: the statements were judged by PostgreSQL %d. --postgres-version names another."
                            .formatted(Shadow.BUNDLED));
        }
        return places.place(wanted.orElse(known.orElse(Shadow.BUNDLED)), request.shadow().url());
    }

    @Override
    public void close() {
        shadow.ifPresent(Shadow::close);
    }
}
