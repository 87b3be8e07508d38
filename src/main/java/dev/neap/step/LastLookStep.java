package dev.neap.step;

import dev.neap.catalog.Fact;
import dev.neap.sql.Identifier;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads the table once more before something irreversible is done, and refuses to go on if a row is not as it must be:
 * between the verification and now, someone may have got around the sync triggers.
 *
 * @param backfill whose condition no row may meet; convergent
 * @param comparable what must be so for rows to have the condition at all; where it is not, there is nothing to see
 * @param retyped columns that have another type by then than when the run began
 */
public record LastLookStep(
        String slug,
        String title,
        BackfillStep backfill,
        Fact comparable,
        Map<Identifier, String> retyped)
        implements
            Step {

    public LastLookStep {
        // In one order in every process: the plan's fingerprint is made of what it prints.
        retyped = Collections.unmodifiableMap(new LinkedHashMap<>(retyped));
        if (backfill.discipline() != BackfillStep.Discipline.CONVERGENT) {
            throw new IllegalArgumentException("Only a convergent backfill tells which rows are not right.");
        }
    }

    @Override
    public Phase phase() {
        return Phase.CONTRACT;
    }
}
