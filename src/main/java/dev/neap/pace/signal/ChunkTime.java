package dev.neap.pace.signal;

import dev.neap.change.signal.SignalKind;
import dev.neap.change.signal.Unit;
import dev.neap.pace.ChunkDone;
import dev.neap.pace.PaceListener;
import dev.neap.pace.Reading;
import dev.neap.pace.SignalSource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.OptionalDouble;
import java.util.function.DoubleSupplier;

/**
 * How many times longer a row takes now than at its quickest: {@code recent ÷ baseline}. {@code recent} is the moving
 * average of {@code took ÷ rows} with weight 0.2; {@code baseline} follows it down at once and up by 1 % a chunk, so that
 * rows which simply cost more become the new normal.
 *
 * <p>It only slows work down and never holds it, since without chunks it would learn nothing more: its pressure is 1 at
 * most, and goes back to 0 by half each 10 s without a chunk. Safe for several threads.
 */
final class ChunkTime implements SignalSource, PaceListener {

    private static final int FEW = 10;
    private static final double WEIGHT = 0.2;
    private static final double DRIFT = 1.01;
    private static final double HALF_LIFE_SECONDS = 10;

    private final DoubleSupplier set;
    private final InstantSource clock;
    private int chunks;
    private double recent;
    private double baseline;
    private Instant last = Instant.EPOCH;

    /** @param limit times the baseline; more than 1; asked at each look */
    ChunkTime(DoubleSupplier limit, InstantSource clock) {
        this.set = limit;
        this.clock = clock;
    }

    @Override
    public String name() {
        return SignalKind.CHUNK_TIME.key();
    }

    @Override
    public synchronized void done(ChunkDone chunk) {
        if (chunk.rows() == 0) {
            return;
        }
        double perRow = chunk.took().toNanos() / (double) chunk.rows();
        recent = chunks == 0 ? perRow : recent + WEIGHT * (perRow - recent);
        // The first chunks fill caches and find their size: they are no measure.
        baseline = chunks < FEW ? recent : Math.min(recent, baseline * DRIFT);
        chunks++;
        last = chunk.at();
    }

    @Override
    public synchronized Reading latest() {
        Instant now = clock.instant();
        // One reading a second, whoever asks how often: each is answered once.
        Instant at = now.truncatedTo(ChronoUnit.SECONDS);
        if (chunks <= FEW) {
            return new Reading.Level(at, 0, "too few chunks tell how long a row takes");
        }
        double limit = Math.max(1.01, set.getAsDouble());
        double times = recent / baseline;
        double quiet = Math.max(0, Duration.between(last, now).toMillis() / 1000.0);
        double faded = Math.pow(0.5, quiet / HALF_LIFE_SECONDS);
        double pressure = Math.min(1, Math.max(0, (times - 1) / (limit - 1))) * faded;
        return new Reading.Level(
                at,
                pressure,
                "a row takes %s as long as at the quickest (limit %s)".formatted(
                        Unit.FACTOR.words(times), Unit.FACTOR.words(limit)),
                OptionalDouble.of(times));
    }
}
