package dev.neap.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.change.ChangeName;
import dev.neap.control.Reply.Step;
import dev.neap.run.ControlState;
import dev.neap.run.RunState;
import dev.neap.run.Transitions;
import dev.neap.run.Transitions.Party;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ReplyTest {

    private static final ChangeName CHANGE = new ChangeName("x");

    @ParameterizedTest
    @CsvSource({
        "PAUSE,  FREE,     ASK",
        "PAUSE,  PAUSING,  WAIT",
        "PAUSE,  PAUSED,   IS_SO",
        "PAUSE,  RESUMING, ASK",
        "PAUSE,  STOPPING, REFUSE",
        "RESUME, FREE,     IS_SO",
        "RESUME, PAUSING,  ASK",
        "RESUME, PAUSED,   ASK",
        "RESUME, RESUMING, WAIT",
        "RESUME, STOPPING, REFUSE",
        "STOP,   FREE,     ASK",
        "STOP,   PAUSED,   ASK",
        "STOP,   STOPPING, WAIT"
    })
    void asksAProcessThatIsThere(Request request, ControlState control, Step step) {
        assertThat(Reply.to(request, CHANGE, RunState.RUNNING, control, true).step()).isEqualTo(step);
        assertThat(Reply.to(request, CHANGE, RunState.COMPLETING, control, true).step()).isEqualTo(step);
    }

    @ParameterizedTest
    @CsvSource({
        "PAUSE,  FREE,     NOTE,         neap resume x",
        "PAUSE,  PAUSED,   IS_SO,        neap resume x",
        "PAUSE,  STOPPING, REFUSE,       neap restart x",
        "RESUME, FREE,     IN_VAIN,      It is not paused. No process works on change x. Go on with: neap restart x",
        "RESUME, PAUSED,   NOTE_IN_VAIN, The pause is lifted. No process works on change x. Go on with: neap restart x",
        "STOP,   FREE,     NOTE,         'Should it come back, it ends.'",
        "STOP,   STOPPING, IS_SO,        neap restart x"
    })
    void saysThatAProcessIsGone(Request request, ControlState control, Step step, String words) {
        Reply reply = Reply.to(request, CHANGE, RunState.RUNNING, control, false);
        assertThat(reply.step()).isEqualTo(step);
        assertThat(reply.message()).contains(words);
    }

    @ParameterizedTest
    @CsvSource({"PAUSE, NOTE", "RESUME, IN_VAIN", "STOP, IS_SO"})
    void saysThatAProcessHasEnded(Request request, Step step) {
        assertThat(Reply.to(request, CHANGE, RunState.STOPPED, ControlState.FREE, false).step()).isEqualTo(step);
        assertThat(Reply.to(request, CHANGE, RunState.FAILED, ControlState.FREE, false).step()).isEqualTo(step);
    }

    @ParameterizedTest
    @EnumSource(Request.class)
    void asksNothingOfARunThatIsOver(Request request) {
        for (RunState state : List.of(RunState.READY, RunState.COMPLETED, RunState.ROLLED_BACK)) {
            assertThat(Reply.to(request, CHANGE, state, ControlState.FREE, false).step()).isEqualTo(Step.REFUSE);
        }
    }

    @Test
    void asksForNothingThatTheMapOfTransitionsRefuses() {
        List<String> illegal = new ArrayList<>();
        for (Request request : Request.values()) {
            for (RunState run : RunState.values()) {
                for (ControlState control : ControlState.values()) {
                    for (boolean alive : new boolean[]{true, false}) {
                        Reply reply = Reply.to(request, CHANGE, run, control, alive);
                        boolean asks = switch (reply.step()) {
                            case ASK, NOTE, NOTE_IN_VAIN -> true;
                            case IS_SO, IN_VAIN, WAIT, REFUSE -> false;
                        };
                        if (asks && Transitions.find(control, request.asked(), Party.PERSON).isEmpty()) {
                            illegal.add("%s %s %s %s".formatted(request, run, control, alive));
                        }
                        if (!alive && reply.step() != Step.WAIT) {
                            assertThat(reply.message()).contains("neap ");
                        }
                    }
                }
            }
        }
        assertThat(illegal).isEmpty();
    }
}
