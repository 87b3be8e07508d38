package dev.neap.control;

import dev.neap.run.ControlState;

/** What a person may ask of a run that a process works on, besides tuning it. */
public enum Request {
    /** Rest after the work at hand, holding nothing, until someone resumes it. */
    PAUSE(ControlState.PAUSING, ControlState.PAUSED),
    /** Go on after a pause. */
    RESUME(ControlState.RESUMING, ControlState.FREE),
    /** End after the work at hand, so that it can be gone on with later. */
    STOP(ControlState.STOPPING, ControlState.FREE);

    private final ControlState asked;
    private final ControlState reached;

    Request(ControlState asked, ControlState reached) {
        this.asked = asked;
        this.reached = reached;
    }

    /** What is so when it has been asked for. */
    ControlState asked() {
        return asked;
    }

    /** What is so when its process has done it. */
    ControlState reached() {
        return reached;
    }
}
