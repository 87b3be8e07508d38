package dev.neap.window;

import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Days of the week, as people write them: {@code sat}, {@code mon-fri}, {@code sat-mon}. */
public final class Days {

    /** What {@link #of} reads, as a regular expression that JSON Schema understands too. */
    public static final String REGEX = "^(mon|tue|wed|thu|fri|sat|sun)(-(mon|tue|wed|thu|fri|sat|sun))?$";

    private static final Pattern PATTERN = Pattern.compile(REGEX);

    private Days() {}

    /** @return empty if the text is no such day or stretch of days */
    public static Optional<Set<DayOfWeek>> of(String text) {
        Matcher matcher = PATTERN.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        DayOfWeek first = day(matcher.group(1)).orElseThrow();
        DayOfWeek last = Optional.ofNullable(matcher.group(3)).flatMap(Days::day).orElse(first);
        Set<DayOfWeek> days = EnumSet.of(first, last);
        for (DayOfWeek day = first; day != last; day = day.plus(1)) {
            days.add(day);
        }
        return Optional.of(Collections.unmodifiableSet(days));
    }

    static Optional<DayOfWeek> day(String word) {
        return List.of(DayOfWeek.values()).stream().filter(day -> word(day).equals(word)).findFirst();
    }

    static String word(DayOfWeek day) {
        return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
    }

    /** The same as few words: {@code mon-thu, sat}; empty for the whole week. */
    static String words(Set<DayOfWeek> days) {
        if (days.size() == 7) {
            return "";
        }
        List<String> words = new ArrayList<>();
        for (DayOfWeek first : DayOfWeek.values()) {
            if (days.contains(first) && !days.contains(first.minus(1))) {
                DayOfWeek last = first;
                while (days.contains(last.plus(1))) {
                    last = last.plus(1);
                }
                words.add(first == last ? word(first) : word(first) + "-" + word(last));
            }
        }
        return String.join(", ", words);
    }
}
