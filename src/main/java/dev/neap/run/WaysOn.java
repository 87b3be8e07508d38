package dev.neap.run;

/** What a person can do with a change that has a run which is not undone: sentences for messages. */
final class WaysOn {

    private WaysOn() {}

    /** How the run is brought to an end, so that something else may begin; a sentence. */
    static String toItsEnd(Run run) {
        String sentence = switch (run.state()) {
            case STOPPED, FAILED -> "Go on with it, or undo it, first: neap restart %1$s; or neap rollback %1$s";
            case READY -> "Complete it, or undo it, first: neap complete %1$s; or neap rollback %1$s";
            case RUNNING -> "Wait for it; if its process is gone, go on with: neap restart %1$s; or undo it with: neap"
                    + " rollback %1$s";
            case COMPLETING -> "Wait for it; if its process is gone, go on with: neap complete %1$s";
            case ROLLING_BACK -> "Wait for it; if its process is gone, go on with: neap rollback %1$s";
            case COMPLETED, ROLLED_BACK -> "It is at its end.";
        };
        return sentence.formatted(run.change());
    }

    /** Why there is nothing to plan of it, and what to do instead: sentences. */
    static String insteadOfPlanning(Run run) {
        String sentence = switch (run.state()) {
            case STOPPED, FAILED -> "Go on with: neap restart %1$s; or undo it with: neap rollback %1$s";
            case READY -> "Go on with: neap complete %1$s; or undo it with: neap rollback %1$s";
            case RUNNING, COMPLETING, ROLLING_BACK -> toItsEnd(run);
            case COMPLETED -> "To do something else, give the new change a name of its own.";
            case ROLLED_BACK -> "Run its file to begin anew.";
        };
        return "Change %1$s is %2$s, in run %3$s of it: a plan is made before a run. See where it stands with: neap status %1$s. "
                .formatted(run.change(), run.state(), run.id()) + sentence.formatted(run.change());
    }
}
