package dev.neap.judgement;

import dev.neap.shadow.Shadow;
import javax.sql.DataSource;

/** Makes shadows. */
@FunctionalInterface
public interface Shadows {

    /**
     * One with the schema of a database, of which the catalog is read.
     *
     * @throws dev.neap.shadow.ShadowFailed if none of its major version can be had
     */
    Shadow of(DataSource target);
}
