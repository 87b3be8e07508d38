package dev.neap.cli;

import dev.neap.run.Outcome;
import dev.neap.run.Runs;
import dev.neap.run.Watcher;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/** What run, restart, complete and rollback have in common: show progress, heed signals, sum up. */
final class Work {

    /** How each of them may end besides well. */
    static final List<ExitCode> EXITS = List.of(
            ExitCode.REFUSED, ExitCode.BUSY, ExitCode.UNREACHABLE, ExitCode.STOPPED, ExitCode.FAILED);

    private Work() {}

    static int on(Session session, WorkOptions options, BiFunction<Runs, Watcher, Outcome> work) {
        return on(session, options, runs -> work);
    }

    /** @param beginning asks what is to be asked before the work, which it returns */
    static int on(
            Session session,
            WorkOptions options,
            Function<Runs, BiFunction<Runs, Watcher, Outcome>> beginning) {
        Terminal terminal = session.terminal();
        try (Open<Runs> runs = session.program().runs(options.request(terminal))) {
            BiFunction<Runs, Watcher, Outcome> work = beginning.apply(runs.value());
            Outcome outcome;
            try (ProgressPrinter printer = ProgressPrinter.start(terminal, session.clock());
                    StopOnSignal signals = watch(printer, runs.value()::stop)) {
                outcome = work.apply(runs.value(), printer);
            }
            // Before what is open is closed: others may still want to hear of the end.
            Summary.lines(outcome).forEach(session::say);
            terminal.out().flush();
            return Summary.exit(outcome.state()).code();
        }
    }

    private static StopOnSignal watch(ProgressPrinter printer, Runnable stop) {
        return StopOnSignal.watch(
                stop,
                code -> {
                    printer.close();
                    Runtime.getRuntime().halt(code);
                },
                printer::event);
    }
}
