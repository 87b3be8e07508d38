package dev.neap.cli;

import java.util.List;
import java.util.concurrent.Callable;

/** A command of the program. What it throws ends the process as {@link Failures} says. */
interface Command extends Callable<Integer> {

    /** How it may end, for its help; done, an unexpected error and a refused command line go without saying. */
    List<ExitCode> exits();
}
