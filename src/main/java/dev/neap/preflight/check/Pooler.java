package dev.neap.preflight.check;

import java.util.List;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A pooler in between shows by the process id: the one that it announced when the connection began is not the one of
 * the server process that answers.
 */
final class Pooler implements Check {

    @Override
    public String id() {
        return "pooler";
    }

    @Override
    public List<Finding> find(Target target) {
        int announced = announced(target);
        int answering = target.jdbc().sql("SELECT pg_backend_pid()").query(Integer.class).single();
        return announced == answering
                ? List.of()
                : List.of(note(
                        "connection",
                        "It goes through a pooler such as PgBouncer. Rows and catalog steps need no session, so transaction mode"
                                + " works for them; an index build sets its lock_timeout for the session, and the pooler's own"
                                + " timeouts (query_timeout, idle_transaction_timeout) cut long steps.",
                        "Connect to the server itself if the change validates a constraint or builds an index."));
    }

    private static int announced(Target target) {
        ConnectionCallback<Integer> backend = connection -> connection.isWrapperFor(PGConnection.class)
                ? connection.unwrap(PGConnection.class).getBackendPID()
                : 0;
        Integer pid = new JdbcTemplate(target.database()).execute(backend);
        return pid == null ? 0 : pid;
    }
}
