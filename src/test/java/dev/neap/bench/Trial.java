package dev.neap.bench;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has a contender do its work on a fresh copy, and measures it. */
final class Trial {

    private static final Logger LOG = LoggerFactory.getLogger(Trial.class);
    private static final Duration WARM_UP = Duration.ofSeconds(3);

    private final TableCopy template;
    private final Contender contender;

    Trial(TableCopy template, Contender contender) {
        this.template = template;
        this.contender = contender;
    }

    /** @param round from 1 */
    Measurement speed(int round) {
        try (TableCopy copy = template.databases().copy(template)) {
            return measurement(round, Optional.of(figures(copy)), Optional.empty());
        } catch (RuntimeException e) {
            LOG.debug("{} failed", contender.id(), e);
            return measurement(round, Optional.empty(), Optional.of(String.valueOf(e.getMessage())));
        }
    }

    private Measurement measurement(int round, Optional<Measurement.Figures> figures, Optional<String> failure) {
        return new Measurement(template.table().letter(), template.rows(), contender.id(), contender.title(), round,
                figures, failure);
    }

    private Measurement.Figures figures(TableCopy copy) {
        contender.prepare(template, copy);
        copy.awaitQuiet();
        TableCopy.Updates earlier = copy.updates();
        long before = copy.size();
        Databases databases = copy.databases();
        databases.checkpoint();
        long walBefore = databases.walPosition();
        long start = System.nanoTime();
        Contender.Effort effort = contender.run(copy);
        double seconds = seconds(System.nanoTime() - start);
        long wal = databases.walPosition() - walBefore;
        if (effort.extrapolated().isPresent()) {
            return new Measurement.Figures(seconds(effort.extrapolated().get().toNanos()), true,
                    Optional.empty(), effort.peakHeap(), Optional.empty());
        }
        copy.awaitQuiet();
        TableCopy.Updates later = copy.updates();
        long after = copy.size();
        long wrong = copy.wrongRows();
        if (wrong > 0) {
            throw new IllegalStateException("%,d rows are wrong afterwards.".formatted(wrong));
        }
        double hot = new TableCopy.Updates(later.updated() - earlier.updated(), later.hot() - earlier.hot()).share();
        return new Measurement.Figures(
                seconds,
                false,
                effort.work().map(work -> seconds(work.toNanos())),
                effort.peakHeap(),
                Optional.of(new Measurement.Cost(wal, before, after, hot)));
    }

    private static double seconds(long nanos) {
        return nanos / 1e9;
    }

    /** How a load feels the contender, from its beginning to its end. */
    Optional<Latency> latency(int perSecond, long seed) {
        try (TableCopy copy = template.databases().copy(template)) {
            contender.prepare(template, copy);
            copy.databases().checkpoint();
            try (SteadyLoad load = SteadyLoad.start(copy, seed, perSecond)) {
                LockSupport.parkNanos(WARM_UP.toNanos());
                load.warmedUp();
                long start = System.nanoTime();
                contender.run(copy);
                double seconds = seconds(System.nanoTime() - start);
                return Optional.of(new Latency(template.table().letter(), template.rows(), contender.id(),
                        contender.title(), seconds, load.end()));
            }
        } catch (RuntimeException e) {
            LOG.warn("{} failed beside the load: {}", contender.id(), e.getMessage());
            return Optional.empty();
        }
    }
}
