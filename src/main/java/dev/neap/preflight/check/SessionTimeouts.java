package dev.neap.preflight.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Timeouts that a role's sessions begin with. Neap sets its own in each transaction; what runs outside of one (CREATE
 * INDEX CONCURRENTLY through a pooler) or is not set there stays under the role's.
 */
final class SessionTimeouts implements Check {

    private static final Duration LONG_STEP = Duration.ofHours(24);
    private static final Duration CHUNK = Duration.ofSeconds(30);

    @Override
    public String id() {
        return "session-timeouts";
    }

    @Override
    public List<Finding> find(Target target) {
        String role = target.role();
        List<Finding> findings = new ArrayList<>();
        for (Timeout timeout : timeouts(target)) {
            Duration enough = enough(timeout.name(), target);
            if (timeout.value().isPositive() && timeout.value().compareTo(enough) < 0) {
                findings.add(warning(
                        "role " + role,
                        "Its sessions begin with %s = %d ms, which may cut %s."
                                .formatted(timeout.name(), timeout.value().toMillis(), victim(timeout.name())),
                        "ALTER ROLE %s SET %s = 0; for the role that Neap connects as.".formatted(role,
                                timeout.name())));
            }
        }
        return findings;
    }

    private static List<Timeout> timeouts(Target target) {
        // All four count in milliseconds; reset_val is what a new session begins with.
        return target.jdbc()
                .sql(
                        """
                                SELECT name, reset_val::bigint
                                FROM pg_settings
                                WHERE name IN ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout',
                                               'transaction_timeout')
                                ORDER BY name""")
                .query((row, n) -> new Timeout(row.getString(1), Duration.ofMillis(row.getLong(2))))
                .list();
    }

    private static Duration enough(String name, Target target) {
        boolean mayBeLong = target.plan().isEmpty() || target.hasLongStep();
        return switch (name) {
            case "lock_timeout" -> target.plan().isEmpty() || target.hasConcurrentStep() ? LONG_STEP : Duration.ZERO;
            case "statement_timeout", "transaction_timeout" -> mayBeLong ? LONG_STEP : CHUNK;
            case "idle_in_transaction_session_timeout" -> Duration.ofSeconds(5);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static String victim(String name) {
        return switch (name) {
            case "lock_timeout" -> "CREATE INDEX CONCURRENTLY while it waits for older transactions";
            case "idle_in_transaction_session_timeout" -> "a chunk between two of its statements";
            default -> "long steps: validating a constraint, building an index, a large chunk";
        };
    }

    private record Timeout(String name, Duration value) {}
}
