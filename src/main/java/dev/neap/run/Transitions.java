package dev.neap.run;

import java.util.List;
import java.util.Optional;

/**
 * The whole life of a run: which state may follow which, and why. What is not listed is refused.
 *
 * <p>There are two maps, since they vary independently: where a run stands, and what is asked of it while it is worked on.
 */
public final class Transitions {

    /** One edge. */
    public record Edge(RunState from, RunState to, String reason) {}

    /** Every edge there is. */
    public static final List<Edge> EDGES = List.of(
            new Edge(RunState.RUNNING, RunState.RUNNING, "its process died, and another takes over"),
            new Edge(RunState.RUNNING, RunState.STOPPED, "someone stopped it at the end of a chunk"),
            new Edge(RunState.RUNNING, RunState.FAILED, "a step failed for good"),
            new Edge(RunState.RUNNING, RunState.READY, "everything before the gate is done and verified"),
            new Edge(RunState.RUNNING, RunState.COMPLETED, "everything is done, and nothing was to contract"),
            new Edge(RunState.RUNNING, RunState.ROLLING_BACK, "its process died, and it is undone instead"),
            new Edge(RunState.STOPPED, RunState.RUNNING, "it was started again"),
            new Edge(RunState.STOPPED, RunState.ROLLING_BACK, "it is undone instead"),
            new Edge(RunState.FAILED, RunState.RUNNING, "it was started again, the cause mended"),
            new Edge(RunState.FAILED, RunState.ROLLING_BACK, "it is undone instead"),
            new Edge(RunState.READY, RunState.COMPLETING, "someone said that the gate's condition holds"),
            new Edge(RunState.READY, RunState.ROLLING_BACK, "it is undone instead"),
            new Edge(RunState.COMPLETING, RunState.COMPLETING, "the contract was broken off, and goes on"),
            new Edge(RunState.COMPLETING, RunState.READY,
                    "the contract failed before it changed anything"),
            new Edge(RunState.COMPLETING, RunState.COMPLETED, "the old structure has gone"),
            new Edge(RunState.COMPLETED, RunState.ROLLING_BACK, "nothing was contracted, so it can still be undone"),
            new Edge(RunState.ROLLING_BACK, RunState.ROLLING_BACK, "undoing was broken off, and goes on"),
            new Edge(RunState.ROLLING_BACK, RunState.ROLLED_BACK, "everything has been undone"));

    /** Who brings a change of control about: they do so at the same time, and from different machines. */
    public enum Party {
        /** Whoever types a command. */
        PERSON,
        /** The process that holds the change's lease. */
        PROCESS
    }

    /** One edge between what is asked and what is reached. */
    public record ControlEdge(ControlState from, ControlState to, Party by, String reason) {}

    /** Every edge there is between what is asked and what is reached. */
    public static final List<ControlEdge> CONTROL_EDGES = List.of(
            asked(ControlState.FREE, ControlState.PAUSING, "someone wants it to rest"),
            asked(ControlState.FREE, ControlState.STOPPING, "someone wants its process to end"),
            asked(ControlState.PAUSING, ControlState.RESUMING,
                    "someone thought better of it before it had come to rest"),
            asked(ControlState.PAUSING, ControlState.STOPPING, "a rest is not enough: its process shall end"),
            asked(ControlState.PAUSED, ControlState.RESUMING, "someone wants it to go on"),
            asked(ControlState.PAUSED, ControlState.STOPPING, "it rests, and its process shall end too"),
            asked(ControlState.RESUMING, ControlState.PAUSING, "someone wants it to rest before it has gone on"),
            asked(ControlState.RESUMING, ControlState.STOPPING, "someone wants its process to end instead"),
            reached(ControlState.PAUSING, ControlState.PAUSED, "the last chunk has ended, and nothing is held open"),
            reached(ControlState.PAUSING, ControlState.FREE, "it came to its end before it could rest"),
            reached(ControlState.PAUSED, ControlState.FREE, "nothing was left to do while it rested"),
            reached(ControlState.RESUMING, ControlState.FREE, "its process goes on"),
            reached(ControlState.STOPPING, ControlState.FREE,
                    "its process has ended, or another has begun, whom the request did not mean"));

    private Transitions() {}

    private static ControlEdge asked(ControlState from, ControlState to, String reason) {
        return new ControlEdge(from, to, Party.PERSON, reason);
    }

    private static ControlEdge reached(ControlState from, ControlState to, String reason) {
        return new ControlEdge(from, to, Party.PROCESS, reason);
    }

    /** The edge that this party may take; empty if there is none. */
    public static Optional<ControlEdge> find(ControlState from, ControlState to, Party by) {
        return CONTROL_EDGES.stream()
                .filter(edge -> edge.from() == from && edge.to() == to && edge.by() == by)
                .findFirst();
    }

    /** The edge between two states; empty if there is none. */
    public static Optional<Edge> find(RunState from, RunState to) {
        return EDGES.stream()
                .filter(edge -> edge.from() == from && edge.to() == to)
                .findFirst();
    }
}
