package dev.neap.run;

import dev.neap.catalog.Snapshot;
import dev.neap.change.Change;

/** Looks at the database with the eyes of a change. */
public interface Inspection {

    /**
     * The table as it is, and PostgreSQL's answers to what the change has to know.
     *
     * @throws dev.neap.plan.Refused if the table is not there, or PostgreSQL refuses something that the change says
     */
    Snapshot inspect(Change change);
}
