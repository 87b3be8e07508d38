package dev.neap.cli;

import dev.neap.run.WindowUse;
import picocli.CommandLine.Option;

/** Lets somebody work at any hour, once. */
final class WindowOption {

    @Option(names = "--ignore-window", description = "Work at any hour this time, whatever window is set. It is written down who did so, and when.")
    private boolean ignore;

    WindowUse use() {
        return ignore ? WindowUse.IGNORE : WindowUse.OBEY;
    }
}
