package dev.neap.jdbc;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The encoding in which a database keeps its texts: PostgreSQL refuses what it has no characters for. Neap's own words are
 * written with others there, so that no message is lost for one of its signs.
 *
 * @param name as {@code SHOW server_encoding} has it
 */
public record ServerEncoding(String name) {

    private static final Charset ALL = StandardCharsets.UTF_8;

    /** Where Java has another name than the one without the underscore. */
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("LATIN1", "ISO-8859-1"),
            Map.entry("LATIN2", "ISO-8859-2"),
            Map.entry("LATIN3", "ISO-8859-3"),
            Map.entry("LATIN4", "ISO-8859-4"),
            Map.entry("LATIN5", "ISO-8859-9"),
            Map.entry("LATIN7", "ISO-8859-13"),
            Map.entry("LATIN9", "ISO-8859-15"),
            Map.entry("LATIN10", "ISO-8859-16"),
            Map.entry("ISO_8859_5", "ISO-8859-5"),
            Map.entry("ISO_8859_6", "ISO-8859-6"),
            Map.entry("ISO_8859_7", "ISO-8859-7"),
            Map.entry("ISO_8859_8", "ISO-8859-8"),
            Map.entry("WIN866", "IBM866"),
            Map.entry("WIN874", "x-windows-874"),
            Map.entry("KOI8R", "KOI8-R"),
            Map.entry("KOI8U", "KOI8-U"),
            Map.entry("EUC_JP", "EUC-JP"),
            Map.entry("EUC_CN", "GB2312"),
            Map.entry("EUC_KR", "EUC-KR"),
            // SQL_ASCII takes any bytes, and gives them back.
            Map.entry("UTF8", "UTF-8"),
            Map.entry("SQL_ASCII", "UTF-8"));

    /** What Neap's words are made of beside ASCII. */
    private static final Map<Integer, String> IN_ASCII = Map.of(
            (int) '…', "...", (int) '→', "->", (int) '–', "-", (int) '—', "-", (int) '−', "-", (int) '≤', "<=",
            (int) '≥',
            ">=", (int) '×', "x", (int) '·', ".");

    /** Of the database at the other end. */
    public static ServerEncoding of(JdbcClient jdbc) {
        return new ServerEncoding(jdbc.sql("SHOW server_encoding").query(String.class).single());
    }

    /** Whether the database can keep this character. */
    public boolean holds(int codePoint) {
        Charset charset = charset();
        return codePoint < 128
                || charset.equals(ALL)
                || charset.newEncoder().canEncode(Character.toString(codePoint));
    }

    /** The first character that the database can't keep, as a code point. */
    public OptionalInt lacking(String text) {
        return text.codePoints().filter(codePoint -> !holds(codePoint)).findFirst();
    }

    /** The text with what the database can't keep written in ASCII: {@code ...} for {@code …}, and {@code ?} for most. */
    public String fit(String text) {
        return lacking(text).isEmpty()
                ? text
                : text.codePoints()
                        .mapToObj(codePoint -> holds(codePoint)
                                ? Character.toString(codePoint)
                                : IN_ASCII.getOrDefault(codePoint, "?"))
                        .collect(Collectors.joining());
    }

    /** The same for each. */
    public List<String> fit(List<String> texts) {
        return texts.stream().map(this::fit).toList();
    }

    /**
     * The same, cut to what a {@code varchar} of that length takes: SQL_ASCII counts bytes where others count characters.
     *
     * @param length ≥ 0
     */
    public String fit(String text, int length) {
        String fitting = fit(text);
        boolean bytes = name.equals("SQL_ASCII");
        int end = 0;
        int taken = 0;
        while (end < fitting.length()) {
            String next = Character.toString(fitting.codePointAt(end));
            taken += bytes ? next.getBytes(ALL).length : 1;
            if (taken > length) {
                return fitting.substring(0, end);
            }
            end += next.length();
        }
        return fitting;
    }

    /** JSON that says the same, where a character is missing by its number. */
    public String fitJson(String json) {
        return lacking(json).isEmpty()
                ? json
                : json.chars()
                        .mapToObj(unit -> Character.isSurrogate((char) unit) || !holds(unit)
                                ? "\\u%04x".formatted(unit)
                                : Character.toString(unit))
                        .collect(Collectors.joining());
    }

    private Charset charset() {
        String known = NAMES.getOrDefault(name, name.startsWith("WIN") ? "windows-" + name.substring(3) : "");
        return !known.isEmpty() && Charset.isSupported(known) ? Charset.forName(known) : StandardCharsets.US_ASCII;
    }
}
