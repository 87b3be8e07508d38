package dev.neap.run;

import dev.neap.change.ChangeName;
import dev.neap.change.yaml.ChangeFile;
import java.util.Optional;

/** What can be done with runs. Each method works until the run stops, and returns where it stands then. */
public interface Runs {

    /** Begins a run of the change, or goes on with the one that is open, up to the gate. */
    Outcome run(ChangeFile file, WindowUse window, Watcher watcher);

    /** Goes on with the open run from its stored definition. */
    Outcome restart(ChangeName change, WindowUse window, Watcher watcher);

    /**
     * Contracts a run that is ready.
     *
     * @param consent is written down if the contract destroys data
     */
    Outcome complete(ChangeName change, WindowUse window, Consent consent, Watcher watcher);

    /** What a person should read before the open run is completed; empty if its contract destroys no data. */
    default Optional<LastWord> lastWord(ChangeName change) {
        return Optional.empty();
    }

    /** {@link #complete}, asked for by a program. */
    default Outcome complete(ChangeName change, WindowUse window, Watcher watcher) {
        return complete(change, window, Consent.OF_PROGRAM, watcher);
    }

    /** {@link #run} within its window. */
    default Outcome run(ChangeFile file, Watcher watcher) {
        return run(file, WindowUse.OBEY, watcher);
    }

    /** {@link #restart} within its window. */
    default Outcome restart(ChangeName change, Watcher watcher) {
        return restart(change, WindowUse.OBEY, watcher);
    }

    /** {@link #complete} within its window. */
    default Outcome complete(ChangeName change, Watcher watcher) {
        return complete(change, WindowUse.OBEY, watcher);
    }

    /**
     * Undoes what is not contracted, from any state, and at any hour: whoever takes a change back wants it gone now. No
     * row is rewritten for that.
     */
    Outcome rollback(ChangeName change, Watcher watcher);

    /** Asks the work at hand to end after its chunk; returns at once. May be called from any thread. */
    void stop();
}
