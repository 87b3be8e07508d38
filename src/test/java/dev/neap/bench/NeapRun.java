package dev.neap.bench;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Neap as a user runs it: a process that begins with its JVM, makes its own schema, checks, changes, verifies and ends.
 *
 * @param workers 1 is not written into the change file: it is the default
 * @param backfill more keys of the change file's {@code backfill}, with their values
 */
record NeapRun(String id, int workers, Map<String, String> backfill, Programs programs) implements Contender {

    NeapRun {
        backfill = Map.copyOf(backfill);
    }

    /** @param id {@code neap-2}, {@code neap-2:key=value:…} */
    static NeapRun of(String id, Programs programs) {
        String[] parts = id.split(":", -1);
        Map<String, String> backfill = new TreeMap<>();
        for (int i = 1; i < parts.length; i++) {
            String[] pair = parts[i].split("=", 2);
            if (pair.length < 2) {
                throw new IllegalArgumentException(
                        "Contender %s has \"%s\" in it. Write key=value.".formatted(id, parts[i]));
            }
            backfill.put(pair[0], pair[1]);
        }
        try {
            return new NeapRun(id, Integer.parseInt(parts[0].replace("neap-", "")), backfill, programs);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("Contender %s names no number of workers. Write neap-2.".formatted(id),
                    e);
        }
    }

    @Override
    public String title() {
        StringBuilder title = new StringBuilder("Neap, %d worker%s".formatted(workers, workers == 1 ? "" : "s"));
        new TreeMap<>(backfill).forEach((key, value) -> title.append(", %s: %s".formatted(key, value)));
        return title.toString();
    }

    /** The change file. */
    String yaml() {
        StringBuilder yaml = new StringBuilder("""
                change: bench
                table: public.users
                operations:
                  - backfill: {set: {email_normalized: %s}}
                """.formatted(BenchTable.EXPRESSION));
        Map<String, String> all = new TreeMap<>(backfill);
        if (workers != 1) {
            all.put("workers", Integer.toString(workers));
        }
        if (!all.isEmpty()) {
            yaml.append("backfill:\n");
            all.forEach((key, value) -> yaml.append("  %s: %s\n".formatted(key, value)));
        }
        return yaml.toString();
    }

    @Override
    public Effort run(TableCopy copy) {
        programs.write("bench.yaml", yaml());
        Map<String, String> environment = Map.of("NEAP_URL", copy.databases().url(copy.database()));
        Programs.Ended ended = programs.neap(environment, "run", "bench.yaml").orThrow("neap run");
        return new Effort(work(copy), ended.peakHeap(), Optional.empty());
    }

    /** How long the backfill took, without what is before and behind it: as Spring Batch keeps it. */
    private static Optional<Duration> work(TableCopy copy) {
        return copy.client()
                .sql("""
                        SELECT max(end_time) - min(start_time) IS NOT NULL,
                               coalesce(extract(epoch FROM max(end_time) - min(start_time)), 0)
                        FROM neap.batch_step_execution
                        WHERE step_name LIKE '%-backfill%'""")
                .query((row, n) -> row.getBoolean(1)
                        ? Optional.of(Duration.ofNanos(Math.round(row.getDouble(2) * 1e9)))
                        : Optional.<Duration>empty())
                .single();
    }
}
