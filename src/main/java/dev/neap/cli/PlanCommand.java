package dev.neap.cli;

import dev.neap.change.yaml.ChangeFile;
import dev.neap.plan.Refused;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what a change would do; does nothing. */
@picocli.CommandLine.Command(name = "plan", description = {
    "Shows what a change would do. Changes nothing.",
    "Each step with its SQL, the lock that it takes and for how long, and how it is undone; what the change will"
            + " cost; what stands in its way."
}, footer = {"  neap plan jobs/normalize-email.yaml --sample"})
final class PlanCommand implements Command {

    private final Session session;

    @Mixin
    private final ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Parameters(paramLabel = "FILE", description = "The change file.")
    private Path file = Path.of("");

    @Option(names = "--sample", description = "Measure one chunk of the backfill, which is rolled back, for an estimate of this very server.")
    private boolean sample;

    @Mixin
    private final ShadowOption shadow = new ShadowOption();

    PlanCommand(Session session) {
        this.session = session;
    }

    @Override
    public List<ExitCode> exits() {
        return List.of(ExitCode.REFUSED, ExitCode.UNREACHABLE);
    }

    @Override
    public Integer call() {
        ChangeFile change = session.program().read(file);
        try (Open<Program.Inspector> inspector = session.program().inspector(connection.request(session.terminal()))) {
            return json.print(session, inspector.value().plan(change, sample, shadow.url()));
        } catch (Refused e) {
            throw Failures.located(change, e);
        }
    }
}
