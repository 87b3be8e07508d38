package dev.neap.step;

/**
 * Work ends here until a person says go on.
 *
 * @param title what must be so before the contract may run
 */
public record GateStep(String slug, String title) implements Step {

    @Override
    public Phase phase() {
        return Phase.CONTRACT;
    }
}
