package dev.neap.app;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * The database that a command works on, and as whom.
 *
 * @param hosts at least one; the driver tries them in this order
 * @param password empty if none was found: the server may not ask for one
 * @param parameters of the driver: TLS settings and whatever else was given; never a password of the user's
 */
public record DatabaseTarget(
        List<Host> hosts,
        String database,
        String user,
        Optional<Secret> password,
        Map<String, String> parameters) {

    /**
     * @param name a host name or address; IPv6 without brackets
     */
    public record Host(String name, int port) {
        @Override
        public String toString() {
            return (name.contains(":") ? "[" + name + "]" : name) + ":" + port;
        }
    }

    public DatabaseTarget {
        hosts = List.copyOf(hosts);
        parameters = Map.copyOf(parameters);
    }

    /** For the driver, without user, password and parameters. */
    public String jdbcUrl() {
        return "jdbc:postgresql://%s/%s"
                .formatted(
                        hosts.stream().map(Host::toString).collect(Collectors.joining(",")),
                        URLEncoder.encode(database, StandardCharsets.UTF_8));
    }

    /** All that the driver has to know besides the URL, the password included. */
    public Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", "neap");
        // A server that vanished without a word is noticed, however quiet the connection.
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("connectTimeout", "10");
        if (hosts.size() > 1) {
            // Of several hosts one is the primary; on any other nothing could be changed.
            properties.setProperty("targetServerType", "primary");
        }
        parameters.forEach(properties::setProperty);
        properties.setProperty("user", user);
        password.ifPresent(secret -> properties.setProperty("password", secret.value()));
        return properties;
    }

    public DatabaseTarget withPassword(Secret other) {
        return new DatabaseTarget(hosts, database, user, Optional.of(other), parameters);
    }

    /** {@code shop on db.example.com:5432 as neap}. */
    public String describe() {
        return "%s on %s as %s"
                .formatted(
                        database,
                        hosts.stream().map(Host::toString).collect(Collectors.joining(",")),
                        user);
    }

    @Override
    public String toString() {
        return describe();
    }
}
