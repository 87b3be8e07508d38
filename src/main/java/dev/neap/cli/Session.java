package dev.neap.cli;

import java.time.Clock;

/** What every command is given: the program behind it, the terminal before it, the time. */
record Session(Program program, Terminal terminal, Clock clock) {

    void say(String text) {
        terminal.out().println(text);
    }
}
