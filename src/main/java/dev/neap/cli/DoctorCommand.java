package dev.neap.cli;

import java.util.List;
import picocli.CommandLine.Mixin;

/** Looks at a database before a big change. */
@picocli.CommandLine.Command(name = "doctor", description = {
    "Look at what could stand in the way of a big change.",
    "%nWhat a database administrator would check, each finding with its remedy. Changes nothing."
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
