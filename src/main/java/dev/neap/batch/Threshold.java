package dev.neap.batch;

import dev.neap.backfill.Pass;
import dev.neap.backfill.Readiness;
import dev.neap.pace.Activity;
import dev.neap.pace.ChunkDone;
import dev.neap.pace.Pacer;
import dev.neap.pace.Verdict;
import java.time.Duration;
import java.util.Optional;

/** Before which one worker stands until its next chunk may begin, and behind which it stays until that is over. */
final class Threshold implements AutoCloseable {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    private final Leave leave;
    private final Pacer.Worker worker;
    private Duration rest = Duration.ZERO;
    private boolean inside;

    /** Who has a say in whether the next chunk may begin. */
    record Leave(Pacer pacer, Activity activity, Siblings siblings, Seats.Seat seat, OldSnapshots snapshots) {}

    Threshold(Leave leave) {
        this.leave = leave;
        this.worker = leave.pacer().worker(leave.activity());
    }

    /**
     * Whether the next chunk may begin, and has thereby begun. If not, {@link #rest} tells when to ask again.
     *
     * @throws dev.neap.pace.HeldTooLong if signals held for longer than is set, and that is set to end the run
     */
    boolean crossed(Pass pass, PassReport.Part report) {
        return isReady(pass, report) && mayBegin(pass, report);
    }

    /** How long to wait, holding nothing, before it is worth asking again. */
    Duration rest() {
        return rest;
    }

    /** Whether the next chunk has nothing to wait for once it has begun. */
    private boolean isReady(Pass pass, PassReport.Part report) {
        return switch (pass.prepare(LOOK_AGAIN)) {
            case Readiness.Ready ready -> true;
            case Readiness.Preparing preparing -> {
                // It was waited for already.
                rest = Duration.ZERO;
                held(report).ifPresent(report::waiting);
                yield false;
            }
            case Readiness.Blocked blocked -> {
                rest = LOOK_AGAIN;
                report.waiting(held(report).orElseGet(() -> new Verdict.Hold("open_transaction", blocked.reason())));
                yield false;
            }
        };
    }

    private Optional<Verdict.Hold> held(PassReport.Part report) {
        Optional<Verdict.Hold> hold = worker.hold();
        leave.pacer().alert().ifPresent(report::alert);
        return hold;
    }

    /** Whether the next chunk may begin now; it goes through the turnstile first, so that a pause never comes too late. */
    private boolean mayBegin(Pass pass, PassReport.Part report) {
        boolean in = leave.siblings().turnstile().enter().isEmpty();
        inside = in;
        rest = LOOK_AGAIN;
        Optional<String> inTheWay = in ? leave.snapshots().hold(pass) : Optional.empty();
        if (inTheWay.isPresent()) {
            report.waiting(new Verdict.Hold("old_snapshot", inTheWay.get()));
            goBack();
            return false;
        }
        Verdict verdict = worker.verdict();
        leave.pacer().alert().ifPresent(report::alert);
        boolean now = switch (verdict) {
            case Verdict.Proceed proceed -> {
                pass.aim(proceed.chunk());
                rest = shorter(proceed.pause(), LOOK_AGAIN);
                yield in && proceed.now();
            }
            case Verdict.Hold hold -> {
                report.waiting(hold);
                yield false;
            }
        };
        if (!now) {
            goBack();
        }
        return now;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** How the chunk's transaction ended. */
    void done(ChunkDone chunk) {
        worker.done(chunk);
    }

    /** The chunk is over, in whatever way. */
    void goBack() {
        if (inside) {
            inside = false;
            leave.siblings().turnstile().leave();
        }
    }

    @Override
    public void close() {
        goBack();
        worker.close();
    }
}
