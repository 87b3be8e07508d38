package dev.neap.demo;

import dev.neap.run.Outcome;
import java.util.List;

/**
 * How a demo ended.
 *
 * @param proven whether everything that it set out to show was so
 * @param outcomes of the run and, if it came so far, of its completion
 */
public record DemoResult(boolean proven, List<Outcome> outcomes) {

    public DemoResult {
        outcomes = List.copyOf(outcomes);
    }
}
