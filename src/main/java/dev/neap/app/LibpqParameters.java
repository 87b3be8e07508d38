package dev.neap.app;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What libpq calls a connection parameter and the driver calls otherwise (PostgreSQL manual, 34.1.2; pgJDBC, connection
 * parameters). All others, the TLS settings among them, have one name in both.
 */
final class LibpqParameters {

    private static final Map<String, String> NAMES = Map.of(
            "application_name", "ApplicationName",
            "connect_timeout", "connectTimeout",
            "channel_binding", "channelBinding",
            "gssencmode", "gssEncMode",
            "krbsrvname", "kerberosServerName",
            "sslnegotiation", "sslNegotiation",
            "target_session_attrs", "targetServerType",
            "load_balance_hosts", "loadBalanceHosts",
            "fallback_application_name", "ApplicationName",
            "keepalives", "tcpKeepAlive");

    private static final Map<String, String> SESSIONS = Map.of(
            "read-write", "primary",
            "read-only", "secondary",
            "standby", "secondary",
            "prefer-standby", "preferSecondary");

    private LibpqParameters() {}

    static Map<String, String> toDriver(Map<String, String> parameters) {
        Map<String, String> driver = new LinkedHashMap<>();
        parameters.forEach((name, value) -> driver.put(NAMES.getOrDefault(name, name), value(name, value)));
        return driver;
    }

    private static String value(String name, String value) {
        return switch (name) {
            case "target_session_attrs" -> SESSIONS.getOrDefault(value, value);
            case "load_balance_hosts" -> String.valueOf(value.equals("random"));
            case "keepalives" -> String.valueOf(!value.equals("0"));
            default -> value;
        };
    }
}
