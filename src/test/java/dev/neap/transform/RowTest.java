package dev.neap.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.neap.transform.example.PhoneNumber;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows as a user's class sees them. */
class RowTest {

    private static final Row ROW = new Columns(List.of("phone", "country"), List.of("phone_e164", "country"))
            .row("030 1234567", "DE");

    @Test
    void changesNothingInTheRowThatItIsMadeFrom() {
        Row changed = ROW.with("phone_e164", "+49301234567").with("country", null);

        assertThat(changed.written()).containsEntry("phone_e164", "+49301234567").containsEntry("country", null);
        assertThat(changed.get("country")).isNull();
        assertThat(ROW.written()).isEmpty();
        assertThat(ROW.text("country")).isEqualTo("DE");
    }

    @Test
    void isReadAgainAsItWasWritten() {
        Row again = ROW.with("phone_e164", "+1").with("country", "US").again();

        assertThat(again.written()).isEmpty();
        assertThat(again.text("country")).isEqualTo("US");
        assertThat(again.text("phone")).isEqualTo("030 1234567");
    }

    @Test
    void knowsOnlyTheColumnsThatTheFileLists() {
        assertThatExceptionOfType(TransformMistake.class).isThrownBy(() -> ROW.get("phone_e164"))
                .withMessage("Column phone_e164 is not read: the change file reads [phone, country]. Add it there.");
        assertThatExceptionOfType(TransformMistake.class).isThrownBy(() -> ROW.with("phone", "1"))
                .withMessageStartingWith("Column phone is not written");
        assertThatExceptionOfType(TransformMistake.class).isThrownBy(() -> ROW.get("phone", Integer.class))
                .withMessage("Column phone holds a java.lang.String, not a java.lang.Integer. Ask for that.");
    }

    @Test
    void showsItsExample() {
        PhoneNumber numbers = new PhoneNumber();

        assertThat(numbers.transform(ROW).text("phone_e164")).isEqualTo("+49301234567");
        assertThat(numbers.transform(ROW.columns().row("+43 (0)1/1234567", null)).text("phone_e164"))
                .isEqualTo("+4311234567");
        assertThat(numbers.transform(ROW.columns().row("0049-30-1234567", "FR")).text("phone_e164"))
                .isEqualTo("+49301234567");
        assertThat(numbers.transform(ROW.columns().row(null, "FR")).written()).isEmpty();
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> numbers.transform(ROW.columns().row("none", "DE")))
                .withMessage("\"none\" is no telephone number.");
    }
}
