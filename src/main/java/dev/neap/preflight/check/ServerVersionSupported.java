package dev.neap.preflight.check;

import dev.neap.catalog.ServerVersion;
import java.util.List;

/**
 * PostgreSQL 14 to 18 are what every step was measured on; older ones lack TID range scans, newer ones are untested.
 */
final class ServerVersionSupported implements Check {

    @Override
    public String id() {
        return "server-version";
    }

    @Override
    public List<Finding> find(Target target) {
        return judge(target.jdbc()
                .sql("SELECT current_setting('server_version_num')::int, current_setting('server_version')")
                .query((row, n) -> new Server(new ServerVersion(row.getInt(1)), row.getString(2)))
                .single());
    }

    List<Finding> judge(Server server) {
        int major = server.version().major();
        String object = "server " + server.text();
        if (major < ServerVersion.OLDEST) {
            return List.of(blocker(
                    object,
                    "Neap works with PostgreSQL %d to %d.".formatted(ServerVersion.OLDEST, ServerVersion.NEWEST),
                    "Upgrade the server first."));
        }
        if (major > ServerVersion.NEWEST || server.text().matches(".*(devel|beta|rc).*")) {
            return List.of(warning(
                    object,
                    "Neap was never tested with this version; locks and rewrites of some statements may differ.",
                    "Try the change on a copy first, or use a newer Neap."));
        }
        return List.of();
    }

    /** @param text {@code server_version}: {@code 19beta1} */
    record Server(ServerVersion version, String text) {}
}
