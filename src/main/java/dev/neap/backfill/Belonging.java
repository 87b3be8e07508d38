package dev.neap.backfill;

import java.sql.SQLException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Whether the rows of a pass's unit still are rows of the table: leaves are detached, dropped and renamed. What a chunk
 * meets only raises a doubt, since its transaction is over then; the next one settles it.
 */
final class Belonging {

    private static final String UNDEFINED_TABLE = "42P01";

    private final PassSetup setup;
    private boolean doubtful;
    private boolean there;
    private boolean ended;

    Belonging(PassSetup setup) {
        this.setup = setup;
    }

    /** Asked after the rows were written: from then on nobody can detach the leaf. */
    boolean isLost(JdbcClient jdbc) {
        boolean lost = !setup.unit().belongsTo(jdbc, setup.table());
        doubtful |= lost;
        return lost;
    }

    /** Whether the error says that the leaf is not there, or not under its name. */
    boolean isLost(SQLException error) {
        // Where it turns out to be there, some other table of the expression is not.
        boolean lost = setup.unit().oid() != 0 && !there && UNDEFINED_TABLE.equals(error.getSQLState());
        doubtful |= lost;
        return lost;
    }

    /** Settles a doubt, at the beginning of a transaction. */
    boolean hasEnded(JdbcClient jdbc) {
        ended = doubtful && !setup.unit().belongsTo(jdbc, setup.table());
        there = doubtful && !ended;
        doubtful = false;
        return ended;
    }

    boolean hasEnded() {
        return ended;
    }
}
