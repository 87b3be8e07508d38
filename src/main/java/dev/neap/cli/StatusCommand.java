package dev.neap.cli;

import dev.neap.change.ChangeName;
import dev.neap.control.RemoteControl;
import dev.neap.run.RunFailed;
import dev.neap.run.RunLog;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows where changes stand. */
@picocli.CommandLine.Command(name = "status", description = {
    "Shows where each change stands.",
    "How far it is, who works on it, and what to type next. The latest run of each change "
            + "counts."
}, footer = {"  neap status normalize-email --json"})
final class StatusCommand implements Command {

    private final Session session;

    @Mixin
    private final ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Parameters(paramLabel = "CHANGE", arity = "0..1", description = "The change's name; else all.")
    private @Nullable ChangeName change;

    StatusCommand(Session session) {
        this.session = session;
    }

    @Override
    public List<ExitCode> exits() {
        return List.of(ExitCode.REFUSED, ExitCode.UNREACHABLE);
    }

    @Override
    public Integer call() {
        try (Open<RemoteControl> open = session.program().control(connection.request(session.terminal()))) {
            RunLog log = open.value().runs();
            List<RunStatus> all = Optional.ofNullable(change)
                    .map(name -> log.latest(name).map(List::of).orElseThrow(() -> noSuchRun(name)))
                    .orElseGet(log::latest)
                    .stream()
                    .map(run -> RunStatus.of(run, open.value(), session.clock().instant()))
                    .toList();
            session.say(json.wanted() ? Json.of(Map.of("changes", all)) : text(all));
            return ExitCode.DONE.code();
        }
    }

    private String text(List<RunStatus> all) {
        if (all.isEmpty()) {
            return "No change has been run on this database. Begin one: neap run FILE";
        }
        return String.join(
                "\n\n",
                all.stream().map(one -> StatusText.of(one, session.clock().instant())).toList());
    }

    static RunFailed noSuchRun(ChangeName change) {
        return new RunFailed(
                RunFailed.Reason.NO_SUCH_RUN,
                "Change %s has never been run on this database. See which have: neap status".formatted(change));
    }
}
