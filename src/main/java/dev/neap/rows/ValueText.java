package dev.neap.rows;

import dev.neap.transform.TransformMistake;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.chrono.IsoEra;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Values of Java as the text that PostgreSQL's input functions understand. */
final class ValueText {

    private ValueText() {}

    /**
     * @return null for null
     * @throws TransformMistake if values of its class have no form in PostgreSQL
     * @throws IllegalArgumentException if PostgreSQL can't store this one
     */
    static @Nullable String of(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case CharSequence text -> storable(text.toString());
            case Character character -> storable(character.toString());
            case BigDecimal number -> number.toPlainString();
            case Number number -> number.toString();
            case Boolean flag -> flag.toString();
            case byte[] bytes -> "\\x" + HexFormat.of().formatHex(bytes);
            case UUID uuid -> uuid.toString();
            case Enum<?> constant -> constant.name();
            case LocalDate date -> date(date);
            case LocalDateTime time -> time(time);
            case OffsetDateTime time -> time(time);
            case ZonedDateTime time -> time(time.toOffsetDateTime());
            case Instant instant -> time(instant.atOffset(ZoneOffset.UTC));
            case LocalTime time -> time.toString();
            case OffsetTime time -> time.toString();
            case Duration duration -> duration.toString();
            case Period period -> period.toString();
            case InetAddress address -> address.getHostAddress();
            case Iterable<?> elements -> array(elements);
            case Object[] elements -> array(Arrays.asList(elements));
            default ->
                throw new TransformMistake(
                        "A value of class %s has no form in PostgreSQL. Give it as text, or as one of the classes that Row lists."
                                .formatted(value.getClass().getName()));
        };
    }

    private static String storable(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("A text with a NUL character can't be stored in PostgreSQL.");
        }
        return text;
    }

    private static String date(LocalDate date) {
        if (date.equals(LocalDate.MAX)) {
            return "infinity";
        }
        if (date.equals(LocalDate.MIN)) {
            return "-infinity";
        }
        return date.getYear() >= 1 && date.getYear() <= 9999
                ? date.toString()
                : String.format(
                        Locale.ROOT, "%04d-%02d-%02d%s",
                        date.get(ChronoField.YEAR_OF_ERA), date.getMonthValue(), date.getDayOfMonth(), era(date));
    }

    private static String era(LocalDate date) {
        return date.getEra() == IsoEra.BCE ? " BC" : "";
    }

    private static String time(LocalDateTime time) {
        if (time.equals(LocalDateTime.MAX)) {
            return "infinity";
        }
        return time.equals(LocalDateTime.MIN) ? "-infinity" : stamp(time, "");
    }

    private static String time(OffsetDateTime time) {
        if (time.equals(OffsetDateTime.MAX)) {
            return "infinity";
        }
        return time.equals(OffsetDateTime.MIN)
                ? "-infinity"
                : stamp(time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime(), "+00");
    }

    private static String stamp(LocalDateTime time, String zone) {
        String date = date(time.toLocalDate());
        String era = era(time.toLocalDate());
        String day = era.isEmpty() ? date : date.substring(0, date.length() - era.length());
        LocalTime clock = time.toLocalTime();
        return day + " " + clock + (clock.getSecond() == 0 && clock.getNano() == 0 ? ":00" : "") + zone + era;
    }

    private static String array(Iterable<?> elements) {
        List<@Nullable String> texts = new ArrayList<>();
        boolean nested = false;
        for (Object element : elements) {
            nested |= element instanceof Iterable<?> || element instanceof Object[];
            texts.add(of(element));
        }
        return nested ? "{" + String.join(",", texts) + "}" : ArrayText.of(texts, ',');
    }
}
