package dev.neap.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SqlTextTest {

    @Test
    void leavesShortStatementsAlone() {
        assertThat(SqlText.lines("SELECT 1\n  FROM t\n", 60)).containsExactly("SELECT 1", "  FROM t");
    }

    @Test
    void breaksBeforeAClauseAndIndentsTheRest() {
        assertThat(SqlText.lines(
                "CREATE TRIGGER zzz BEFORE UPDATE OF email, id ON public.users FOR EACH ROW EXECUTE FUNCTION f()",
                60))
                .containsExactly(
                        "CREATE TRIGGER zzz BEFORE UPDATE OF email, id",
                        "    ON public.users FOR EACH ROW EXECUTE FUNCTION f()");
    }

    @Test
    void neverBreaksInsideQuotesEvenOverSeveralLines() {
        String text = "'" + "a b ".repeat(20) + "\n" + "c d ".repeat(20) + "'";
        assertThat(SqlText.lines("SELECT " + text + ", \"x y\"", 40))
                .containsExactly("SELECT", "    '" + "a b ".repeat(20), "c d ".repeat(20) + "',", "    \"x y\"");
    }

    @Test
    void neverBreaksAComment() {
        String comment = "-- it's a long comment that goes on and on and on";
        assertThat(SqlText.lines("SELECT 1 " + comment + "\nFROM t", 40))
                .containsExactly("SELECT 1", "    " + comment, "FROM t");
    }
}
