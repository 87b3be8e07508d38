package dev.neap.shadow;

import dev.neap.sql.Identifier;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A schema names roles that only the real server has: on a server of our own they are made as they are missed. */
final class MissingRoles {

    private static final Pattern MISSING = Pattern.compile("role \"(.+)\" does not exist");

    private static final String UNDEFINED_OBJECT = "42704";

    private MissingRoles() {}

    /** @return whether one was made, so that the statement is worth another try */
    static boolean make(ShadowServer server, SQLException error) throws SQLException {
        Matcher missing = MISSING.matcher(String.valueOf(error.getMessage()));
        if (!server.rolesMayBeMade() || !UNDEFINED_OBJECT.equals(error.getSQLState()) || !missing.find()) {
            return false;
        }
        Identifier role = new Identifier(missing.group(1));
        try (Connection administrator = server.administrator().getConnection();
                Statement statement = administrator.createStatement()) {
            statement.execute("CREATE ROLE " + role);
            statement.execute("GRANT " + role + " TO " + Sessions.JUDGE);
        }
        return true;
    }
}
