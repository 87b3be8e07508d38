package dev.neap.shadow;

import dev.neap.sql.SqlScript;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds a schema out of statements that may stand in any order: those that fail, since what they need is not there yet,
 * are tried again after the others, until none succeeds any more.
 */
final class SchemaBuilder {

    private final ShadowServer server;

    SchemaBuilder(ShadowServer server) {
        this.server = server;
    }

    /** A statement that could not be run. */
    private record Left(String sql, String why) {}

    /** @return what could not be built and why, a sentence each */
    List<String> build(List<String> statements) {
        try (Connection administrator = server.administrator().getConnection();
                Connection owner = server.judge().getConnection()) {
            for (Connection connection : List.of(administrator, owner)) {
                run(connection, "SET check_function_bodies = off");
                run(connection, "SET client_min_messages = error");
            }
            List<Left> left = statements.stream().map(sql -> new Left(sql, "")).toList();
            int before;
            do {
                before = left.size();
                left = attempt(left, administrator, owner);
            } while (!left.isEmpty() && left.size() < before);
            return left.stream()
                    .map(one -> "The shadow lacks something: %s (%s).".formatted(one.why(), shortened(one.sql())))
                    .toList();
        } catch (SQLException e) {
            throw new ShadowFailed("The shadow's server does not answer: %s.".formatted(e.getMessage()), e);
        }
    }

    private List<Left> attempt(List<Left> statements, Connection administrator, Connection owner)
            throws SQLException {
        List<Left> left = new ArrayList<>();
        for (Left one : statements) {
            boolean extension = SqlScript.of(one.sql())
                    .statements()
                    .stream()
                    .anyMatch(statement -> statement.starts("CREATE", "EXTENSION"));
            try {
                run(extension ? administrator : owner, one.sql());
            } catch (SQLException e) {
                MissingRoles.make(server, e);
                if (!isThere(e)) {
                    left.add(new Left(one.sql(), firstLine(e)));
                }
            }
        }
        return left;
    }

    /** duplicate_schema, duplicate_object: the shadow has it from the beginning, as schema public. */
    private static boolean isThere(SQLException e) {
        return "42P06".equals(e.getSQLState()) || "42710".equals(e.getSQLState());
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // No escapes of the driver's: a brace or a question mark in a body is the author's.
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }

    private static String firstLine(SQLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("").replaceFirst("^ERROR: ", "");
    }

    private static String shortened(String sql) {
        String line = sql.replaceAll("\\s+", " ").strip();
        return line.length() <= 80 ? line : line.substring(0, 80) + "…";
    }
}
