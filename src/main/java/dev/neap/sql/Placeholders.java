package dev.neap.sql;

import dev.neap.sql.Token.Kind;
import java.util.stream.Collectors;

/**
 * Makes an author's SQL fit into a statement with JDBC parameters, where a bare question mark would be taken for one: the
 * operators of jsonb ({@code ?}, {@code ?|}, {@code ?&}) are written with two for the driver.
 */
public final class Placeholders {

    private Placeholders() {}

    /** {@code sql} with each question mark doubled that is not inside quotes, dollar quotes or a comment. */
    public static String escape(String sql) {
        return sql.indexOf('?') < 0
                ? sql
                : Tokens.of(sql)
                        .stream()
                        .map(token -> token.kind() == Kind.MARK && token.text().equals("?") ? "??" : token.text())
                        .collect(Collectors.joining());
    }
}
