package dev.neap.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.pace.Stopped;
import dev.neap.run.RunFailed;
import dev.neap.run.RunState;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class OccasionsTest {

    private final Occasions occasions = new Occasions(HookRuns.run(), Duration.ofMinutes(1));

    private static Instant at(long seconds) {
        return HookRuns.START.plusSeconds(seconds);
    }

    @Test
    void tellsAHoldOnceItHasLastedAndOnlyOnce() {
        occasions.progress(HookRuns.waits("replication_lag", "standby-1 is 3.2 s behind"), at(0));
        assertThat(occasions.tick(at(59))).isEmpty();
        assertThat(occasions.tick(at(60))).hasValueSatisfying(notice -> {
            assertThat(notice.event()).isEqualTo(HookEvent.HELD);
            assertThat(notice.reason()).contains("standby-1 is 3.2 s behind");
            assertThat(notice.hold())
                    .contains(new Notice.Hold("replication_lag", Duration.ofMinutes(1), false));
        });
        assertThat(occasions.tick(at(120))).isEmpty();
    }

    @Test
    void tellsThatItGoesOnOnlyIfItToldTheHold() {
        occasions.progress(HookRuns.waits("replication_lag", "behind"), at(0));
        assertThat(occasions.progress(HookRuns.works(), at(30))).isEmpty();
        occasions.progress(HookRuns.waits("window", "closed"), at(40));
        occasions.tick(at(100));
        assertThat(occasions.progress(HookRuns.works(), at(130))).hasValueSatisfying(notice -> {
            assertThat(notice.event()).isEqualTo(HookEvent.RESUMED);
            assertThat(notice.hold()).contains(new Notice.Hold("window", Duration.ofSeconds(90), false));
        });
        assertThat(occasions.tick(at(500))).isEmpty();
    }

    @Test
    void takesOneReasonAfterTheOtherForOneHold() {
        occasions.progress(HookRuns.waits("window", "closed"), at(0));
        occasions.progress(HookRuns.waits("replication_lag", "behind"), at(50));
        assertThat(occasions.tick(at(61))).hasValueSatisfying(
                notice -> assertThat(notice.reason()).contains("behind"));
    }

    @Test
    void tellsAHoldAgainWhenItLastsLongerThanItMay() {
        assertThat(occasions.overdue(at(0))).isEmpty();
        occasions.progress(HookRuns.waits("replication_lag", "behind"), at(0));
        occasions.tick(at(60));
        assertThat(occasions.overdue(at(3_600)))
                .hasValueSatisfying(notice -> assertThat(notice.hold())
                        .contains(new Notice.Hold("replication_lag", Duration.ofHours(1), true)));
    }

    @Test
    void tellsAFailureFromAnEndThatWasAskedFor() {
        assertThat(occasions.failed(new Stopped(), at(0)).event()).isEqualTo(HookEvent.STOPPED);
        assertThat(occasions.failed(new RunFailed(RunFailed.Reason.BUSY, "taken over"), at(0)).event())
                .isEqualTo(HookEvent.STOPPED);
        assertThat(occasions.failed(new RunFailed(RunFailed.Reason.UNREACHABLE, "away"), at(0)).event())
                .isEqualTo(HookEvent.FAILED);
        assertThat(occasions.ended(HookRuns.outcome(RunState.COMPLETING, "Stopped."), at(0)).event())
                .isEqualTo(HookEvent.STOPPED);
        assertThat(occasions.ended(HookRuns.outcome(RunState.ROLLED_BACK, "Gone."), at(0)).event())
                .isEqualTo(HookEvent.ROLLED_BACK);
    }

    @Test
    void writesABodyThatStaysAsItIs() {
        occasions.progress(HookRuns.waits("replication_lag", "standby-1 is 3.2 s behind"), at(0));
        Notice held = occasions.tick(at(61)).orElseThrow();
        assertThat(new NoticeJson("anna@host (process 4711)").write(held)).isEqualTo("""
                {"version":1,"event":"held","text":"Change normalize-email on public.users has been held for 61 s: \
                standby-1 is 3.2 s behind","change":"normalize-email","table":"public.users","run":7,"state":"RUNNING",\
                "at":"2026-01-01T00:01:01Z","host":"anna@host (process 4711)","reason":"standby-1 is 3.2 s behind",\
                "hold":{"source":"replication_lag","seconds":61.0,"overdue":false},"progress":{"phase":"backfill",\
                "step":3,"steps":7,"title":"fill email_normalized","visited":1000,"expected":5000,"changed":900}}""");
    }

    @Test
    void cutsAReasonThatIsTooLongForAMessage() {
        Notice failed = occasions.failed(new RunFailed(RunFailed.Reason.STEP_FAILED, "x".repeat(100_000)), at(0));
        assertThat(new NoticeJson("host").write(failed)).hasSizeLessThan(10_000);
    }
}
