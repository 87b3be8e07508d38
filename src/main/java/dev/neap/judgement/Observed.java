package dev.neap.judgement;

import dev.neap.shadow.Judged;
import dev.neap.step.Lock;
import dev.neap.step.Work;
import dev.neap.trace.Footprint;
import dev.neap.trace.Trace;
import java.util.List;
import java.util.Optional;

/**
 * What was seen of one statement on the shadow.
 *
 * @param touched what others feel of it, the strongest lock first; what the statements before it in its transaction had
 *     locked and done is told of those
 * @param error why it failed, in PostgreSQL's words
 */
public record Observed(String statement, List<Touched> touched, Optional<String> error) {

    /**
     * One relation that was there before, and all that belongs to it.
     *
     * @param relation in words: {@code table public.users}
     * @param lock the strongest
     * @param work the most that was done to its rows
     */
    public record Touched(String relation, Lock lock, Work work) {}

    public Observed {
        touched = List.copyOf(touched);
    }

    static Observed of(Judged judged) {
        Footprint footprint = judged.footprint();
        List<Touched> touched = footprint.felt()
                .stream()
                .filter(trace -> trace.lock().isStrongerThan(Lock.ACCESS_SHARE)
                        || footprint.work(trace.name()) != Work.CATALOG)
                .filter(trace -> footprint.felt().stream().noneMatch(other -> covers(footprint, other, trace)))
                .map(trace -> new Touched(trace.words(), trace.lock(), footprint.work(trace.name())))
                .toList();
        return new Observed(judged.statement(), touched, judged.error().map(Judged.Failure::message));
    }

    /** Whether one belongs to the other, of which nothing less is told. */
    private static boolean covers(Footprint footprint, Trace owner, Trace trace) {
        return trace.owners().contains(owner.name())
                && !trace.lock().isStrongerThan(owner.lock())
                && footprint.work(owner.name()).compareTo(footprint.work(trace.name())) >= 0;
    }
}
