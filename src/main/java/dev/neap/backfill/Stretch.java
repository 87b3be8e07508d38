package dev.neap.backfill;

import java.util.List;
import java.util.Optional;

/**
 * Spans that are woven together, and how far that is: strand 0 of each span, then strand 1 of each, and so on. So when a
 * page is visited again, the transaction of its last visit is over, and so are those that could still see what it left.
 *
 * @param spans at least one, in order; the first begins behind the checkpoint's position
 * @param weave the strands
 * @param strand the one at hand, from 0
 * @param span the one at hand, from 0
 * @param within the last key done in this strand of this span; empty before the first
 */
public record Stretch(List<Span> spans, Weave weave, int strand, int span, Optional<List<String>> within) {

    public Stretch {
        spans = List.copyOf(spans);
        if (strand < 0 || strand >= weave.strands() || span < 0 || span >= spans.size()) {
            throw new IllegalArgumentException("No such place in a stretch: strand %d of %d, span %d of %d."
                    .formatted(strand, weave.strands(), span, spans.size()));
        }
    }

    /** Before the first chunk. */
    static Stretch begin(List<Span> spans, Weave weave) {
        return new Stretch(spans, weave, 0, 0, Optional.empty());
    }

    Strand strandAtHand() {
        return weave.strand(strand);
    }

    Span spanAtHand() {
        return spans.get(span);
    }

    /** The last key of all. */
    List<String> end() {
        return spans.getLast().end();
    }

    /** How much of it is done, 0 to 1. */
    double share() {
        Strand now = strandAtHand();
        return (now.from() + (now.to() - now.from()) * (double) span / spans.size()) / now.modulus();
    }

    /**
     * Where what is left of the strand and span at hand begins.
     *
     * @param position where the stretch begins
     */
    Optional<List<String>> after(Optional<List<String>> position) {
        return within.or(() -> span == 0 ? position : Optional.of(spans.get(span - 1).end()));
    }

    /**
     * After a chunk of this strand and span that went up to {@code upTo}.
     *
     * @return empty if that was the last one of the stretch
     */
    Optional<Stretch> after(List<String> upTo) {
        if (!upTo.equals(spanAtHand().end())) {
            return Optional.of(new Stretch(spans, weave, strand, span, Optional.of(upTo)));
        }
        if (span + 1 < spans.size()) {
            return Optional.of(new Stretch(spans, weave, strand, span + 1, Optional.empty()));
        }
        return strand + 1 < weave.strands()
                ? Optional.of(new Stretch(spans, weave, strand + 1, 0, Optional.empty()))
                : Optional.empty();
    }
}
