package dev.neap.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.change.ChangeName;
import dev.neap.postgres.Await;
import dev.neap.postgres.OtherSession;
import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.run.NeapSchema;
import dev.neap.sql.QualifiedName;
import dev.neap.step.StepId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Notes on rows that moved are looked up in an order in which none is passed by. */
class MovedRangesIT {

    private static final QualifiedName TABLE = QualifiedName.of("public", "t");
    private static final String NOTE = "INSERT INTO neap.moved (change, step, key) VALUES ('x', '02-delete', ARRAY['%d'])";

    private Optional<List<String>> position = Optional.empty();

    @ParameterizedTest
    @EnumSource
    void takesNoNotePastOneOfATransactionThatIsStillOpen(TestServer server) {
        try (TestDatabase db = TestDatabase.on(server)) {
            db.execute("CREATE TABLE t (id int PRIMARY KEY)");
            NeapSchema.migrate(db.dataSource());
            JdbcClient jdbc = JdbcClient.create(db.dataSource());
            MovedRanges ranges = new MovedRanges(
                    TABLE,
                    new BlockRanges(TABLE, 100, Optional.empty()),
                    new ChangeName("x"),
                    new StepId("02-delete"),
                    true);
            db.execute(NOTE.formatted(1));
            awaitNobody(jdbc, ranges, ranges.last(jdbc).orElseThrow());
            try (OtherSession slow = OtherSession.open(db, "slow", NOTE.formatted(2))) {
                db.execute(NOTE.formatted(3));
                List<String> upper = ranges.last(jdbc).orElseThrow();
                assertThat(takeAll(jdbc, ranges, upper)).isEqualTo(1);
                assertThat(ranges.inTheWay(jdbc, position, upper).orElseThrow())
                        .startsWith("rows that moved are looked up in the order of transactions, and session ")
                        .contains(" (slow), in a transaction since ");
                assertThat(ranges.next(jdbc, position, upper, 10)).as("not the end").isPresent();
                slow.commit();

                awaitNobody(jdbc, ranges, upper);
                assertThat(takeAll(jdbc, ranges, upper)).isEqualTo(2);
                assertThat(ranges.next(jdbc, position, upper, 10)).as("the end").isEmpty();
            }
        }
    }

    /** Whatever the other tests of this server have open. */
    private void awaitNobody(JdbcClient jdbc, MovedRanges ranges, List<String> upper) {
        Await.until("nobody is in the way", () -> ranges.inTheWay(jdbc, position, upper).isEmpty());
    }

    /** As a pass does, to the end or to where somebody is in the way. */
    private long takeAll(JdbcClient jdbc, MovedRanges ranges, List<String> upper) {
        long notes = 0;
        while (true) {
            Optional<Range> next = ranges.next(jdbc, position, upper, 10);
            if (next.isEmpty() || next.get().visited() == 0) {
                return notes;
            }
            notes += next.get().visited();
            position = Optional.of(next.get().upTo());
        }
    }
}
