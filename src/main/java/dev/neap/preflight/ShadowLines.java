package dev.neap.preflight;

import dev.neap.judgement.Judgement.Seen;
import dev.neap.judgement.Observed;
import dev.neap.judgement.Observed.Touched;
import dev.neap.step.Work;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What was seen of a step's statements on the shadow, a line each; they are numbered where there are several. */
final class ShadowLines {

    private ShadowLines() {}

    static List<String> of(Seen seen) {
        return Stream.concat(lines("", seen.up()), lines("undo ", seen.down())).toList();
    }

    private static Stream<String> lines(String prefix, List<Observed> observed) {
        return IntStream.range(0, observed.size())
                .mapToObj(i -> prefix + (observed.size() == 1 ? "" : i + 1 + ". ") + words(observed.get(i)));
    }

    private static String words(Observed observed) {
        if (observed.error().isPresent()) {
            return "fails: " + observed.error().get();
        }
        String touched = observed.touched().stream().map(ShadowLines::words).collect(Collectors.joining(", "));
        return touched.isEmpty() ? "locks nothing that others feel" : touched;
    }

    private static String words(Touched touched) {
        return touched.lock().sql() + " on " + touched.relation()
                + (touched.work() == Work.CATALOG ? "" : " and " + touched.work().words());
    }
}
