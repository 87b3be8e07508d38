package dev.neap.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The loop that most guides show: the next 10,000 rows that are still NULL. Every batch passes over all rows that are done
 * already, so that a batch takes longer the later it comes. It is run once, whatever the number of rounds.
 */
final class SeedsLoop implements Contender {

    private static final int ROWS = 10_000;

    private final Duration limit;

    /** @param limit after which it is broken off and the rest is extrapolated */
    SeedsLoop(Duration limit) {
        this.limit = limit;
    }

    @Override
    public String id() {
        return "seeds";
    }

    @Override
    public String title() {
        return "loop over WHERE … IS NULL LIMIT 10000";
    }

    @Override
    public int rounds(int asked) {
        return 1;
    }

    @Override
    public Effort run(TableCopy copy) {
        String sql = """
                WITH batch AS (
                  SELECT %s FROM public.users
                  WHERE email_normalized IS NULL
                  ORDER BY %1$s
                  LIMIT %d
                  FOR UPDATE SKIP LOCKED
                )
                UPDATE public.users AS u SET email_normalized = lower(trim(u.email)) FROM batch AS b WHERE %s"""
                .formatted(
                        copy.table().key("%s"),
                        ROWS,
                        copy.table()
                                .key()
                                .stream()
                                .map("u.%1$s = b.%1$s"::formatted)
                                .collect(Collectors.joining(" AND ")));
        List<Double> seconds = new ArrayList<>();
        try (var session = copy.session()) {
            JdbcClient client = JdbcClient.create(session);
            long end = System.nanoTime() + limit.toNanos();
            long done = 0;
            while (true) {
                long start = System.nanoTime();
                int updated = client.sql(sql).update();
                if (updated == 0) {
                    return Effort.plain();
                }
                done += updated;
                seconds.add((System.nanoTime() - start) / 1e9);
                if (System.nanoTime() > end && done < copy.rows()) {
                    Duration whole = extrapolate(seconds, Math.ceilDiv(copy.rows(), (long) ROWS));
                    return new Effort(Optional.empty(), Optional.empty(), Optional.of(whole));
                }
            }
        }
    }

    /**
     * The time of all batches, if they go on growing as the first ones did: the straight line t = a + b·n of least squares
     * through those measured, summed up over the others.
     *
     * @param seconds of the first batches, at least one
     * @param batches that all of the work takes
     */
    static Duration extrapolate(List<Double> seconds, long batches) {
        int n = seconds.size();
        double meanX = (n - 1) / 2.0;
        double meanY = seconds.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        double slope = 0;
        double square = 0;
        for (int i = 0; i < n; i++) {
            slope += (i - meanX) * (seconds.get(i) - meanY);
            square += (i - meanX) * (i - meanX);
        }
        // A batch never becomes quicker: a falling line is noise, or the first batch's cold cache.
        double b = square == 0 ? 0 : Math.max(0, slope / square);
        double a = meanY - b * meanX;
        double total = meanY * n;
        for (long i = n; i < batches; i++) {
            total += a + b * i;
        }
        return Duration.ofNanos(Math.round(total * 1e9));
    }
}
