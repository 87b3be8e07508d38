package dev.neap.step;

/**
 * Goes over the table again with a backfill's own statement, putting right what it finds, until a whole pass finds nothing;
 * or, of a repeatable one, as often as {@link #MOST_PASSES_REPEATABLE} says.
 *
 * @param backfill what is verified; not one that does each row once
 * @param wholeTable whether rows beyond the backfill's frozen end count too: they do where a sync trigger keeps new rows
 *     right
 */
public record VerifyStep(String slug, String title, BackfillStep backfill, boolean wholeTable) implements Step {

    /** A table that is not right after so many passes is being made wrong faster than it can be put right. */
    public static final int MOST_PASSES = 20;

    /** Each finds what changed during the one before it; what still comes then is someone else's at work. */
    public static final int MOST_PASSES_REPEATABLE = 3;

    public VerifyStep {
        if (backfill.discipline() == BackfillStep.Discipline.ONCE) {
            throw new IllegalArgumentException(
                    "A backfill that does each row once can't be verified by doing it again.");
        }
    }

    /** The same once more, before something is done that relies on it. */
    public VerifyStep again() {
        return new VerifyStep("verify-again", title.replaceFirst("^compare", "once more, compare"), backfill,
                wholeTable);
    }

    @Override
    public Phase phase() {
        return Phase.VERIFY;
    }
}
