package dev.neap.catalog;

import dev.neap.catalog.Answers.ExpressionFacts;
import dev.neap.catalog.Answers.Need;
import dev.neap.catalog.Answers.Volatility;
import dev.neap.sql.Identifier;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Asks what an expression is, by making a temporary view of it and looking at what PostgreSQL keeps: its type, the columns
 * that it depends on, and its parse tree.
 */
final class ExpressionProbe {

    private static final String VIEW = "pg_temp.neap_probe";

    private final JdbcTemplate jdbc;
    private final TableCopy copy;

    ExpressionProbe(JdbcTemplate jdbc, TableCopy copy) {
        this.jdbc = jdbc;
        this.copy = copy;
    }

    /**
     * @throws Prober.Objection if it can't stand in an UPDATE
     * @throws DataAccessException if PostgreSQL refuses it
     */
    ExpressionFacts expression(String sql, Optional<Identifier> target) {
        Prober.refuseFlaw("expression", sql);
        createView(sql);
        ParseTree tree = refuseMoreThanScalar("expression");
        target.ifPresent(
                column -> jdbc.execute("EXPLAIN UPDATE " + copy.sql() + " SET " + column + " = (" + sql + ")"));
        String type = target.map(copy::typeOf).orElseGet(this::type);
        return dropView(new ExpressionFacts(
                type(), columns(tree), assigned(tree), tree.subquery(), comparable(type, target), needs()));
    }

    /** The same for a condition. */
    ExpressionFacts condition(String sql) {
        Prober.refuseFlaw("condition", sql);
        jdbc.execute("EXPLAIN SELECT FROM " + copy.sql() + " WHERE (" + sql + ")");
        createView(sql);
        ParseTree tree = refuseMoreThanScalar("condition");
        return dropView(new ExpressionFacts(type(), columns(tree), volatility(tree), tree.subquery(), true));
    }

    private void createView(String sql) {
        jdbc.execute("CREATE TEMPORARY VIEW neap_probe AS SELECT (" + sql + ") AS value FROM " + copy.sql());
    }

    private ExpressionFacts dropView(ExpressionFacts facts) {
        jdbc.execute("DROP VIEW " + VIEW);
        return facts;
    }

    private ParseTree refuseMoreThanScalar(String what) {
        ParseTree tree = new ParseTree(
                copy.qualified("SELECT ev_action::text FROM pg_rewrite WHERE ev_class = ?::regclass", VIEW));
        refuse(what, tree.aggregates(), "an aggregate", "Put it into a subquery: (SELECT max(…) FROM …).");
        refuse(what, tree.windows(), "a window function", "Compute it in a subquery over the whole table.");
        refuse(what, tree.returnsSets(), "a function that returns a set", "Take one value of it in a subquery.");
        return tree;
    }

    private static void refuse(String what, boolean found, String thing, String hint) {
        if (found) {
            throw new Prober.Objection(
                    "The %s calls %s, but it is to give one value for one row.".formatted(what, thing), hint);
        }
    }

    private String type() {
        return copy.qualified(
                "SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = ?::regclass AND attnum = 1",
                VIEW);
    }

    private List<Identifier> columns(ParseTree tree) {
        if (tree.wholeRow()) {
            return copy.columnNames();
        }
        return jdbc.query(
                """
                        SELECT a.attname
                        FROM pg_depend d
                          JOIN pg_rewrite r ON r.oid = d.objid
                          JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
                        WHERE d.classid = 'pg_rewrite'::regclass AND r.ev_class = ?::regclass
                          AND d.refclassid = 'pg_class'::regclass AND d.refobjid = ?::regclass AND d.refobjsubid > 0
                        GROUP BY a.attname, a.attnum
                        ORDER BY a.attnum
                        """,
                (row, i) -> new Identifier(row.getString("attname")),
                VIEW,
                copy.sql());
    }

    /** Of what PostgreSQL brings with it no view is said to depend, and everybody may use it. */
    private List<Need> needs() {
        return copy.qualified(
                """
                        WITH used AS (
                          SELECT d.refclassid, d.refobjid
                          FROM pg_depend d JOIN pg_rewrite r ON r.oid = d.objid
                          WHERE d.classid = 'pg_rewrite'::regclass AND r.ev_class = ?::regclass
                        ), routine AS (
                          SELECT p.oid, p.pronamespace AS namespace
                          FROM used JOIN pg_proc p ON p.oid = refobjid WHERE refclassid = 'pg_proc'::regclass
                          UNION
                          SELECT o.oprcode, o.oprnamespace
                          FROM used JOIN pg_operator o ON o.oid = refobjid WHERE refclassid = 'pg_operator'::regclass
                        ), relation AS (
                          SELECT c.oid, c.relnamespace AS namespace
                          FROM used JOIN pg_class c ON c.oid = refobjid
                          WHERE refclassid = 'pg_class'::regclass AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
                        ), need AS (
                          SELECT namespace, 'USAGE SCHEMA ' || namespace::regnamespace AS text FROM routine
                          UNION SELECT namespace, 'USAGE SCHEMA ' || namespace::regnamespace FROM relation
                          UNION SELECT namespace, 'EXECUTE FUNCTION ' || oid::regprocedure FROM routine
                          UNION SELECT namespace, 'SELECT TABLE ' || oid::regclass FROM relation
                        )
                        SELECT coalesce(string_agg(text, E'\\n' ORDER BY text), '')
                        FROM need JOIN pg_namespace n ON n.oid = namespace
                        WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
                        """,
                VIEW)
                .lines()
                .map(line -> line.split(" ", 3))
                .map(words -> new Need(words[0], words[1], words[2]))
                .toList();
    }

    private Volatility volatility(ParseTree tree) {
        String worst = jdbc.queryForObject(
                """
                        SELECT coalesce(max(CASE provolatile WHEN 'v' THEN '2' WHEN 's' THEN '1' ELSE '0' END), '0')
                        FROM pg_proc
                        WHERE oid = ANY (?::oid[])
                          OR oid IN (SELECT oprcode::oid FROM pg_operator WHERE oid = ANY (?::oid[]))
                        """,
                String.class,
                array(tree.functions()),
                array(tree.operators()));
        Volatility ofFunctions = switch (worst == null ? "0" : worst) {
            case "2" -> Volatility.VOLATILE;
            case "1" -> Volatility.STABLE;
            default -> Volatility.IMMUTABLE;
        };
        Volatility ofNodes = tree.withoutFunctions();
        return ofFunctions.compareTo(ofNodes) > 0 ? ofFunctions : ofNodes;
    }

    /** A value taken from the clock stays the same within a transaction, which is no help: each chunk is another one. */
    private Volatility assigned(ParseTree tree) {
        boolean clock = tree.readsClock()
                || Boolean.TRUE.equals(jdbc.queryForObject(
                        """
                                SELECT EXISTS (SELECT FROM pg_proc
                                WHERE oid = ANY (?::oid[]) AND provolatile = 's' AND pronamespace = 'pg_catalog'::regnamespace
                                  AND proname IN ('now', 'transaction_timestamp', 'statement_timestamp', 'age',
                                    'pg_current_xact_id', 'txid_current', 'pg_current_snapshot', 'txid_current_snapshot'))
                                """,
                        Boolean.class,
                        array(tree.functions())));
        return clock ? Volatility.VOLATILE : volatility(tree);
    }

    private static String array(Set<Long> oids) {
        return oids.toString().replace('[', '{').replace(']', '}');
    }

    /**
     * Values of a type can be told apart by IS DISTINCT FROM if the type has an equality that sorting or hashing relies on
     * (json, xml and the geometric types have none) and equal values also look equal: not so in a collation that is not
     * deterministic, nor in types of extensions, such as citext, which do not promise it (their btree operator class lacks
     * the support function equalimage, number 4).
     */
    boolean comparable(String type, Optional<Identifier> target) {
        return looksEqualWhenEqual(target) && hasEquality(type);
    }

    private boolean looksEqualWhenEqual(Optional<Identifier> target) {
        return Boolean.TRUE.equals(jdbc.queryForObject(
                """
                        SELECT coalesce(c.collisdeterministic, true)
                          AND (n.nspname = 'pg_catalog' OR b.typtype <> 'b' OR b.typcategory = 'A' OR EXISTS (
                            SELECT FROM pg_opclass o
                              JOIN pg_amproc p ON p.amprocfamily = o.opcfamily AND p.amproclefttype = o.opcintype
                                AND p.amprocrighttype = o.opcintype AND p.amprocnum = 4
                            WHERE o.opcintype = b.oid AND o.opcdefault
                              AND o.opcmethod = (SELECT oid FROM pg_am WHERE amname = 'btree')))
                        FROM pg_attribute a
                          JOIN pg_type t ON t.oid = a.atttypid
                          JOIN pg_type b ON b.oid = CASE t.typtype WHEN 'd' THEN t.typbasetype ELSE t.oid END
                          JOIN pg_namespace n ON n.oid = b.typnamespace
                          LEFT JOIN pg_collation c ON c.oid = a.attcollation
                        WHERE a.attrelid = ?::regclass AND a.attname = ?
                        """,
                Boolean.class,
                target.isPresent() ? copy.sql() : VIEW,
                target.map(Identifier::value).orElse("value")));
    }

    private boolean hasEquality(String type) {
        jdbc.execute("SAVEPOINT neap_equality");
        try {
            jdbc.execute("EXPLAIN SELECT DISTINCT v FROM (SELECT CAST(NULL AS " + type
                    + ") AS v) AS probe WHERE v IS DISTINCT FROM v");
            return true;
        } catch (DataAccessException e) {
            jdbc.execute("ROLLBACK TO SAVEPOINT neap_equality");
            return false;
        }
    }
}
