package dev.neap.cli;

import dev.neap.change.ChangeName;
import dev.neap.control.Published;
import dev.neap.control.RemoteControl;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows a run while it works, from any machine. */
@picocli.CommandLine.Command(name = "watch", description = {
    "Shows how far a change is, while it works on whatever machine.",
    "A live view on a terminal, lines elsewhere; ends when nobody works on it any more, and then as "
            + "the command that did. Ctrl-C ends the watching only."
}, footer = {"  neap watch normalize-email"})
final class WatchCommand implements Command {

    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration LINE_EVERY = Duration.ofSeconds(10);

    private final Session session;

    @Mixin
    private final ConnectionOptions connection = new ConnectionOptions();

    @Parameters(paramLabel = "CHANGE", description = "The change's name.")
    @SuppressWarnings("NullAway.Init")
    private ChangeName change;

    @Option(names = "--once", description = "Show it once, and end.")
    private boolean once;

    @Option(names = "--json", description = "Print JSON, an object a line and one a second, for scripts.")
    private boolean json;

    private Optional<Instant> lastLine = Optional.empty();
    private Optional<Instant> lastEvent = Optional.empty();
    private String lastState = "";

    WatchCommand(Session session) {
        this.session = session;
    }

    @Override
    public List<ExitCode> exits() {
        return List.of(ExitCode.REFUSED, ExitCode.UNREACHABLE, ExitCode.STOPPED, ExitCode.FAILED);
    }

    @Override
    public Integer call() {
        Screen screen = new Screen(session.terminal());
        try (Open<RemoteControl> control = session.program().control(connection.request(session.terminal()))) {
            RunStatus status = look(control.value());
            while (!once && isWorkedOn(status)) {
                show(status, screen);
                LockSupport.parkNanos(EVERY.toNanos());
                status = lookAgain(control.value(), status);
            }
            screen.clear();
            session.say(json ? Json.line(status) : String.join("\n", lines(status)));
            return (once ? ExitCode.DONE : Summary.exit(status.state())).code();
        }
    }

    private RunStatus look(RemoteControl control) {
        return control.runs()
                .latest(change)
                .map(run -> RunStatus.of(run, control, session.clock().instant()))
                .orElseThrow(() -> StatusCommand.noSuchRun(change));
    }

    /** Whoever watches wants to see the server come back. */
    private RunStatus lookAgain(RemoteControl control, RunStatus before) {
        try {
            return look(control);
        } catch (RuntimeException e) {
            if (Failures.exit(e) != ExitCode.UNREACHABLE) {
                throw e;
            }
            return before;
        }
    }

    private static boolean isWorkedOn(RunStatus status) {
        return status.holder().map(holder -> holder.alive()).orElse(false);
    }

    private void show(RunStatus status, Screen screen) {
        if (json) {
            session.say(Json.line(status));
        } else if (session.terminal().live()) {
            screen.draw(lines(status));
        } else {
            log(status);
        }
    }

    private List<String> lines(RunStatus status) {
        Terminal terminal = session.terminal();
        ProgressText text = terminal.shows('█') ? ProgressText.BLOCKS : ProgressText.ASCII;
        return WatchText.screen(status, session.clock().instant(), terminal.width().getAsInt() - 1, text);
    }

    /** Each event, and how far it is: every ten seconds, and when something is asked of it. */
    private void log(RunStatus status) {
        for (Published.Event event : status.progress().map(RunProgress::events).orElse(List.of())) {
            if (lastEvent.isEmpty() || event.at().isAfter(lastEvent.get())) {
                session.say(StatusText.time(event.at()) + "  " + event.line());
                lastEvent = Optional.of(event.at());
            }
        }
        Instant now = session.clock().instant();
        String state = StatusText.state(status);
        if (lastLine.isEmpty() || !now.isBefore(lastLine.get().plus(LINE_EVERY)) || !state.equals(lastState)) {
            session.say(StatusText.time(now) + "  " + WatchText.line(status));
            lastLine = Optional.of(now);
            lastState = state;
        }
    }
}
