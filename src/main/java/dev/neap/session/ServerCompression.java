package dev.neap.session;

import java.sql.Array;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What a server says about its setting {@code wal_compression}.
 *
 * @param major version: 14 to 18
 * @param now what it is set to for this role
 * @param methods that the server was built with: {@code pglz}, {@code lz4}, {@code zstd}
 * @param role who is connected
 * @param permitted whether that role may set it: a superuser may, and from PostgreSQL 15 on whoever was granted SET on it
 */
public record ServerCompression(int major, String now, List<String> methods, String role, boolean permitted) {

    /** PostgreSQL 15 made the switch a choice of methods, and let it be granted. */
    private static final int METHODS_SINCE = 15;

    public ServerCompression {
        methods = List.copyOf(methods);
    }

    /**
     * @throws org.springframework.dao.DataAccessException if the database can't be asked
     */
    public static ServerCompression read(JdbcClient jdbc) {
        int major = jdbc.sql("SELECT current_setting('server_version_num')::int / 10000")
                .query(Integer.class)
                .single();
        String may = major >= METHODS_SINCE
                ? "has_parameter_privilege(current_user, name, 'SET')"
                : "(SELECT rolsuper FROM pg_roles WHERE rolname = current_user)";
        Optional<ServerCompression> read = jdbc
                .sql("SELECT setting, enumvals, current_user AS role, " + may
                        + " AS may FROM pg_settings WHERE name = 'wal_compression'")
                .query((row, i) -> new ServerCompression(
                        major,
                        row.getString("setting"),
                        major >= METHODS_SINCE ? methods(row.getArray("enumvals")) : List.of("pglz"),
                        row.getString("role"),
                        row.getBoolean("may")))
                .optional();
        // Some that speak its language have no such setting.
        return read.orElseGet(() -> new ServerCompression(major, "unknown", List.of(), "", false));
    }

    private static List<String> methods(@Nullable Array values) throws java.sql.SQLException {
        return values == null
                ? List.of()
                : List.of((String[]) values.getArray())
                        .stream()
                        .filter(value -> !value.equals("on") && !value.equals("off"))
                        .toList();
    }

    boolean isOn() {
        return !now.equals("off") && !now.equals("unknown");
    }

    /** Whether the permission can be given to a role without making it a superuser. */
    boolean grantable() {
        return major >= METHODS_SINCE;
    }

    /** How this version spells a method. */
    String spelled(String method) {
        return method.equals("pglz") && major < METHODS_SINCE ? "on" : method;
    }
}
