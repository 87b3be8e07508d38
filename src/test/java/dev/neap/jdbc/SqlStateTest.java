package dev.neap.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlStateTest {

    @ParameterizedTest
    @CsvSource({
        "55P03, CONTENTION", "40P01, CONTENTION", "40001, CONTENTION", "57014, CONTENTION",
        "57P01, OUTAGE", "57P02, OUTAGE", "57P03, OUTAGE", "08006, OUTAGE", "08001, OUTAGE", "53300, OUTAGE",
        "25006, OUTAGE",
        "22012, DATA", "22001, DATA", "23505, DATA", "23514, DATA", "P0001, DATA",
        "42703, OTHER", "42501, OTHER", "53100, OTHER", "25P02, OTHER"
    })
    void tellsWhatAnErrorMeans(String code, SqlState meaning) {
        assertThat(SqlState.of(new RuntimeException(new SQLException("x", code)))).isEqualTo(meaning);
    }

    @Test
    void takesAPoolThatGotNoConnectionForAnOutage() {
        assertThat(SqlState.of(new SQLTransientConnectionException("neap - Connection is not available")))
                .isEqualTo(SqlState.OUTAGE);
    }

    @Test
    void knowsNothingOfOtherErrors() {
        assertThat(SqlState.of(new IllegalStateException())).isEqualTo(SqlState.OTHER);
    }

    @Test
    void showsTheServersOwnWords() {
        assertThat(SqlState.message(new SQLException("ERROR: division by zero\n  Where: SQL function", "22012")))
                .isEqualTo("division by zero");
    }
}
