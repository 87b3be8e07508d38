package dev.neap.backfill;

import java.util.List;

/**
 * A range of keys small enough to stay in cache.
 *
 * @param end its last key
 * @param rows how many rows were in it when it was laid out; ≥ 0
 */
public record Span(List<String> end, long rows) {

    public Span {
        end = List.copyOf(end);
    }
}
