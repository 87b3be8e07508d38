package dev.neap.app;

import dev.neap.app.DatabaseTarget.Host;
import dev.neap.cli.CommandFailed;
import dev.neap.cli.ExitCode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A database's URL, taken apart: {@code jdbc:postgresql://…} (pgJDBC, "Connecting to the database") or
 * {@code postgresql://user:password@host:port,host:port/database?sslmode=…} (PostgreSQL manual, 34.1.1.2).
 *
 * @param hosts at least one
 * @param database empty where the URL names none
 * @param parameters as the driver calls them, without user and password
 */
record DatabaseUrl(
        List<Host> hosts,
        Optional<String> database,
        Optional<String> user,
        Optional<Secret> password,
        Map<String, String> parameters) {

    static final int DEFAULT_PORT = 5432;

    private static final Pattern AUTHORITY = Pattern.compile(
            "(?i)(?:postgres(?:ql)?://)(?:(?<user>[^:@/?]*)(?::(?<password>[^@/?]*))?@)?(?<hosts>[^/?]*)(?:/(?<database>[^?]*))?(?:\\?(?<query>.*))?");
    private static final Pattern SECRETS = Pattern
            .compile("(?i)(://[^:@/?]*:)(.*)(@)|((?:^|[?&])[a-z]*password=)([^&]*)");

    DatabaseUrl {
        hosts = List.copyOf(hosts);
        parameters = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /** @throws CommandFailed if it is not one; the message shows no password */
    static DatabaseUrl parse(String text) {
        boolean jdbc = text.startsWith("jdbc:");
        String plain = jdbc ? text.substring("jdbc:".length()) : text;
        if (jdbc && plain.startsWith("postgresql:") && !plain.startsWith("postgresql://")) {
            String rest = plain.substring("postgresql:".length());
            plain = "postgresql://" + (rest.startsWith("/") ? rest : "/" + rest);
        }
        Matcher url = AUTHORITY.matcher(plain);
        if (!url.matches()) {
            throw refused(text, "is no URL of a PostgreSQL database");
        }
        Map<String, String> query = query(text, part(url, "query"), jdbc);
        Optional<String> user = value(text, part(url, "user"), jdbc).or(() -> take(query, "user"));
        Optional<String> password = value(text, part(url, "password"), jdbc).or(() -> take(query, "password"));
        query.remove("user");
        query.remove("password");
        Optional<String> database = value(text, part(url, "database"), jdbc).or(() -> take(query, "dbname"));
        List<Host> hosts = hosts(text, part(url, "hosts"), query, jdbc);
        return new DatabaseUrl(hosts, database, user, password.map(Secret::of), LibpqParameters.toDriver(query));
    }

    /** As a target, for a server that wants no password. */
    DatabaseTarget as(String otherUser) {
        return new DatabaseTarget(hosts, database.orElse(otherUser), otherUser, password, parameters);
    }

    /** Without password and parameters, where there may be secrets too. */
    @Override
    public String toString() {
        return "%s on %s".formatted(database.orElse("(no database)"), hosts);
    }

    /** The same text with any password in it covered; rather too much than too little, where it is malformed. */
    static String masked(String text) {
        return SECRETS.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group(1) != null
                                ? found.group(1) + Secret.MASK + found.group(3)
                                : found.group(4) + Secret.MASK));
    }

    private static List<Host> hosts(String text, String authority, Map<String, String> query, boolean jdbc) {
        String names = authority;
        Optional<String> givenHosts = take(query, "host");
        Optional<String> givenAddresses = take(query, "hostaddr");
        Optional<String> ports = take(query, "port");
        if (names.isEmpty()) {
            names = givenHosts.or(() -> givenAddresses).orElse("");
        }
        List<Host> hosts = new ArrayList<>();
        String[] port = ports.orElse("").split(",", -1);
        String[] name = names.split(",", -1);
        for (int i = 0; i < name.length; i++) {
            String fallback = port.length == 1 ? port[0] : i < port.length ? port[i] : "";
            hosts.add(host(text, value(text, name[i], jdbc).orElse(""), fallback));
        }
        return hosts;
    }

    private static Host host(String text, String part, String fallbackPort) {
        String name = part;
        String port = "";
        int colon = part.lastIndexOf(':');
        if (part.startsWith("[")) {
            int end = part.indexOf(']');
            if (end < 0) {
                throw refused(text, "has an IPv6 address without its closing bracket");
            }
            name = part.substring(1, end);
            port = part.substring(end + 1).startsWith(":") ? part.substring(end + 2) : part.substring(end + 1);
        } else if (colon >= 0 && colon == part.indexOf(':')) {
            name = part.substring(0, colon);
            port = part.substring(colon + 1);
        }
        if (name.startsWith("/")) {
            throw refused(text, "names a socket directory, and Java connects over TCP only");
        }
        return new Host(name.isEmpty() ? "localhost" : name, port(text, port.isEmpty() ? fallbackPort : port));
    }

    private static int port(String text, String port) {
        if (port.isEmpty()) {
            return DEFAULT_PORT;
        }
        if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) < 1 || Integer.parseInt(port) > 65_535) {
            throw refused(text, "has a port that is no number from 1 to 65535");
        }
        return Integer.parseInt(port);
    }

    private static Map<String, String> query(String text, String query, boolean jdbc) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String key = equals < 0 ? pair : pair.substring(0, equals);
            if (!key.isEmpty()) {
                parameters.put(
                        value(text, key, jdbc).orElse(""),
                        equals < 0 ? "" : value(text, pair.substring(equals + 1), jdbc).orElse(""));
            }
        }
        return parameters;
    }

    private static String part(Matcher url, String group) {
        String part = url.group(group);
        return part == null ? "" : part;
    }

    private static Optional<String> take(Map<String, String> query, String key) {
        return Optional.ofNullable(query.remove(key)).filter(value -> !value.isEmpty());
    }

    /** Percent-decoded; only the driver's own form takes a plus for a space. */
    private static Optional<String> value(String text, String encoded, boolean plusIsSpace) {
        if (encoded.isEmpty()) {
            return Optional.empty();
        }
        byte[] bytes = (plusIsSpace ? encoded.replace('+', ' ') : encoded).getBytes(StandardCharsets.UTF_8);
        ByteBuffer decoded = ByteBuffer.allocate(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != '%') {
                decoded.put(bytes[i]);
                continue;
            }
            int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
            if (high < 0 || low < 0) {
                throw refused(text, "has a percent sign without two hexadecimal digits after it");
            }
            decoded.put((byte) (high * 16 + low));
            i += 2;
        }
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(decoded.flip()).toString());
        } catch (CharacterCodingException e) {
            throw refused(text, "has a percent-encoded part that is not UTF-8");
        }
    }

    private static CommandFailed refused(String text, String why) {
        return new CommandFailed(
                ExitCode.USAGE,
                "The database URL %s %s. Write postgresql://user@host:5432/database or jdbc:postgresql://host:5432/database."
                        .formatted(masked(text), why));
    }
}
