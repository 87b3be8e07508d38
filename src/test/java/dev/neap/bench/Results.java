package dev.neap.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that was measured, in the order in which it was.
 *
 * @param environment in words: the machine, the server's settings, the seed
 */
record Results(Map<String, String> environment, List<Measurement> measurements, List<Latency> latencies) {

    /** The key of {@code environment} under which the command stands. */
    static final String COMMAND = "command";

    Results {
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        measurements = List.copyOf(measurements);
        latencies = List.copyOf(latencies);
    }

    static Results none() {
        return new Results(Map.of(), List.of(), List.of());
    }

    /** Whether anything was measured. */
    boolean hasFigures() {
        return !measurements.isEmpty() || !latencies.isEmpty();
    }

    Results with(Measurement one) {
        List<Measurement> more = new ArrayList<>(measurements);
        more.add(one);
        return new Results(environment, more, latencies);
    }

    Results with(Latency one) {
        List<Latency> more = new ArrayList<>(latencies);
        more.add(one);
        return new Results(environment, measurements, more);
    }

    /** Results that were added to keep the commands that they came from. */
    Results in(Map<String, String> newer) {
        Map<String, String> all = new LinkedHashMap<>(newer);
        all.computeIfPresent(COMMAND, (key, now) -> {
            String earlier = environment.getOrDefault(COMMAND, "");
            if (earlier.isEmpty()) {
                return now;
            }
            return earlier.contains(now) ? earlier : earlier + ", " + now;
        });
        return new Results(all, measurements, latencies);
    }

    /** Without what is measured anew. */
    Results without(String table, long rows, List<String> contenders) {
        return new Results(environment, measurements.stream()
                .filter(each -> !(each.table().equals(table) && each.rows() == rows
                        && contenders.contains(each.contender())))
                .toList(), latencies);
    }

    /** The same for the load. */
    Results withoutLatency(String table, long rows) {
        return new Results(environment, measurements, latencies.stream()
                .filter(each -> !(each.table().equals(table) && each.rows() == rows))
                .toList());
    }

    /** A table of a size, and one contender on it. */
    record Case(String table, long rows, String contender) {}

    /** What was measured, each once. */
    List<Case> cases() {
        return List.copyOf(new LinkedHashSet<>(measurements.stream()
                .map(each -> new Case(each.table(), each.rows(), each.contender()))
                .toList()));
    }

    List<Measurement> of(Case wanted) {
        return measurements.stream()
                .filter(each -> new Case(each.table(), each.rows(), each.contender()).equals(wanted))
                .toList();
    }

    /** Of a figure over the rounds; empty if nobody measured it, or a round failed. */
    Optional<Spread> spread(Case wanted, Function<Measurement.Figures, Optional<Double>> figure) {
        List<Measurement> rounds = of(wanted);
        if (rounds.stream().anyMatch(round -> round.failure().isPresent())) {
            return Optional.empty();
        }
        return Spread.of(rounds.stream()
                .flatMap(round -> round.figures().stream())
                .flatMap(figures -> figure.apply(figures).stream())
                .toList());
    }

    private Optional<Double> median(Case wanted, Function<Measurement.Figures, Optional<Double>> figure) {
        return spread(wanted, figure).map(Spread::median);
    }

    Optional<Double> seconds(Case wanted) {
        return median(wanted, figures -> Optional.of(figures.seconds()));
    }

    Optional<Double> rowsPerSecond(Case wanted) {
        return seconds(wanted).map(seconds -> wanted.rows() / seconds);
    }

    /** Bytes a row. */
    Optional<Double> wal(Case wanted) {
        return median(wanted, figures -> figures.cost().map(cost -> (double) cost.wal() / wanted.rows()));
    }

    /** Size after ÷ before. */
    Optional<Double> growth(Case wanted) {
        return median(wanted, figures -> figures.cost().map(cost -> (double) cost.after() / cost.before()));
    }

    /** From 0 to 1. */
    Optional<Double> hot(Case wanted) {
        return median(wanted, figures -> figures.cost().map(Measurement.Cost::hot));
    }

    /** Bytes. */
    Optional<Double> peakHeap(Case wanted) {
        return median(wanted, figures -> figures.peakHeap().map(Long::doubleValue));
    }

    /** Whether its time is not measured to the end. */
    boolean extrapolated(Case wanted) {
        return of(wanted).stream()
                .flatMap(round -> round.figures().stream())
                .anyMatch(Measurement.Figures::extrapolated);
    }

    /** Why a contender has no figures. */
    Stream<Measurement> failures() {
        return measurements.stream().filter(each -> each.failure().isPresent());
    }

    /** The size of this table that most contenders were measured with, the larger if there are two; 0 if there is none. */
    long rows(String table) {
        Map<Long, Long> contenders = cases().stream()
                .filter(each -> each.table().equals(table))
                .collect(Collectors.groupingBy(Case::rows, Collectors.counting()));
        return contenders.keySet()
                .stream()
                .max(Comparator.<Long, Long>comparing(contenders::get).thenComparing(Comparator.naturalOrder()))
                .orElse(0L);
    }
}
