package dev.neap.run;

import java.util.List;
import java.util.Optional;

/**
 * The whole life of a run: which state may follow which, and why. What is not listed is refused.
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

    private Transitions() {}

    /** The edge between two states; empty if there is none. */
    public static Optional<Edge> find(RunState from, RunState to) {
        return EDGES.stream()
                .filter(edge -> edge.from() == from && edge.to() == to)
                .findFirst();
    }
}
