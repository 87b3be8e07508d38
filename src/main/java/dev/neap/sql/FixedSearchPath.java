package dev.neap.sql;

/** The search_path that trigger functions are made with. */
public final class FixedSearchPath {

    /**
     * The session's own, with the temporary schema at its end instead of, unsaid, at its beginning: a temporary table of
     * whoever fires the trigger must not stand in for a table that an expression names (PostgreSQL manual, CREATE FUNCTION,
     * "Writing SECURITY DEFINER Functions Safely").
     */
    public static final String STATEMENT = "SELECT set_config('search_path', concat_ws(', ',"
            + " (SELECT string_agg(quote_ident(s), ', ' ORDER BY n)"
            + " FROM unnest(current_schemas(false)) WITH ORDINALITY AS path (s, n) WHERE s !~ '^pg_temp'),"
            + " 'pg_temp'), true)";

    private FixedSearchPath() {}
}
