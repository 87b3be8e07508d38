package dev.neap.cli;

import dev.neap.change.ChangeName;
import dev.neap.control.AuditStore;
import dev.neap.control.RemoteControl;
import dev.neap.run.Run;
import dev.neap.run.RunLog;
import dev.neap.run.RunState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what was done. */
@picocli.CommandLine.Command(name = "history", description = {
    "Shows what was done, the newest run first.",
    "When each run began, stopped, went on and ended, by whom and why; for one change also "
            + "the rows that were set aside."
}, footer = {"  neap history normalize-email"})
final class HistoryCommand implements Command {

    private static final int SET_ASIDE_SHOWN = 100;

    private final Session session;

    @Mixin
    private final ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Parameters(paramLabel = "CHANGE", arity = "0..1", description = "The change's name; else all.")
    private @Nullable ChangeName change;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many runs of all changes; 50 if not given.")
    private int limit = 50;

    HistoryCommand(Session session) {
        this.session = session;
    }

    /** A run, its moves and what people asked of it; the component names are the keys of its JSON: they stay as they are. */
    record Past(
            String change,
            long run,
            String table,
            RunState state,
            Optional<String> message,
            String neapVersion,
            Instant createdAt,
            Instant updatedAt,
            List<RunLog.Moved> moves,
            List<AuditStore.Entry> audit) {

        static Past of(Run run, RemoteControl control) {
            return new Past(
                    run.change().value(),
                    run.id().value(),
                    run.table(),
                    run.state(),
                    run.message(),
                    run.version(),
                    run.createdAt(),
                    run.updatedAt(),
                    control.runs().moves(run.id()),
                    control.log().audit(run.id()));
        }
    }

    @Override
    public List<ExitCode> exits() {
        return List.of(ExitCode.REFUSED, ExitCode.UNREACHABLE);
    }

    @Override
    public Integer call() {
        try (Open<RemoteControl> open = session.program().control(connection.request(session.terminal()))) {
            RunLog log = open.value().runs();
            List<Run> runs = change == null ? log.runs(limit) : log.runs(change);
            if (change != null && runs.isEmpty()) {
                throw StatusCommand.noSuchRun(change);
            }
            List<Past> past = runs.stream().map(run -> Past.of(run, open.value())).toList();
            List<RunLog.QuarantinedRow> rows = change == null ? List.of() : log.quarantined(change, SET_ASIDE_SHOWN);
            session.say(json.wanted() ? Json.of(Map.of("runs", past, "quarantined", rows)) : text(past, rows));
            return ExitCode.DONE.code();
        }
    }

    private static String text(List<Past> past, List<RunLog.QuarantinedRow> rows) {
        if (past.isEmpty()) {
            return "No change has been run on this database. Begin one: neap run FILE";
        }
        List<String> lines = new ArrayList<>();
        for (Past run : past) {
            lines.add("%s, run %d on %s: %s".formatted(run.change(), run.run(), run.table(),
                    RunStatus.words(run.state())));
            lines.addAll(happened(run));
        }
        if (!rows.isEmpty()) {
            lines.add("Rows set aside:");
            rows.forEach(row -> lines.add("  %s  key (%s): %s (%s)"
                    .formatted(row.step(), String.join(", ", row.key()), row.message(), row.sqlState())));
        }
        return String.join("\n", lines);
    }

    private record Line(Instant at, String text) {}

    /** What the run did and what was asked of it, in the order of time. */
    private static List<String> happened(Past run) {
        Stream<Line> moves = run.moves()
                .stream()
                .map(moved -> new Line(
                        moved.at(),
                        "%s by %s%s"
                                .formatted(
                                        RunStatus.words(moved.to()),
                                        moved.by(),
                                        moved.reason().map(reason -> ": " + reason).orElse(""))));
        Stream<Line> audit = run.audit()
                .stream()
                .map(entry -> new Line(entry.at(), words(entry)));
        return Stream.concat(moves, audit)
                .sorted(Comparator.comparing(Line::at))
                .map(line -> "  %s  %s".formatted(StatusText.time(line.at()), line.text()))
                .toList();
    }

    private static String words(AuditStore.Entry entry) {
        return entry.what().equals(AuditStore.AGREED)
                ? "loss of data agreed to by %s, %s; %s"
                        .formatted(entry.by(), entry.reason(), entry.to().orElse("no note"))
                : "%s from %s to %s by %s: %s"
                        .formatted(
                                entry.what(),
                                entry.from().map(HistoryCommand::quiet).orElse("as set"),
                                entry.to().map(HistoryCommand::quiet).orElse("as set"),
                                entry.by(),
                                entry.reason());
    }

    /** States are enums, and values are not. */
    private static String quiet(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
