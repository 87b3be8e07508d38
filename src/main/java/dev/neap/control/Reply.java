package dev.neap.control;

import dev.neap.change.ChangeName;
import dev.neap.run.ControlState;
import dev.neap.run.RunState;

/**
 * What is to be said to a request, given where the run stands. Pure.
 *
 * @param step what to do next
 * @param message for the person who asked: what is so, and what to do
 */
record Reply(Step step, String message) {

    /** What follows. */
    enum Step {
        /** Nothing is to be done: it is so already, or as good as so. */
        IS_SO,
        /** Write it down; nobody is there to wait for, and what was asked for is so. */
        NOTE,
        /** Write it down; nobody is there to do it. */
        NOTE_IN_VAIN,
        /** Write it down and wait until it is reached. */
        ASK,
        /** It was asked for before: wait until it is reached. */
        WAIT,
        /** Nobody there, nothing to note, and what was asked for is not so. */
        IN_VAIN,
        /** It can't be asked for. */
        REFUSE
    }

    /**
     * @param alive whether a process works on it
     */
    static Reply to(Request request, ChangeName change, RunState run, ControlState control, boolean alive) {
        if (!alive && !isWorkedOn(run)) {
            return asleep(request, change, run, control);
        }
        if (!alive) {
            return dead(request, change, run, control);
        }
        if (control == ControlState.STOPPING && request != Request.STOP) {
            return new Reply(
                    Step.REFUSE,
                    "Change %s is being stopped. Wait until it has, then go on with: neap %s %s"
                            .formatted(change, goOn(run), change));
        }
        if (control == request.asked()) {
            return new Reply(Step.WAIT, "");
        }
        return switch (request) {
            case PAUSE -> control == ControlState.PAUSED
                    ? new Reply(Step.IS_SO, "Change %s is paused already. Go on with: neap resume %s"
                            .formatted(change, change))
                    : new Reply(Step.ASK, "");
            case RESUME -> control == ControlState.FREE
                    ? new Reply(Step.IS_SO, "Change %s is not paused. See what it does with: neap watch %s"
                            .formatted(change, change))
                    : new Reply(Step.ASK, "");
            case STOP -> new Reply(Step.ASK, "");
        };
    }

    /** Its process has ended in good order. */
    private static Reply asleep(Request request, ChangeName change, RunState run, ControlState control) {
        if (run == RunState.READY || run.isFinal()) {
            return new Reply(
                    Step.REFUSE,
                    "Change %s is %s: no process works on it. See what can be done with: neap status %s"
                            .formatted(change, run, change));
        }
        return switch (request) {
            case PAUSE -> pause(change, run, control);
            case RESUME ->
                new Reply(isPaused(control) ? Step.NOTE_IN_VAIN : Step.IN_VAIN, resumed(change, run, control));
            case STOP -> new Reply(
                    Step.IS_SO,
                    "Change %s is %s: no process works on it. Go on with: neap %s %s"
                            .formatted(change, run, goOn(run), change));
        };
    }

    /** Its process has died, or seems to have. */
    private static Reply dead(Request request, ChangeName change, RunState run, ControlState control) {
        return switch (request) {
            case PAUSE -> pause(change, run, control);
            case RESUME ->
                new Reply(isPaused(control) ? Step.NOTE_IN_VAIN : Step.IN_VAIN, resumed(change, run, control));
            case STOP -> new Reply(
                    control == ControlState.STOPPING ? Step.IS_SO : Step.NOTE,
                    ("No process works on change %s: the last one is gone. Should it come back, it ends. Go on with: neap"
                            + " %s %s")
                            .formatted(change, goOn(run), change));
        };
    }

    /** Nobody is there to pause, but somebody may come. */
    private static Reply pause(ChangeName change, RunState run, ControlState control) {
        return control == ControlState.STOPPING
                ? new Reply(
                        Step.REFUSE,
                        "Change %s was asked to stop, and its process is gone. Go on with: neap %s %s"
                                .formatted(change, goOn(run), change))
                : new Reply(isPaused(control) ? Step.IS_SO : Step.NOTE, paused(change, run));
    }

    private static boolean isPaused(ControlState control) {
        return control == ControlState.PAUSED || control == ControlState.PAUSING;
    }

    private static String paused(ChangeName change, RunState run) {
        return ("No process works on change %s. The pause is noted: whoever goes on with it (neap %s %s) waits until you type:"
                + " neap resume %s").formatted(change, goOn(run), change, change);
    }

    private static String resumed(ChangeName change, RunState run, ControlState control) {
        return "%s No process works on change %s. Go on with: neap %s %s"
                .formatted(
                        isPaused(control) ? "The pause is lifted." : "It is not paused.", change, goOn(run), change);
    }

    private static boolean isWorkedOn(RunState run) {
        return switch (run) {
            case RUNNING, COMPLETING, ROLLING_BACK -> true;
            case STOPPED, FAILED, READY, COMPLETED, ROLLED_BACK -> false;
        };
    }

    /** The command that goes on. */
    static String goOn(RunState run) {
        return switch (run) {
            case RUNNING, STOPPED, FAILED -> "restart";
            case READY, COMPLETING -> "complete";
            case ROLLING_BACK -> "rollback";
            case COMPLETED, ROLLED_BACK -> "status";
        };
    }
}
