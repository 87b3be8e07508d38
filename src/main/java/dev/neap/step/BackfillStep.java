package dev.neap.step;

import dev.neap.sql.Identifier;
import java.util.List;
import java.util.Optional;

/**
 * Works on existing rows, range by range.
 *
 * @param work what is done with them
 * @param pending the condition under which a row still needs work; empty means every row
 * @param discipline whether a row may be worked on twice
 */
public record BackfillStep(
        String slug,
        String title,
        RowWork work,
        Optional<String> pending,
        Discipline discipline)
        implements
            Step {

    /**
     * A column and what it is set to.
     *
     * @param expression SQL over the table's columns, bare or qualified with the table's own name
     */
    public record Assignment(Identifier column, String expression) {}

    /** Whether doing a row again does harm. */
    public enum Discipline {
        /** A row that is right is left alone, so a pass over rows already done changes nothing: it can be verified. */
        CONVERGENT,
        /**
         * Doing a row again does no harm either, but more rows may become pending as time passes or others write: a pass
         * that finds nothing is not waited for longer than {@link VerifyStep#MOST_PASSES_REPEATABLE} passes.
         */
        REPEATABLE,
        /** Each existing row exactly once: {@code n + 1}, {@code random()}. The checkpoint alone tells what is done. */
        ONCE
    }

    public BackfillStep {
        if (discipline == Discipline.CONVERGENT && pending.isEmpty()) {
            throw new IllegalArgumentException("A convergent backfill needs the condition that tells what is pending.");
        }
    }

    /** What it sets in the table's own rows; empty where its work sets nothing there. */
    public List<Assignment> assignments() {
        return switch (work) {
            case RowWork.Assign assign -> assign.assignments();
            case RowWork.Transform transform ->
                transform.writes()
                        .stream()
                        .map(column -> new Assignment(column, column.sql()))
                        .toList();
            case RowWork.Delete delete -> List.of();
            case RowWork.Archive archive -> List.of();
            case RowWork.Copy copy -> List.of();
            case RowWork.Mirror mirror -> List.of();
        };
    }

    @Override
    public Phase phase() {
        return Phase.BACKFILL;
    }

    @Override
    public Optional<String> loss() {
        return switch (work) {
            case RowWork.Delete delete -> Optional.of("the rows that it deletes are gone");
            case RowWork.Assign assign -> Optional.empty();
            case RowWork.Transform transform -> Optional.empty();
            case RowWork.Archive archive -> Optional.empty();
            case RowWork.Copy copy -> Optional.empty();
            case RowWork.Mirror mirror -> Optional.empty();
        };
    }
}
