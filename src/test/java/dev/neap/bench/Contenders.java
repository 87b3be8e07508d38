package dev.neap.bench;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** All contenders, by the names that bench.contenders uses. */
final class Contenders {

    private final Programs programs;
    private final Duration seedsLimit;

    /** @param seedsLimit see {@link SeedsLoop} */
    Contenders(Programs programs, Duration seedsLimit) {
        this.programs = programs;
        this.seedsLimit = seedsLimit;
    }

    /**
     * {@code neap-2} is Neap with two workers, {@code neap-2:vacuum=true} the same with {@code vacuum: true} in the change
     * file's {@code backfill}; {@code transform-2} its row path; {@code replay-2} the statements of {@code neap-2} without Neap.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    Contender of(String id) {
        return switch (id) {
            case "update" -> new OneUpdate();
            case "ranges" -> new KeyRanges();
            case "seeds" -> new SeedsLoop(seedsLimit);
            case "touch" -> new TouchedRows();
            case "batch" -> new PlainBatch(programs);
            default -> id.startsWith("replay-")
                    ? new Replay(id, neap(id.replaceFirst("replay", "neap")))
                    : neap(id);
        };
    }

    private NeapRun neap(String id) {
        return NeapRun.of(id, programs)
                .orElseThrow(() -> new IllegalArgumentException(
                        ("There is no contender %s. Choose among update, ranges, seeds, touch, batch, and neap-N,"
                                + " transform-N and replay-N, N being the number of workers.").formatted(id)));
    }

    List<Contender> of(List<String> ids) {
        return ids.stream().map(this::of).toList();
    }

    /** A round's order: everyone begins one place later than in the round before. */
    static <T> List<T> rotated(List<T> all, int round) {
        if (all.isEmpty()) {
            return all;
        }
        int first = Math.floorMod(round, all.size());
        return Stream.concat(all.subList(first, all.size()).stream(), all.subList(0, first).stream()).toList();
    }
}
