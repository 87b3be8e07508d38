package dev.neap.catalog;

import dev.neap.catalog.Answers.Volatility;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the parse tree of a view tells about its expression; {@code pg_rewrite.ev_action::text}, as
 * src/backend/nodes/outfuncs.c of PostgreSQL 14 to 18 writes it. Strings can't be mistaken for nodes: constants are
 * written as bytes, and names escape braces and spaces.
 */
record ParseTree(String text) {

    private static final Pattern FUNCTION = Pattern
            .compile(":(?:funcid|opfuncid|hashfuncid|negfuncid|aggfnoid|winfnoid) (\\d+)");
    private static final Pattern OPERATOR = Pattern.compile(":opnos? (?:\\(o ([\\d ]+)\\)|(\\d+))");
    private static final Pattern WHOLE_ROW = Pattern.compile("\\{VAR :varno \\d+ :varattno 0 ");
    private static final Pattern SYSTEM_COLUMN = Pattern.compile("\\{VAR :varno \\d+ :varattno -\\d");
    /** CURRENT_DATE to LOCALTIMESTAMP(n): the first nine of enum SQLValueFunctionOp. */
    private static final Pattern CLOCK = Pattern.compile("\\{SQLVALUEFUNCTION :op [0-8] ");
    /** Nodes that read settings of the session (time zone, date style, user), or that may. */
    private static final Pattern STABLE = Pattern
            .compile("\\{(?:SQLVALUEFUNCTION|COERCEVIAIO|XMLEXPR|JSONEXPR|JSONCONSTRUCTOREXPR|COERCETODOMAIN) ");

    /** The functions that it calls, by oid. */
    Set<Long> functions() {
        Set<Long> oids = new TreeSet<>();
        Matcher matcher = FUNCTION.matcher(text);
        while (matcher.find()) {
            oids.add(Long.valueOf(matcher.group(1)));
        }
        oids.remove(0L);
        return oids;
    }

    /** The operators that it uses, by oid: row comparisons name no function. */
    Set<Long> operators() {
        Set<Long> oids = new TreeSet<>();
        Matcher matcher = OPERATOR.matcher(text);
        while (matcher.find()) {
            String list = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
            for (String oid : list.split(" ")) {
                oids.add(Long.valueOf(oid));
            }
        }
        oids.remove(0L);
        return oids;
    }

    /** How predictable it is at best, whatever its functions are. */
    Volatility withoutFunctions() {
        if (text.contains("{NEXTVALUEEXPR ") || SYSTEM_COLUMN.matcher(text).find()) {
            return Volatility.VOLATILE;
        }
        return STABLE.matcher(text).find() ? Volatility.STABLE : Volatility.IMMUTABLE;
    }

    /** Whether it names the current time by a key word: CURRENT_DATE, LOCALTIME and so on. */
    boolean readsClock() {
        return CLOCK.matcher(text).find();
    }

    boolean subquery() {
        return text.contains("{SUBLINK ");
    }

    /** Whether it uses the row as a value: pg_depend then names no column. */
    boolean wholeRow() {
        return WHOLE_ROW.matcher(text).find();
    }

    /** Of the outermost query, whose flags come before all inner ones. */
    private boolean flag(String name) {
        Matcher matcher = Pattern.compile(":" + name + " (true|false)").matcher(text);
        return matcher.find() && matcher.group(1).equals("true");
    }

    boolean aggregates() {
        return flag("hasAggs");
    }

    boolean windows() {
        return flag("hasWindowFuncs");
    }

    boolean returnsSets() {
        return flag("hasTargetSRFs");
    }
}
