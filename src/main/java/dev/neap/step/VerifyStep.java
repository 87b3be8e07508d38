package dev.neap.step;

/**
 * Goes over the table again with a convergent backfill's own statement, putting right what it finds, until a whole pass
 * finds nothing.
 *
 * @param backfill what is verified; convergent
 * @param wholeTable whether rows beyond the backfill's frozen end count too: they do where a sync trigger keeps new rows
 *     right
 */
public record VerifyStep(String slug, String title, BackfillStep backfill, boolean wholeTable) implements Step {

    public VerifyStep {
        if (backfill.discipline() != BackfillStep.Discipline.CONVERGENT) {
            throw new IllegalArgumentException("Only a convergent backfill can be verified by its own condition.");
        }
    }

    @Override
    public Phase phase() {
        return Phase.VERIFY;
    }
}
