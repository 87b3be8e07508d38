package dev.neap.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.bench.StatementLog.Unit;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class StatementLogTest {

    @Test
    void keepsTheTransactionsOfEachSessionThatWorkedOnTheTable() {
        List<String> log = Stream.of(
                line("1", "statement: BEGIN", ""),
                line("2", "execute <unnamed>: SELECT count(*) FROM public.users", ""),
                line("1", "execute S_1: SET LOCAL lock_timeout = $1", "Parameters: $1 = '500ms'"),
                line("1", "execute S_2: UPDATE public.users SET x = $2 WHERE id < $1",
                        "Parameters: $1 = '12', $2 = 'it''s $1'"),
                line("1", "statement: COMMIT", "")).toList();

        assertThat(StatementLog.sessions(log, "bench")).containsExactly(
                List.of(new Unit(
                        List.of(
                                "BEGIN",
                                "SET LOCAL lock_timeout = '500ms'",
                                "UPDATE public.users SET x = 'it''s $1' WHERE id < '12'",
                                "COMMIT"),
                        0,
                        4)),
                List.of(new Unit(List.of("SELECT count(*) FROM public.users"), 1, 1)));
    }

    @Test
    void leavesOutWhatNeapDoesForItself() {
        List<String> log = Stream.of(
                line("1", "statement: BEGIN", ""),
                line("1", "statement: UPDATE neap.batch_step_execution SET status = 'users'", ""),
                line("1", "statement: COMMIT", ""),
                line("1", "statement: SELECT * FROM pg_class WHERE relname = 'users'", ""),
                line("1", "statement: CREATE TRIGGER t BEFORE UPDATE ON public.users", ""),
                line("1", "execute fetch from S_1/C_1: SELECT id FROM public.users", ""),
                line("1", "duration: 1 ms", "")).toList();

        assertThat(StatementLog.sessions(log, "bench")).isEmpty();
    }

    @Test
    void leavesOutOtherDatabases() {
        assertThat(StatementLog.sessions(List.of(line("1", "statement: SELECT 1 FROM users", "")), "other")).isEmpty();
    }

    private static String line(String session, String message, String detail) {
        return JsonMapper.shared()
                .writeValueAsString(
                        Map.of("dbname", "bench", "session_id", session, "message", message, "detail", detail));
    }
}
