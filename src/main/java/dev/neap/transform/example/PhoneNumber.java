package dev.neap.transform.example;

import dev.neap.transform.Row;
import dev.neap.transform.RowTransform;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes a telephone number as it is dialled from abroad: {@code (030) 123-456} of a German is {@code +4930123456}. Reads
 * {@code phone} and {@code country}, writes {@code phone_e164}. An example, not a complete list of countries.
 */
public final class PhoneNumber implements RowTransform {

    private static final Map<String, String> PREFIXES = Map.of(
            "AT", "43", "CH", "41", "DE", "49", "FR", "33", "GB", "44", "NL", "31", "US", "1");

    private static final Pattern DECORATION = Pattern.compile("\\(0\\)|[^0-9+]");
    private static final Pattern NUMBER = Pattern.compile("\\+[1-9][0-9]{6,14}");

    @Override
    public Row transform(Row row) {
        String phone = row.text("phone");
        return phone == null || phone.isBlank() ? row : row.with("phone_e164", dialled(phone, row.text("country")));
    }

    private static String dialled(String phone, @Nullable String country) {
        String digits = DECORATION.matcher(phone).replaceAll("");
        String international = digits.startsWith("00") ? "+" + digits.substring(2) : digits;
        if (!international.startsWith("+")) {
            international = "+" + prefix(country)
                    + (international.startsWith("0") ? international.substring(1) : international);
        }
        if (!NUMBER.matcher(international).matches()) {
            throw new IllegalArgumentException("\"" + phone + "\" is no telephone number.");
        }
        return international;
    }

    private static String prefix(@Nullable String country) {
        String prefix = country == null ? null : PREFIXES.get(country);
        if (prefix == null) {
            throw new IllegalArgumentException("Of country " + country + " no prefix is known.");
        }
        return prefix;
    }
}
