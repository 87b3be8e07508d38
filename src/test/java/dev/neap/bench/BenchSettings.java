package dev.neap.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What is to be measured, from the system properties {@code bench.…}; src/docs/benchmarks.md lists them.
 *
 * @param speed how fast the contenders are
 * @param load how a steady load feels them
 * @param seed of all that is random in the tables
 * @param seedsLimit after so long, the seeds' loop is stopped and its time extrapolated
 * @param place where things are kept
 */
record BenchSettings(Speed speed, Load load, long seed, Duration seedsLimit, Place place) {

    /**
     * @param tables letters of {@link BenchTable}
     * @param rows of each, at least 1; see {@link BenchTable#rows}
     * @param contenders see {@link Contenders#of}
     * @param rounds at least 1
     */
    record Speed(List<String> tables, long rows, List<String> contenders, int rounds, Scale scale) {}

    /**
     * Table (a) in several sizes.
     *
     * @param rows none means that it is left out
     */
    record Scale(List<Long> rows, List<String> contenders) {}

    /**
     * @param tables none means that it is left out
     * @param perSecond operations, at least 1
     * @param alone how long it runs against nothing, to compare with
     * @param pacing whether a run beside it and a slowed standby is watched, see {@link PacingTrial}
     */
    record Load(List<String> tables, List<String> contenders, int perSecond, Duration alone, boolean pacing) {}

    /**
     * @param directory in which the server keeps its data while it runs
     * @param output for the results
     * @param keep whether the results found there are added to, instead of begun anew
     * @param publish whether the results go into src/docs too
     * @param packaged whether Neap is the packaged one, with its launcher, or the classes of this JVM
     */
    record Place(Path directory, Path output, boolean keep, boolean publish, boolean packaged) {}

    static BenchSettings ofSystemProperties() {
        List<String> contenders = list("contenders", "update,ranges,seeds,batch,touch,neap-1,neap-2,neap-4");
        return new BenchSettings(
                new Speed(
                        list("tables", "a,b,c,d,e,f"),
                        number("rows", 2_000_000),
                        contenders,
                        Math.toIntExact(number("rounds", 3)),
                        new Scale(
                                list("scale", "1000000,5000000,20000000").stream().map(Long::valueOf).toList(),
                                list("scale.contenders", "update,neap-2"))),
                new Load(
                        list("latency", "b"),
                        list("latency.contenders", String.join(",", contenders)),
                        Math.toIntExact(number("latency.rate", 200)),
                        Duration.ofSeconds(number("latency.alone", 30)),
                        Boolean.parseBoolean(
                                text("pacing", Boolean.toString(System.getProperty("bench.tables") == null)))),
                number("seed", 42, 0),
                Duration.ofSeconds(number("seeds.limit", 60)),
                new Place(
                        Path.of(text("dir", System.getProperty("java.io.tmpdir"))),
                        Path.of(text("output", "target/bench")),
                        Boolean.parseBoolean(text("keep", "false")),
                        Boolean.parseBoolean(text("publish", "false")),
                        Boolean.parseBoolean(text("packaged", "true"))));
    }

    private static List<String> list(String name, String otherwise) {
        return Stream.of(text(name, otherwise).split(","))
                .map(String::strip)
                .filter(item -> !item.isEmpty() && !item.equals("none"))
                .toList();
    }

    private static long number(String name, long otherwise) {
        return number(name, otherwise, 1);
    }

    private static long number(String name, long otherwise, long least) {
        long value = Long.parseLong(text(name, Long.toString(otherwise)));
        if (value < least) {
            throw new IllegalArgumentException(
                    "bench.%s is %d. Set it to %d or more.".formatted(name, value, least));
        }
        return value;
    }

    private static String text(String name, String otherwise) {
        return Objects.requireNonNullElse(System.getProperty("bench." + name), otherwise);
    }
}
