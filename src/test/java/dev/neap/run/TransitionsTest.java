package dev.neap.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TransitionsTest {

    @ParameterizedTest
    @EnumSource(RunState.class)
    void everyStateCanBeReached(RunState state) {
        Set<RunState> reached = EnumSet.of(RunState.RUNNING);
        while (reached.addAll(reached.stream()
                .flatMap(from -> Transitions.EDGES.stream()
                        .filter(edge -> edge.from() == from)
                        .map(Transitions.Edge::to))
                .toList())) {
        }

        assertThat(reached).contains(state);
    }

    @Test
    void whatWasContractedCannotBeTakenBack() {
        assertThat(Transitions.find(RunState.COMPLETING, RunState.ROLLING_BACK)).isEmpty();
        assertThat(Transitions.find(RunState.COMPLETING, RunState.RUNNING)).isEmpty();
    }

    @Test
    void nothingIsContractedThatIsNotReady() {
        assertThat(Transitions.EDGES.stream()
                .filter(edge -> edge.to() == RunState.COMPLETING && edge.from() != RunState.COMPLETING)
                .map(Transitions.Edge::from))
                .containsExactly(RunState.READY);
    }

    @Test
    void nothingFollowsARollback() {
        assertThat(Transitions.EDGES).noneMatch(edge -> edge.from() == RunState.ROLLED_BACK);
    }

    @Test
    void everyEdgeIsListedOnceWithItsReason() {
        assertThat(Transitions.EDGES).allSatisfy(edge -> assertThat(edge.reason()).isNotBlank());
        assertThat(Transitions.EDGES.stream().map(edge -> edge.from() + " " + edge.to())).doesNotHaveDuplicates();
    }

    /** Written out once more, as who reads it would: from, to, and who may. */
    private static final Set<String> CONTROL = Set.of(
            "FREE PAUSING PERSON",
            "FREE STOPPING PERSON",
            "PAUSING RESUMING PERSON",
            "PAUSING STOPPING PERSON",
            "PAUSED RESUMING PERSON",
            "PAUSED STOPPING PERSON",
            "RESUMING PAUSING PERSON",
            "RESUMING STOPPING PERSON",
            "PAUSING PAUSED PROCESS",
            "PAUSING FREE PROCESS",
            "PAUSED FREE PROCESS",
            "RESUMING FREE PROCESS",
            "STOPPING FREE PROCESS");

    @Test
    void refusesEveryChangeOfControlThatIsNotListed() {
        for (ControlState from : ControlState.values()) {
            for (ControlState to : ControlState.values()) {
                for (Transitions.Party party : Transitions.Party.values()) {
                    String edge = "%s %s %s".formatted(from, to, party);
                    assertThat(Transitions.find(from, to, party).isPresent()).as(edge)
                            .isEqualTo(CONTROL.contains(edge));
                }
            }
        }
        assertThat(Transitions.CONTROL_EDGES).hasSize(CONTROL.size())
                .allSatisfy(edge -> assertThat(edge.reason()).isNotBlank());
    }

    @Test
    void onlyAPersonAsksAndOnlyTheProcessReaches() {
        assertThat(Transitions.CONTROL_EDGES).allSatisfy(edge -> assertThat(edge.by())
                .isEqualTo(
                        edge.to() == ControlState.FREE || edge.to() == ControlState.PAUSED
                                ? Transitions.Party.PROCESS
                                : Transitions.Party.PERSON));
    }

    /** Written out once more, as who reads it would. */
    private static final Set<String> RUN = Set.of(
            "RUNNING RUNNING",
            "RUNNING STOPPED",
            "RUNNING FAILED",
            "RUNNING READY",
            "RUNNING COMPLETED",
            "RUNNING ROLLING_BACK",
            "STOPPED RUNNING",
            "STOPPED ROLLING_BACK",
            "FAILED RUNNING",
            "FAILED ROLLING_BACK",
            "READY COMPLETING",
            "READY ROLLING_BACK",
            "COMPLETING COMPLETING",
            "COMPLETING READY",
            "COMPLETING COMPLETED",
            "COMPLETED ROLLING_BACK",
            "ROLLING_BACK ROLLING_BACK",
            "ROLLING_BACK ROLLED_BACK");

    @Test
    void refusesEveryMoveOfARunThatIsNotListed() {
        for (RunState from : RunState.values()) {
            for (RunState to : RunState.values()) {
                String edge = from + " " + to;
                assertThat(Transitions.find(from, to).isPresent()).as(edge).isEqualTo(RUN.contains(edge));
            }
        }
    }
}
