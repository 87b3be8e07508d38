package dev.neap.cli;

import dev.neap.change.yaml.ChangeFile;
import dev.neap.plan.Refused;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Begins a change, or goes on with it. */
@picocli.CommandLine.Command(name = "run", description = {
    "Carries out a change up to its gate.",
    "To its end if nothing is to contract. Run again, it goes on where it stopped."
}, footer = {"  neap run jobs/normalize-email.yaml"})
final class RunCommand implements Command {

    private final Session session;

    @Mixin
    private final WorkOptions options = new WorkOptions();

    @Mixin
    private final ShadowOption shadow = new ShadowOption();

    @Mixin
    private final WindowOption window = new WindowOption();

    @Parameters(paramLabel = "FILE", description = "The change file.")
    private Path file = Path.of("");

    RunCommand(Session session) {
        this.session = session;
    }

    @Override
    public List<ExitCode> exits() {
        return Work.EXITS;
    }

    @Override
    public Integer call() {
        ChangeFile change = session.program().read(file);
        try {
            return Work.on(session, options.judgedOn(shadow.url()),
                    (runs, watcher) -> runs.run(change, window.use(), watcher));
        } catch (Refused e) {
            throw Failures.located(change, e);
        }
    }
}
