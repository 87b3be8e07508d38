package dev.neap.step;

/**
 * Works on the rows that were noted because a client moved them while they were pending: no pass over the table can be
 * sure to have met them.
 *
 * @param backfill whose work it is
 * @param untilNone whether it goes on until no note is left; else with the notes that were there when it began, since
 *     others may write more of them without end
 */
public record MovedStep(String slug, String title, BackfillStep backfill, boolean untilNone) implements Step {

    @Override
    public Phase phase() {
        return Phase.VERIFY;
    }
}
