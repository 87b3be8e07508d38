package dev.neap.shadow;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs statements on the shadow, one after the other, and reads what each did. What they leave behind stays, so that those
 * after them see it; the shadow is thrown away anyhow. A statement that begins or ends a transaction is passed over, and
 * one that works for a minute is cut off: there are no rows.
 */
public final class Judge {

    private static final List<String> SETTINGS = List.of(
            // One in which local time is never UTC: a type change that is free only there must not look free.
            "SET TIME ZONE INTERVAL '-03:30' HOUR TO MINUTE",
            "SET statement_timeout = '60s'");

    private final ShadowServer server;
    private final Optional<String> searchPath;

    Judge(ShadowServer server, Optional<String> searchPath) {
        this.server = server;
        this.searchPath = searchPath;
    }

    /** What becomes of a transaction once it has been looked at. */
    public enum Ending {
        COMMITTED,
        ROLLED_BACK
    }

    /** What is done with a session. */
    @FunctionalInterface
    private interface Work {
        List<Judged> with(JudgeSession session) throws SQLException;
    }

    /**
     * As most tools run a file: each statement in a transaction of its own. What PostgreSQL runs only outside of a
     * transaction is run so, and its footprint stays empty.
     *
     * @param statements in their order, each alone and as it is sent; those of one file
     * @return one each
     * @throws ShadowFailed if the shadow is gone
     */
    public List<Judged> judge(List<String> statements) {
        return session(session -> {
            List<Judged> judged = new ArrayList<>();
            for (String statement : statements) {
                judged.add(session.alone(statement));
            }
            return judged;
        });
    }

    /**
     * In one transaction, as a step of a change runs them. The footprint of each is what it did beyond those before it.
     *
     * @return one each, in their order, up to the first that fails
     * @throws ShadowFailed if the shadow is gone
     */
    public List<Judged> together(List<String> statements, Ending ending) {
        return session(session -> session.together(statements, ending));
    }

    /**
     * Each by itself outside of any transaction, while another session holds the lock of a writer on every table: what
     * would keep writers waiting is seen as it waits for it.
     *
     * @return one each, in their order, up to the first that fails
     * @throws ShadowFailed if the shadow is gone
     */
    public List<Judged> apart(List<String> statements) {
        return session(session -> {
            List<Judged> judged = new ArrayList<>();
            for (String statement : statements) {
                judged.add(session.amongWriters(statement));
                if (judged.getLast().error().isPresent()) {
                    break;
                }
            }
            return judged;
        });
    }

    private List<Judged> session(Work work) {
        try (Connection connection = server.judge().getConnection()) {
            for (String setting : SETTINGS) {
                JudgeSession.execute(connection, setting);
            }
            if (searchPath.isPresent()) {
                try (var set = connection.prepareStatement("SELECT set_config('search_path', ?, false)")) {
                    set.setString(1, searchPath.get());
                    set.execute();
                }
            }
            return work.with(JudgeSession.of(server, connection));
        } catch (SQLException e) {
            throw new ShadowFailed("The shadow's server does not answer: %s.".formatted(e.getMessage()), e);
        }
    }
}
