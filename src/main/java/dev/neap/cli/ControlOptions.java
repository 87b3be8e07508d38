package dev.neap.cli;

import dev.neap.change.ChangeName;
import dev.neap.control.Answer;
import dev.neap.control.RemoteControl;
import dev.neap.control.Tunable;
import java.time.Duration;
import java.util.function.BiFunction;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What pause, resume, stop and tune have in common: which change, for how long to wait, how to answer. */
final class ControlOptions {

    @Mixin
    private final ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Parameters(paramLabel = "CHANGE", description = "The change's name.")
    @SuppressWarnings("NullAway.Init")
    private ChangeName change;

    @Option(names = "--wait", paramLabel = "TIME", description = "Wait so long until it is so; 10s if not given.")
    private String wait = "10s";

    @Option(names = "--no-wait", description = "Only write down what is asked for.")
    private boolean noWait;

    ChangeName change() {
        return change;
    }

    /** Asks, says what came of it, and how the process ends. */
    int ask(Session session, BiFunction<RemoteControl, Duration, Answer> question) {
        Duration patience = noWait ? Duration.ZERO : length("--wait", wait);
        try (Open<RemoteControl> control = session.program().control(connection.request(session.terminal()))) {
            Answer answer = question.apply(control.value(), patience);
            session.say(json.wanted() ? Json.of(answer) : answer.message());
            return (answer.reached() || noWait ? ExitCode.DONE : ExitCode.NOT_YET).code();
        }
    }

    static Duration length(String option, String text) {
        return Tunable.length(text)
                .orElseThrow(() -> new CommandFailed(
                        ExitCode.USAGE,
                        "%s can't be \"%s\". Write a whole number and its unit: 500ms, 10s, 5min, 2h or 1d."
                                .formatted(option, text)));
    }
}
