package dev.neap.cli;

import java.util.List;
import picocli.CommandLine.Mixin;

/** Looks at a database before a big change. */
@picocli.CommandLine.Command(name = "doctor", description = {
    "Looks a database over before a big change. Changes nothing.",
    "Finds what a database administrator would look for; each finding comes with its remedy."
}, footer = {"  neap doctor --url postgresql://localhost/shop"})
final class DoctorCommand implements Command {

    private final Session session;

    @Mixin
    private final ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private final JsonOption json = new JsonOption();

    DoctorCommand(Session session) {
        this.session = session;
    }

    @Override
    public List<ExitCode> exits() {
        return List.of(ExitCode.REFUSED, ExitCode.UNREACHABLE);
    }

    @Override
    public Integer call() {
        try (Open<Program.Inspector> inspector = session.program().inspector(connection.request(session.terminal()))) {
            return json.print(session, inspector.value().doctor());
        }
    }
}
