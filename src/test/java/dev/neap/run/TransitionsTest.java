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
}
