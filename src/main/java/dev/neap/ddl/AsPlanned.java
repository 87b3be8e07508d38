package dev.neap.ddl;

import dev.neap.sql.QualifiedName;
import dev.neap.trace.Comparison;
import dev.neap.trace.Footprint;
import dev.neap.trace.Mismatch;
import dev.neap.trace.Prediction;
import java.util.List;
import java.util.stream.Collectors;

/** Refuses to let a step commit that did more than its plan says: a stronger lock, another table, a rewrite, a scan. */
final class AsPlanned {

    private AsPlanned() {}

    /** @throws DdlFailed which takes the transaction back */
    static void check(QualifiedName table, Statements statements, Footprint footprint) {
        Prediction plan = new Prediction(table, statements.lock(), statements.work(), statements.others());
        List<Mismatch> mismatches = Comparison.beyond(footprint, plan);
        if (!mismatches.isEmpty()) {
            throw new DdlFailed(
                    ("To %s on table %s did more than its plan says, so it was taken back before it committed, and nothing"
                            + " was changed. %s If no statement of the step does that, an event trigger of the database"
                            + " does (pg_event_trigger): disable it, and run the change again; or roll it back.")
                            .formatted(
                                    statements.title(),
                                    table,
                                    mismatches.stream().map(Mismatch::toString).collect(Collectors.joining(" "))));
        }
    }
}
