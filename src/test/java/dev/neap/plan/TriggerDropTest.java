package dev.neap.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.catalog.Table;
import dev.neap.sql.Identifier;
import java.util.List;
import org.junit.jupiter.api.Test;

class TriggerDropTest {

    @Test
    void locksThePartitionedTableBeforeItsPartitionsAsClientsDo() {
        assertThat(drop(Tables.users().partitioned().snapshot().table()))
                .containsExactly(
                        "LOCK TABLE ONLY public.users IN ACCESS EXCLUSIVE MODE",
                        "DROP TRIGGER IF EXISTS follow ON public.users",
                        "DROP FUNCTION f()");
    }

    @Test
    void needsNoMoreThanTheTriggersOwnLockElsewhere() {
        assertThat(drop(Tables.users().snapshot().table()))
                .containsExactly("DROP TRIGGER IF EXISTS follow ON public.users", "DROP FUNCTION f()");
    }

    private static String[] drop(Table table) {
        return TriggerDrop.statements(table, List.of(Identifier.of("follow")), "DROP FUNCTION f()");
    }
}
