package dev.neap.run;

import dev.neap.change.ChangeName;
import dev.neap.jdbc.SqlState;
import dev.neap.run.RunFailed.Reason;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;

/** Whether a change is still to be begun. Of one that has a run, the table shows what that has done already. */
public final class Unbegun {

    /** insufficient_privilege. */
    private static final String NOT_PERMITTED = "42501";

    private Unbegun() {}

    /** @throws RunFailed if the change has a run that is not undone, as far as this role may know */
    public static void mustBe(DataSource database, ChangeName change) {
        known(database, change)
                .filter(run -> run.state() != RunState.ROLLED_BACK)
                .ifPresent(run -> {
                    throw new RunFailed(Reason.WRONG_STATE, WaysOn.insteadOfPlanning(run));
                });
    }

    private static Optional<Run> known(DataSource database, ChangeName change) {
        try {
            return new RunLog(database).latest(change);
        } catch (DataAccessException e) {
            if (SqlState.find(e).map(SQLException::getSQLState).filter(NOT_PERMITTED::equals).isPresent()) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
