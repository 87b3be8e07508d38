package dev.neap.metrics;

import dev.neap.run.Progress;
import dev.neap.run.Remaining;
import dev.neap.run.RunState;
import dev.neap.step.Phase;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The meters of one change's run as a whole, all tagged with the change. What is a state is a gauge each, 1 for the one. */
final class RunGauges {

    private final MeterRegistry registry;
    private final Tags tags;
    private final InstantSource clock;
    private final HoldClock holds = new HoldClock();
    private final Set<String> sources = new HashSet<>();
    private final Counter leaseLost;

    private @Nullable RunState state;
    private @Nullable Progress progress;
    private boolean works;
    private boolean failed;
    private boolean lost;
    private Instant beat = Instant.EPOCH;

    RunGauges(MeterRegistry registry, String change, InstantSource clock) {
        this.registry = registry;
        this.tags = Tags.of("change", change);
        this.clock = clock;
        for (RunState one : RunState.values()) {
            gauge("neap.run.state", "1 for the state in which the run is", tags.and("state", name(one)),
                    run -> run.state == one ? 1 : 0);
        }
        for (Phase one : Phase.values()) {
            gauge("neap.run.phase", "1 for the phase at work", tags.and("phase", name(one)),
                    run -> run.progress != null && run.progress.phase() == one ? 1 : 0);
        }
        gauge("neap.run.failed", "1 once this process has failed to do what it was asked for", tags,
                run -> run.failed ? 1 : 0);
        gauge("neap.run.step", "The number of the step at work, from 1", tags, run -> run.of(Progress::step));
        gauge("neap.run.steps", "How many steps there are", tags, run -> run.of(Progress::steps));
        gauge("neap.step.rows.visited", "Rows that the step at work has passed, by whatever process", tags,
                run -> run.of(Progress::visited));
        gauge("neap.step.rows.expected", "Rows that the step at work will pass, as far as is known", tags,
                run -> run.of(Progress::total));
        seconds("neap.step.remaining", "Until the pass at work is over, at most; NaN until enough is known",
                run -> run.of(now -> now.remaining().map(Remaining::high).map(RunGauges::seconds).orElse(Double.NaN)));
        gauge("neap.pace.proceed", "1 while work may proceed, 0 while it holds", tags,
                run -> run.of(now -> now.waiting().isPresent() ? 0 : 1));
        seconds("neap.hold.current", "How long nothing has moved; 0 if something does",
                run -> seconds(run.holds.current(run.clock.instant())));
        seconds("neap.lease.heartbeat.age", "Since the lease was last confirmed; NaN where there is none any more",
                run -> run.works ? seconds(Duration.between(run.beat, run.clock.instant())) : Double.NaN);
        this.leaseLost = Counter.builder("neap.lease.lost")
                .description("How often another process has taken the change over from this one")
                .tags(tags)
                .register(registry);
    }

    private void gauge(String name, String description, Tags with, ToDoubleFunction<RunGauges> value) {
        Gauge.builder(name, this, run -> run.read(value))
                .description(description)
                .tags(with)
                .strongReference(true)
                .register(registry);
    }

    private void seconds(String name, String description, ToDoubleFunction<RunGauges> value) {
        Gauge.builder(name, this, run -> run.read(value))
                .description(description)
                .baseUnit("seconds")
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }

    private synchronized double read(ToDoubleFunction<RunGauges> value) {
        return value.applyAsDouble(this);
    }

    private double of(ToDoubleFunction<Progress> value) {
        return progress == null ? Double.NaN : value.applyAsDouble(progress);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }

    private static String name(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT);
    }

    synchronized void begun(RunState now) {
        state = now;
        works = true;
        failed = false;
        lost = false;
        progress = null;
        beat = clock.instant();
    }

    synchronized void progress(Progress now) {
        progress = now;
        holds.stands(now.source(), clock.instant());
        now.source().filter(sources::add).ifPresent(this::count);
    }

    private void count(String source) {
        FunctionCounter
                .builder("neap.hold.time", this,
                        run -> run.read(self -> seconds(self.holds.total(source, self.clock.instant()))))
                .description("For how long nothing moved, by what it waited for")
                .baseUnit("seconds")
                .tags(tags.and("source", source))
                .register(registry);
    }

    synchronized void heartbeat(boolean held) {
        if (held) {
            beat = clock.instant();
        } else if (!lost) {
            lost = true;
            leaseLost.increment();
        }
    }

    /**
     * @param now where the run stands; empty if that is not known
     */
    synchronized void ended(Optional<RunState> now, boolean badly) {
        state = now.orElse(state);
        works = false;
        failed = badly;
        progress = null;
        holds.stands(Optional.empty(), clock.instant());
    }
}
