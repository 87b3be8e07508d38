package dev.neap.change.yaml;

import dev.neap.change.signal.Probe;
import dev.neap.change.signal.Unit;
import dev.neap.change.signal.Urls;
import dev.neap.change.signal.WebToken;
import dev.neap.change.yaml.Place.Kind;
import java.net.URI;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** The single values of which {@code pace} is made. */
final class SignalScalars {

    private static final String HTTP = "^https?://[^/].*$";
    private static final String POSTGRES = "^(jdbc:)?postgres(ql)?://.*$";

    /** A number of bytes that is not zero. */
    static final Scalar<Long> BYTES = new Scalar<>(
            Set.of(Kind.TEXT),
            "a number of bytes",
            "Write " + Unit.BYTES.how() + ".",
            text -> {
                long bytes = limit(Unit.BYTES, text).longValue();
                if (bytes == 0) {
                    throw new Unfit("A limit of 0 would hold for ever.", "Write " + Unit.BYTES.how() + ".");
                }
                return bytes;
            },
            Map.of("pattern", Unit.BYTES.regex()));

    /** The name of a probe. */
    static final Scalar<String> PROBE_NAME = new Scalar<>(
            Set.of(Kind.TEXT),
            "a name",
            "Write 1 to 40 lower-case letters, digits, hyphens and underscores, a letter first.",
            text -> {
                if (text.matches(Probe.NAME)) {
                    return text;
                }
                throw new Unfit(
                        "\"%s\" can't be a name here.".formatted(text),
                        "Use 1 to 40 lower-case letters, digits, hyphens and underscores, a letter first.");
            },
            Map.of("pattern", Probe.NAME));

    /** The address of a web server's page. */
    static final Scalar<String> WEB_URL = url(
            "a web address", HTTP, "Write http:// or https://, a host and a path.");

    /** A database, as libpq or JDBC write it. */
    static final Scalar<String> DATABASE_URL = url(
            "a database URL", POSTGRES, "Write postgresql://user@host:5432/database.");

    /** The name of an environment variable; a mistaken value is not repeated: it may be the secret itself. */
    static final Scalar<String> VARIABLE = new Scalar<>(
            Set.of(Kind.TEXT),
            "the name of an environment variable",
            "Write letters, digits and underscores, no digit first.",
            text -> {
                if (text.matches(WebToken.VARIABLE)) {
                    return text;
                }
                throw new Unfit(
                        "This is not the name of an environment variable.",
                        "Write letters, digits and underscores, no digit first; never the token itself.");
            },
            Map.of("pattern", WebToken.VARIABLE));

    /** The name of a header for a token. */
    static final Scalar<String> HEADER = new Scalar<>(
            Set.of(Kind.TEXT),
            "the name of a header",
            "Write the header's name, such as X-Api-Key.",
            text -> {
                if (WebToken.isHeader(text)) {
                    return text;
                }
                throw new Unfit(
                        "Header \"%s\" can't hold a token.".formatted(text),
                        "Write the header's name, such as X-Api-Key.");
            },
            Map.of("pattern", WebToken.HEADER));

    private SignalScalars() {}

    /** A limit in this unit. */
    static Scalar<Double> limit(Unit unit) {
        return new Scalar<>(
                unit.isBare() ? EnumSet.of(Kind.INTEGER, Kind.DECIMAL) : EnumSet.of(Kind.TEXT),
                "a limit",
                "Write " + unit.how() + ".",
                text -> limit(unit, text),
                unit.isBare() ? Map.of("minimum", 0) : Map.of("pattern", unit.regex()));
    }

    private static Double limit(Unit unit, String text) throws Unfit {
        return unit.parse(text)
                .orElseThrow(() -> new Unfit(
                        "\"%s\" is no limit here.".formatted(text), "Write " + unit.how() + "."));
    }

    /** @param what in the plural */
    static ListOf<String> names(String what) {
        String how = "Write a list of names: [one, two].";
        return new ListOf<>(
                new Scalar<>(
                        Set.of(Kind.TEXT),
                        "a name",
                        "Write the name as the catalog has it.",
                        text -> {
                            if (text.isBlank()) {
                                throw new Unfit("A name is empty.", "Give it at least one character.");
                            }
                            return text;
                        },
                        Map.of("minLength", 1)),
                "a list of " + what,
                how);
    }

    private static Scalar<String> url(String what, String regex, String how) {
        return new Scalar<>(
                Set.of(Kind.TEXT),
                what,
                how,
                text -> {
                    if (Urls.holdsSecret(text)) {
                        throw new Unfit(
                                "The URL holds a password or the like, and a change file is kept in the database as it is.",
                                "Leave it out: a database's password is found as that of the target (NEAP_PASSWORD,"
                                        + " .pgpass). Or move the URL to neap.pace in the configuration.");
                    }
                    if (!text.matches(regex) || !isUri(text)) {
                        throw new Unfit("\"%s\" is not %s.".formatted(Urls.withoutSecrets(text), what), how);
                    }
                    return text;
                },
                Map.of("pattern", regex));
    }

    private static boolean isUri(String text) {
        try {
            URI unused = URI.create(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
