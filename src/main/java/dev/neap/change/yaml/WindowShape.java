package dev.neap.change.yaml;

import dev.neap.change.operation.Nearest;
import dev.neap.change.yaml.Place.Kind;
import dev.neap.window.Blackout;
import dev.neap.window.Days;
import dev.neap.window.Hours;
import dev.neap.window.WeekTime;
import dev.neap.window.Window;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The hours in which a change may work: one entry, or a list of them. */
record WindowShape() implements Shape<Window> {

    private static final String HOW = "Write its keys: {from: \"22:00\", to: \"06:00\", zone: Europe/Berlin}; or a list"
            + " of such entries.";
    private static final String HOW_TIME = "Write hours and minutes, such as \"22:00\"; with a day for weekly hours,"
            + " such as \"fri 22:00\".";
    private static final String HOW_ZONE = "Write a zone of the IANA database, such as Europe/Berlin, or UTC.";
    private static final String HOW_DAYS = "Write days such as [mon-thu, sat].";
    private static final String HOW_DATES = "Write dates such as [2026-12-24, 2026-12-31/2027-01-01], the earlier one"
            + " first.";

    private static final Scalar<WeekTime> TIME = new Scalar<>(
            Set.of(Kind.TEXT),
            "a time",
            HOW_TIME,
            text -> WeekTime.of(text).orElseThrow(() -> new Unfit("\"%s\" is no time.".formatted(text), HOW_TIME)),
            Map.of("pattern", WeekTime.REGEX));
    private static final Scalar<ZoneId> ZONE_NAME = new Scalar<>(
            Set.of(Kind.TEXT), "a time zone", HOW_ZONE, WindowShape::zone, Map.of("minLength", 1));
    private static final Scalar<Set<DayOfWeek>> DAY = new Scalar<>(
            Set.of(Kind.TEXT),
            "a day",
            HOW_DAYS,
            text -> Days.of(text).orElseThrow(() -> new Unfit("\"%s\" is no day.".formatted(text), HOW_DAYS)),
            Map.of("pattern", Days.REGEX));
    private static final Scalar<Blackout> DATES = new Scalar<>(
            Set.of(Kind.TEXT),
            "a date",
            HOW_DATES,
            text -> Blackout.of(text, ZoneOffset.UTC)
                    .orElseThrow(() -> new Unfit("\"%s\" is no day or stretch of days.".formatted(text), HOW_DATES)),
            Map.of("pattern", Blackout.REGEX));

    private static final Key<WeekTime> FROM = Key.required(
            "from", TIME, "When the hours begin, by the clocks of the zone; with a day for weekly ones.", "22:00");
    private static final Key<WeekTime> TO = Key.required(
            "to",
            TIME,
            "When they end: the next day if that is not later than from. 24:00 is the end of the day.",
            "06:00");
    private static final Key<ZoneId> ZONE = Key.required(
            "zone", ZONE_NAME, "Whose clocks tell, by its name in the IANA database.", "Europe/Berlin");
    private static final Key<List<Set<DayOfWeek>>> DAYS = Key.optional(
            "days",
            new ListOf<>(DAY, "a list of days", HOW_DAYS),
            "The days on which daily hours begin; each if left out.",
            List.of("mon-thu", "sat"));
    private static final Key<List<Blackout>> BLACKOUTS = Key.optional(
            "blackouts",
            new ListOf<>(DATES, "a list of dates", HOW_DATES),
            "Days of the zone on which nothing runs from midnight to midnight, whatever other entries say.",
            List.of("2026-12-24", "2026-12-31/2027-01-01"));

    /** Hours as they are written, which need not go together. */
    record Written(WeekTime from, WeekTime to, Set<DayOfWeek> days, ZoneId zone, List<Blackout> blackouts) {}

    static final Mapping<Written> ENTRY = entry();
    static final ListOf<Written> ENTRIES = new ListOf<>(ENTRY, "a list of hours", HOW);

    private static Mapping<Written> entry() {
        return new Mapping<>(
                "window",
                List.of(FROM, TO, ZONE, DAYS, BLACKOUTS),
                List.of(),
                fields -> new Written(
                        fields.get(FROM),
                        fields.get(TO),
                        fields.find(DAYS).map(WindowShape::union).orElse(Hours.EVERY_DAY),
                        fields.get(ZONE),
                        fields.find(BLACKOUTS).orElse(List.of())));
    }

    @Override
    public Optional<Window> read(Place place) {
        return switch (place.kind()) {
            case MAPPING -> window(List.of(place));
            case LIST -> {
                List<Place> entries = place.items();
                if (entries.isEmpty()) {
                    place.refuse(place.label() + " is an empty list.", HOW);
                    yield Optional.empty();
                }
                yield window(entries);
            }
            case TEXT, INTEGER, DECIMAL, FLAG, NOTHING, ALIAS -> {
                place.refuseKind("a mapping or a list", HOW);
                yield Optional.empty();
            }
        };
    }

    private static Optional<Window> window(List<Place> entries) {
        List<Hours> hours = new ArrayList<>();
        List<Blackout> blackouts = new ArrayList<>();
        for (Place place : entries) {
            Optional<Written> written = ENTRY.read(place);
            written.flatMap(entry -> hours(entry, place)).ifPresent(hours::add);
            written.ifPresent(entry -> entry.blackouts()
                    .forEach(dates -> blackouts.add(new Blackout(dates.first(), dates.last(), entry.zone()))));
        }
        return hours.size() == entries.size() ? Optional.of(new Window(hours, blackouts)) : Optional.empty();
    }

    private static Optional<Hours> hours(Written written, Place place) {
        Optional<String> mistake = Hours.mistake(written.from(), written.to(), written.days());
        mistake.ifPresent(why -> {
            int end = why.indexOf(". ") + 1;
            place.refuse(why.substring(0, end), why.substring(end + 1));
        });
        return mistake.isPresent()
                ? Optional.empty()
                : Optional.of(new Hours(written.from(), written.to(), written.days(), written.zone()));
    }

    private static Set<DayOfWeek> union(List<Set<DayOfWeek>> days) {
        Set<DayOfWeek> union = EnumSet.noneOf(DayOfWeek.class);
        days.forEach(union::addAll);
        return union;
    }

    private static ZoneId zone(String text) throws Unfit {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new Unfit(
                    "There is no time zone \"%s\".".formatted(text),
                    Nearest.of(text, List.copyOf(ZoneId.getAvailableZoneIds()))
                            .map(near -> "Did you mean " + near + "?")
                            .orElse(HOW_ZONE));
        }
    }
}
