package dev.neap.control;

import dev.neap.run.ControlState;
import dev.neap.run.RunState;
import java.util.List;

/**
 * What came of a request; the component names are the keys of its JSON.
 *
 * @param state the run's, now
 * @param control what is asked of it, and reached, now
 * @param reached whether what was asked for is so; false also where nobody waited for it
 * @param message what is so and what to do, for people
 * @param tuned what is tuned now
 */
public record Answer(
        String change,
        RunState state,
        ControlState control,
        boolean reached,
        String message,
        List<Setting> tuned) {

    public Answer {
        tuned = List.copyOf(tuned);
    }
}
