package dev.neap.cli;

import dev.neap.lint.Severity;
import dev.neap.lint.report.Format;
import dev.neap.lint.report.LintReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Finds what is dangerous in migrations before they run. */
@picocli.CommandLine.Command(name = "lint", description = {
    "Finds what is dangerous in change files and plain SQL migrations.",
    "Each statement is run on an empty copy of the schema, on a server of Neap's own, to see what it locks, reads and"
            + " writes anew. Nothing is run on your database; its catalog is read if it is named."
}, footer = {"  neap lint migrations/V7__orders.sql --schema-dump schema.sql"})
final class LintCommand implements Command {

    /** How bad a finding must be for the command to fail. */
    enum FailOn {
        ERROR,
        WARNING,
        NOTE,
        NEVER
    }

    private final Session session;

    @Mixin
    private final ConnectionOptions connection = new ConnectionOptions();

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Files in the order in which they run: *.yaml, *.sql.")
    private List<Path> files = List.of();

    @Option(names = "--schema-dump", paramLabel = "FILE", description = "What pg_dump --schema-only wrote, instead of a database.")
    private @Nullable Path dump;

    @Option(names = "--postgres-version", paramLabel = "N", description = "The major version that the files are for; else the database's or the dump's.")
    private @Nullable Integer version;

    @Option(names = "--shadow-url", paramLabel = "URL", description = "A server on which nobody works: the copy is made there, and dropped.")
    private @Nullable String shadowUrl;

    @Option(names = "--no-shadow", description = "Look at the words alone; what they do not tell is refused unless it is waived.")
    private boolean noShadow;

    @Option(names = "--format", paramLabel = "FORMAT", description = "text, json, sarif, or github for annotations; text if not given.")
    private Format format = Format.TEXT;

    @Option(names = "--json", description = "The same as --format json.")
    private boolean json;

    @Option(names = "--severity", paramLabel = "SEVERITY", description = "Leave out what is less bad: error, warning, note.")
    private Severity severity = Severity.NOTE;

    @Option(names = "--fail-on", paramLabel = "SEVERITY", description = "How bad a finding must be to fail: error, warning, note, never; error if not given.")
    private FailOn failOn = FailOn.ERROR;

    LintCommand(Session session) {
        this.session = session;
    }

    @Override
    public List<ExitCode> exits() {
        return List.of(ExitCode.UNREACHABLE, ExitCode.FINDINGS);
    }

    @Override
    public Integer call() {
        LintReport report = session.program()
                .lint(new LintRequest(
                        files,
                        connection.request(session.terminal()),
                        new LintRequest.Shadow(
                                !noShadow, Optional.ofNullable(dump), Optional.ofNullable(shadowUrl),
                                version == null ? OptionalInt.empty() : OptionalInt.of(version))));
        String text = (json ? Format.JSON : format).write(report.from(severity), session.program().version());
        session.terminal().out().print(text);
        return (report.worst().filter(this::fails).isPresent() ? ExitCode.FINDINGS : ExitCode.DONE).code();
    }

    private boolean fails(Severity worst) {
        return Stream.of(Severity.values())
                .filter(limit -> limit.name().equals(failOn.name()))
                .anyMatch(worst::isAtLeast);
    }
}
