package dev.neap.bench;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Neap as a user runs it: a process that begins with its JVM, makes its own schema, checks, changes, verifies and ends.
 *
 * @param workers 1 is not written into the change file: it is the default
 * @param backfill more keys of the change file's {@code backfill}, with their values
 */
record NeapRun(String id, Path path, int workers, Map<String, String> backfill, Programs programs)
        implements
            Contender {

    private static final Pattern ID = Pattern.compile("(neap|transform)-(\\d{1,3})((?::[^:=]+=[^:]+)*)");

    /** How rows are changed. */
    enum Path {
        /** By an SQL expression. */
        SQL("Neap", "backfill: {set: {email_normalized: %s}}".formatted(BenchTable.EXPRESSION)),
        /** By a Java class. */
        JAVA("Neap's row path", "transform: {class: %s, reads: [email], writes: [email_normalized]}"
                .formatted(NormalizeEmail.class.getName()));

        private final String title;
        private final String operation;

        Path(String title, String operation) {
            this.title = title;
            this.operation = operation;
        }
    }

    NeapRun {
        backfill = Map.copyOf(backfill);
    }

    /**
     * @param id {@code neap-2}, {@code transform-2}, {@code neap-2:key=value:…}
     * @return empty if it is another contender's
     */
    static Optional<NeapRun> of(String id, Programs programs) {
        Matcher parts = ID.matcher(id);
        if (!parts.matches()) {
            return Optional.empty();
        }
        Map<String, String> backfill = new TreeMap<>();
        for (String pair : parts.group(3).split(":")) {
            if (!pair.isEmpty()) {
                backfill.put(pair.split("=", 2)[0], pair.split("=", 2)[1]);
            }
        }
        Path path = parts.group(1).equals("neap") ? Path.SQL : Path.JAVA;
        return Optional.of(new NeapRun(id, path, Integer.parseInt(parts.group(2)), backfill, programs));
    }

    @Override
    public String title() {
        StringBuilder title = new StringBuilder(
                "%s, %d worker%s".formatted(path.title, workers, workers == 1 ? "" : "s"));
        new TreeMap<>(backfill).forEach((key, value) -> title.append(", %s: %s".formatted(key, value)));
        return title.toString();
    }

    /** The change file. */
    String yaml() {
        StringBuilder yaml = new StringBuilder("""
                change: bench
                table: public.users
                operations:
                  - %s
                """.formatted(path.operation));
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
        if (path == Path.JAVA) {
            programs.jar("jobs/lib/bench.jar", NormalizeEmail.class);
        }
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
                        WHERE step_name SIMILAR TO '%-(backfill|transform)%'""")
                .query((row, n) -> row.getBoolean(1)
                        ? Optional.of(Duration.ofNanos(Math.round(row.getDouble(2) * 1e9)))
                        : Optional.<Duration>empty())
                .single();
    }
}
