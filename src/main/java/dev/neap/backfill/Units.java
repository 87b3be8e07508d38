package dev.neap.backfill;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The units of a table, as they are right now: leaves come and go. */
@FunctionalInterface
public interface Units {

    /**
     * @throws BackfillFailed if one of them can't be gone over by itself
     */
    List<Unit> now(JdbcClient jdbc);
}
