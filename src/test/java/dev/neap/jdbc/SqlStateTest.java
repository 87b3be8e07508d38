package dev.neap.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

class SqlStateTest {

    @ParameterizedTest
    @CsvSource({
        "55P03, CONTENTION", "40P01, CONTENTION", "40001, CONTENTION", "57014, CONTENTION",
        "57P01, OUTAGE", "57P02, OUTAGE", "57P03, OUTAGE", "08006, OUTAGE", "08001, OUTAGE", "53300, OUTAGE",
        "25006, OUTAGE",
        "22012, DATA", "22001, DATA", "23505, DATA", "23514, DATA", "P0001, DATA",
        "P0002, DATA", "21000, DATA", "44000, DATA", "54000, DATA", "99999, OTHER", "54001, OTHER",
        "42703, OTHER", "42501, OTHER", "53100, OTHER", "25P02, OTHER"
    })
    void tellsWhatAnErrorMeans(String code, SqlState meaning) {
        assertThat(SqlState.of(new RuntimeException(new SQLException("x", code)))).isEqualTo(meaning);
    }

    @ParameterizedTest
    @CsvSource({"SHOP1, DATA", "99001, DATA", "Z0001, DATA", "42501, OTHER", "0A000, OTHER", "XX000, OTHER"})
    void takesACodeThatPostgresqlHasNoMeaningForAsATriggersVerdictOnARow(String code, SqlState meaning) {
        ServerErrorMessage message = new ServerErrorMessage("SERROR\0C" + code + "\0Mclosed\0");
        assertThat(SqlState.of(new PSQLException(message))).isEqualTo(meaning);
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
