package dev.neap.step;

/**
 * Reads the table once more before something irreversible is done, and refuses to go on if a row is not as it must be:
 * between the verification and now, someone may have got around the sync triggers.
 *
 * @param backfill whose condition no row may meet; convergent
 */
public record LastLookStep(String slug, String title, BackfillStep backfill) implements Step {

    public LastLookStep {
        if (backfill.discipline() != BackfillStep.Discipline.CONVERGENT) {
            throw new IllegalArgumentException("Only a convergent backfill tells which rows are not right.");
        }
    }

    @Override
    public Phase phase() {
        return Phase.CONTRACT;
    }
}
