package dev.neap.backfill;

import dev.neap.step.BackfillStep;
import dev.neap.step.VerifyStep;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Where a pass over a segment ends, and what follows it: nothing, another one, or the same from its beginning. */
final class Ending {

    private final PassSetup setup;
    private final boolean last;

    /** @param last whether the segment is its unit's last: only that one can grow */
    Ending(PassSetup setup, boolean last) {
        this.setup = setup;
        this.last = last;
    }

    /**
     * What becomes of a pass that has come to its end.
     *
     * @throws BackfillFailed if the table does not become right
     */
    Checkpoint of(JdbcClient jdbc, Checkpoint checkpoint) {
        boolean settled = setup.backfill().discipline() == BackfillStep.Discipline.REPEATABLE
                && checkpoint.pass() >= VerifyStep.MOST_PASSES_REPEATABLE;
        if (setup.purpose() != Purpose.VERIFY || checkpoint.found() == 0 || settled) {
            return checkpoint.end();
        }
        if (checkpoint.pass() >= VerifyStep.MOST_PASSES) {
            throw BackfillFailed.neverRight(setup, checkpoint);
        }
        return checkpoint.nextPass(newUpper(jdbc, checkpoint));
    }

    /** A pure backfill answers for the rows that it began with; where a trigger keeps new rows right, all count. */
    private Optional<List<String>> newUpper(JdbcClient jdbc, Checkpoint checkpoint) {
        return setup.wholeTable() && last ? setup.ranges().last(jdbc) : checkpoint.upper();
    }

    /**
     * Asked after the rows were written, when their lock keeps the file as it is: where VACUUM FULL, CLUSTER or pg_repack
     * has made another one, addresses mean other rows, and the segment begins again.
     *
     * @return empty if the file is still the same
     */
    Optional<Checkpoint> rewritten(JdbcClient jdbc, Checkpoint base) {
        if (base.file().isEmpty()) {
            return Optional.empty();
        }
        Optional<Long> file = setup.ranges().file(jdbc);
        return file.equals(base.file())
                ? Optional.empty()
                : Optional.of(base.rewritten(last ? setup.ranges().last(jdbc) : base.upper(), file));
    }
}
