package dev.neap.app;

import dev.neap.cli.Open;
import dev.neap.cli.Program;
import java.util.Map;

/** The real program, in the test's own process. */
public final class Wired {

    private Wired() {}

    /**
     * @param environment variables, instead of the process's own
     */
    public static Program with(Map<String, String> environment) {
        return new WiredProgram(environment, warning -> {}, (settings, target, shadows) -> {
            SpringRuns spring = SpringRuns.open(settings, target, shadows);
            return new Open<>(spring.runs(), spring::close);
        });
    }
}
