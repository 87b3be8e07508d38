package dev.neap.pace;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A primary, its standbys, other writers and the workers of a run, as numbers: time goes in steps of 10 ms, a standby replays
 * what is written as fast as it can, and a worker writes WAL evenly while it works on a chunk.
 */
final class Plant implements InstantSource, SignalSource {

    static final double MB = 1e6;
    private static final double STEP = 0.01;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final List<Standby> standbys = new ArrayList<>();
    private final List<Hand> hands = new ArrayList<>();
    private final List<Double> history = new ArrayList<>();
    private final List<Sample> samples = new ArrayList<>();
    private final Random random = new Random(42);
    private final Pacer pacer;

    private long ticks;
    private double written = 1e12;
    private double own;
    private int chunks;
    private Reading latest = new Reading.Unreadable(START, "not read yet");
    private double nextSample;

    double perSecondOfWork = 50 * MB;
    double sampling = 0.5;
    double noise;
    double chunkNoise = 0.1;
    Duration limit = Duration.ofSeconds(10);
    DoubleUnaryOperator others = time -> 0;

    /** How many times as much as usual a second of work writes. */
    DoubleUnaryOperator costs = time -> 1;
    boolean probeDead;
    long maxBytes;

    /** A standby that can replay so many bytes a second, as a function of the time. */
    private static final class Standby {
        private final DoubleUnaryOperator speed;
        private double replayed;
        private double able;

        private Standby(DoubleUnaryOperator speed, double replayed) {
            this.speed = speed;
            this.replayed = replayed;
        }
    }

    /** What was so each tenth of a second, and replayed, or could have been, since the beginning; the lag is that of the standby that is furthest behind, in seconds. */
    record Sample(double time, double lag, double own, double replayed, double able, int working) {}

    private final class Hand {
        private final Pacer.Worker worker;
        private double until;
        private double busyUntil;
        private @Nullable Instant began;

        private Hand(Pacer.Worker worker) {
            this.worker = worker;
        }

        private void step(double now) {
            if (began != null && now >= busyUntil) {
                worker.done(new ChunkDone(instant(), Duration.between(began, instant()), 1_000, 1_000));
                began = null;
                until = now;
            }
            if (began == null && now >= until) {
                switch (worker.verdict()) {
                    case Verdict.Hold hold -> until = now + 0.2;
                    case Verdict.Proceed proceed -> {
                        if (proceed.now()) {
                            chunks++;
                            began = instant();
                            busyUntil = now + Seconds.of(proceed.chunk()) * (1 + chunkNoise * random.nextGaussian());
                        } else {
                            until = now + Math.min(0.2, Seconds.of(proceed.pause()));
                        }
                    }
                }
            }
        }
    }

    Plant(int workers) {
        this(workers, terms());
    }

    Plant(int workers, PaceTerms terms) {
        this.pacer = new Pacer(List.of(this), List.of(), () -> terms, this);
        for (int i = 0; i < workers; i++) {
            hands.add(new Hand(pacer.worker(Activity.CHANGE)));
        }
    }

    static PaceTerms terms() {
        return new PaceTerms(
                Duration.ofMillis(250),
                Duration.ZERO,
                1,
                new HoldLimit(Duration.ofDays(2), HoldLimit.OnMaxHold.ALERT));
    }

    Plant standby(DoubleUnaryOperator speed, double behind) {
        standbys.add(new Standby(speed, written - behind));
        return this;
    }

    Plant standby(double speed) {
        return standby(time -> speed, 0);
    }

    Plant run(double seconds) {
        double end = now() + seconds;
        while (now() < end) {
            step();
        }
        return this;
    }

    private void step() {
        double now = now();
        if (now >= nextSample) {
            latest = probeDead ? new Reading.Unreadable(instant(), "connection refused") : read();
            Duration every = Seconds.duration(sampling);
            double next = Seconds.of(latest instanceof Reading.Replay replay ? replay.next(every) : every);
            nextSample = now + next * (1 + 0.2 * noise * random.nextGaussian());
        }
        hands.forEach(hand -> hand.step(now));
        double more = hands.stream().filter(hand -> hand.began != null).count()
                * perSecondOfWork
                * costs.applyAsDouble(now)
                * STEP;
        own += more;
        written += more + others.applyAsDouble(now) * STEP;
        for (Standby standby : standbys) {
            standby.able += standby.speed.applyAsDouble(now) * STEP;
            standby.replayed = Math.min(written, standby.replayed + standby.speed.applyAsDouble(now) * STEP);
        }
        history.add(written);
        ticks++;
        if (ticks % 10 == 0) {
            samples.add(new Sample(
                    now,
                    standbys.stream().mapToDouble(this::lag).max().orElse(0),
                    own,
                    standbys.stream().mapToDouble(s -> s.replayed).min().orElse(0),
                    standbys.stream().mapToDouble(s -> s.able).min().orElse(0),
                    (int) hands.stream().filter(hand -> hand.began != null).count()));
        }
    }

    /** Since when what it replays now has been there. */
    private double lag(Standby standby) {
        int from = 0;
        int to = history.size();
        while (from < to) {
            int middle = (from + to) / 2;
            if (history.get(middle) < standby.replayed + 1) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        double before = from == 0 ? ((history.isEmpty() ? written : history.getFirst()) - standby.replayed) / MB : 0;
        return (history.size() - from) * STEP + Math.max(0, before);
    }

    private Reading read() {
        double worst = 0;
        List<Reading.Standby> found = new ArrayList<>();
        for (int i = 0; i < standbys.size(); i++) {
            Standby standby = standbys.get(i);
            worst = Math.max(worst, lag(standby) * (1 + noise * random.nextGaussian()));
            double behind = (written - standby.replayed) * Math.max(0, 1 + noise * random.nextGaussian());
            found.add(new Reading.Standby(
                    "s" + i, (long) (written - behind), Optional.of(limit),
                    maxBytes == 0 ? OptionalLong.empty() : OptionalLong.of(maxBytes)));
        }
        return new Reading.Replay(
                instant(), Math.max(0, worst) / Seconds.of(limit), "the worst is %.1f s behind".formatted(worst),
                (long) written, found);
    }

    double now() {
        return ticks * STEP;
    }

    int chunks() {
        return chunks;
    }

    Pacer pacer() {
        return pacer;
    }

    List<Sample> since(double time) {
        return samples.stream().filter(sample -> sample.time() >= time).toList();
    }

    /** Bytes a second that the run wrote since then. */
    double ownRate(double time) {
        List<Sample> part = since(time);
        return (part.getLast().own() - part.getFirst().own()) / (part.getLast().time() - part.getFirst().time());
    }

    /** What the slowest standby replayed since then, as a part of what it could have. */
    double use(double time) {
        List<Sample> part = since(time);
        return (part.getLast().replayed() - part.getFirst().replayed())
                / (part.getLast().able() - part.getFirst().able());
    }

    /** The part of all samples since then in which the standby that is furthest behind had nothing to replay. */
    double idle(double time) {
        List<Sample> part = since(time);
        return part.stream().filter(sample -> sample.lag() <= STEP).count() / (double) part.size();
    }

    /** The part of all samples since then in which the lag was within its limit. */
    double within(double time) {
        List<Sample> part = since(time);
        return part.stream().filter(sample -> sample.lag() <= Seconds.of(limit)).count() / (double) part.size();
    }

    /** Standard deviation of the run's bytes a second, over stretches of two seconds, as a part of their mean. */
    double swing(double time) {
        List<Sample> part = since(time);
        List<Double> rates = new ArrayList<>();
        for (int i = 0; i + 20 < part.size(); i += 20) {
            rates.add(part.get(i + 20).own() - part.get(i).own());
        }
        double mean = rates.stream().mapToDouble(rate -> rate).average().orElse(0);
        double variance = rates.stream().mapToDouble(rate -> (rate - mean) * (rate - mean)).average().orElse(0);
        return Math.sqrt(variance) / mean;
    }

    double lagMean(double time) {
        return since(time).stream().mapToDouble(Sample::lag).average().orElse(0);
    }

    double lagMost(double time) {
        return since(time).stream().mapToDouble(Sample::lag).max().orElse(0);
    }

    @Override
    public String name() {
        return "replication_lag";
    }

    @Override
    public Reading latest() {
        return latest;
    }

    @Override
    public Instant instant() {
        return START.plusNanos(Math.round(now() * 1e9));
    }
}
