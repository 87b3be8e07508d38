package dev.neap.change.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.change.operation.PartitionBound.Named;
import dev.neap.change.operation.PartitionScheme.Method;
import dev.neap.sql.Identifier;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PartitionSchemeTest {

    private static final Identifier EVENTS = new Identifier("events");

    private static List<String> partitions(String length, String from, String to) {
        return new PartitionScheme(
                Method.RANGE,
                List.of(new Identifier("day")),
                List.of(),
                Optional.of(new Every(length, Optional.of(from), Optional.of(to))),
                Optional.empty(),
                true)
                .partitions(EVENTS)
                .stream()
                .map(PartitionSchemeTest::words)
                .toList();
    }

    private static String words(Named partition) {
        return partition.name() + " " + partition.bound().sql();
    }

    @Test
    void monthsFollowEachOtherAndTheLastEndsWhereTheFileSays() {
        assertThat(partitions("1 month", "2026-11", "2027-01-15"))
                .containsExactly(
                        "events_2026_11 FOR VALUES FROM ('2026-11-01 00:00:00+00') TO ('2026-12-01 00:00:00+00')",
                        "events_2026_12 FOR VALUES FROM ('2026-12-01 00:00:00+00') TO ('2027-01-01 00:00:00+00')",
                        "events_2027_01 FOR VALUES FROM ('2027-01-01 00:00:00+00') TO ('2027-01-15 00:00:00+00')",
                        "events_default DEFAULT");
    }

    @Test
    void monthsThatBeginLateStayLate() {
        assertThat(partitions("1 month", "2026-01-31", "2026-04-30"))
                .element(1)
                .isEqualTo("events_2026_02 FOR VALUES FROM ('2026-02-28 00:00:00+00') TO ('2026-03-31 00:00:00+00')");
    }

    @Test
    void numbersBelowZeroHaveNamesToo() {
        assertThat(partitions("10", "-10", "5"))
                .containsExactly(
                        "events_from_m10 FOR VALUES FROM ('-10') TO ('0')",
                        "events_from_0 FOR VALUES FROM ('0') TO ('5')",
                        "events_default DEFAULT");
    }

    @Test
    void whatDoesNotGoTogetherGivesNone() {
        assertThat(partitions("1 month", "2026-02", "2026-01")).containsExactly("events_default DEFAULT");
        assertThat(partitions("1 month", "1000", "x")).containsExactly("events_default DEFAULT");
        assertThat(partitions("5", "2026-01-01", "2027-01-01")).containsExactly("events_default DEFAULT");
    }

    @Test
    void tooManyAreCountedNoFurtherThanNeeded() {
        assertThat(partitions("1", "0", "999999999999999999")).hasSize(PartitionScheme.MOST + 2);
    }
}
