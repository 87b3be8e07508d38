package dev.neap.lint;

import dev.neap.change.Problem;
import dev.neap.change.operation.RunSql;
import dev.neap.shadow.Judged;
import dev.neap.sql.QualifiedName;
import dev.neap.step.RelationLock;
import dev.neap.trace.Comparison;
import dev.neap.trace.Mismatch;
import dev.neap.trace.Prediction;
import java.util.List;

/** Holds a change's own SQL to what its file says of it, by what it did on a shadow. */
public final class AsDeclared {

    private static final int SHOWN = 60;

    private AsDeclared() {}

    /** What a file says of an operation. */
    static Prediction of(QualifiedName table, RunSql raw) {
        List<RelationLock> others = raw.cost()
                .others()
                .entrySet()
                .stream()
                .map(other -> new RelationLock(other.getKey(), other.getValue(), raw.work()))
                .toList();
        return new Prediction(table, raw.lock(), raw.work(), others);
    }

    /**
     * What a statement did beyond that. The shadow's tables are empty: what it read of them counts as if they were full.
     *
     * @return without their place in the file
     */
    public static List<Problem> beyond(Judged judged, Prediction declared) {
        return Comparison.beyond(judged.footprint().asIfFull(), declared)
                .stream()
                .map(mismatch -> new Problem("", fact(judged, mismatch), remedy(mismatch)))
                .toList();
    }

    private static String fact(Judged judged, Mismatch mismatch) {
        return "On an empty copy of the schema, %s %s".formatted(
                shortened(judged.statement()), mismatch.fact().replaceFirst("^It ", ""));
    }

    private static String remedy(Mismatch mismatch) {
        return mismatch.remedy().replaceFirst("\\.$", "")
                + "; or, if that may be, write %s.".formatted(mismatch.allowance());
    }

    /** A statement as messages name it: in one line, and of it no more than tells it apart. */
    public static String shortened(String sql) {
        String line = sql.replaceAll("\\s+", " ").strip();
        return line.codePointCount(0, line.length()) <= SHOWN
                ? line
                : line.substring(0, line.offsetByCodePoints(0, SHOWN)) + "…";
    }
}
