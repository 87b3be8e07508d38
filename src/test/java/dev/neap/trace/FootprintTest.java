package dev.neap.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.sql.QualifiedName;
import dev.neap.step.Lock;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FootprintTest {

    private static final QualifiedName T = QualifiedName.of("public", "t");
    private static final QualifiedName NEW = QualifiedName.of("public", "new");

    private static Trace trace(QualifiedName name, Lock lock, Deed... deeds) {
        return new Trace(name, RelationKind.TABLE, List.of(), lock, Set.of(deeds), true);
    }

    @Test
    void tellsWhatCameToAnEarlierLookAtTheSameTransaction() {
        Footprint first = new Footprint(List.of(
                trace(T, Lock.ACCESS_EXCLUSIVE, Deed.SCANNED),
                trace(NEW, Lock.ACCESS_EXCLUSIVE, Deed.CREATED, Deed.BUILT)));
        assertThat(first.since(new Footprint(List.of()))).isEqualTo(first);
        assertThat(first.since(first).traces())
                .as("what the transaction made is new each time")
                .containsExactly(trace(NEW, Lock.ACCESS_EXCLUSIVE, Deed.CREATED));
        Footprint second = new Footprint(List.of(trace(T, Lock.ACCESS_EXCLUSIVE, Deed.SCANNED, Deed.REWRITTEN)));
        assertThat(second.since(first).traces()).containsExactly(trace(T, Lock.ACCESS_EXCLUSIVE, Deed.REWRITTEN));
        Footprint weak = new Footprint(List.of(trace(T, Lock.SHARE)));
        assertThat(first.since(weak).traces()).contains(trace(T, Lock.ACCESS_EXCLUSIVE, Deed.SCANNED));
    }

    @Test
    void countsTablesAsFullOnlyWhenAskedTo() {
        Footprint empty = new Footprint(List.of(trace(T, Lock.SHARE)));
        assertThat(empty.traces().getFirst().empty()).isTrue();
        assertThat(empty.asIfFull().traces().getFirst().empty()).isFalse();
    }
}
