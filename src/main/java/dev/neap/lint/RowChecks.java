package dev.neap.lint;

import dev.neap.sql.SqlStatement;
import dev.neap.sql.SqlStatement.Sort;
import dev.neap.sql.Token;
import dev.neap.sql.Token.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** What statements do to rows. */
final class RowChecks {

    /** Columns of which a value names one row, or few. */
    private static final Pattern KEYS = Pattern.compile("(?i)\"?(id|uuid|key|name|code|slug|.*_id)\"?");

    private static final Set<Kind> VALUES = Set.of(Kind.STRING, Kind.NUMBER);

    private RowChecks() {}

    static List<Complaint> of(Situation situation) {
        List<Complaint> complaints = new ArrayList<>();
        SqlStatement sql = situation.sql();
        if (sql.sort() == Sort.ROWS && changesAnyNumber(situation)) {
            complaints.add(Complaint.of(
                    Rule.UNBATCHED_BACKFILL,
                    "One statement changes any number of rows%s, in one transaction that keeps all of them locked."
                            .formatted(of(sql))));
        }
        changedByCode(situation).ifPresent(changed -> complaints.add(Complaint.of(
                Rule.UNBATCHED_BACKFILL,
                "A statement in this DO block changes any number of rows%s, and all of the block is one transaction."
                        .formatted(of(changed)))));
        if (sql.sort() == Sort.ROWS && situation.words().says("DELETE", "FROM") && !situation.documented()
                && !isFresh(situation)) {
            complaints.add(Complaint.of(
                    Rule.IRREVERSIBLE_UNDOCUMENTED,
                    "Rows%s are gone.".formatted(of(sql))));
        }
        if (paginates(sql)) {
            complaints.add(Complaint.of(
                    Rule.OFFSET_PAGINATION,
                    "Each page by OFFSET reads all rows before it, and rows that change meanwhile fall between two pages."));
        }
        return complaints;
    }

    private static String of(SqlStatement sql) {
        return Tables.of(sql).map(" of table %s"::formatted).orElse("");
    }

    /** The first statement of a DO block that does so; one that names a row by a variable does not. */
    private static Optional<SqlStatement> changedByCode(Situation block) {
        Set<String> made = new HashSet<>(block.made());
        for (SqlStatement sql : CodeBody.statements(block.sql())) {
            Situation inside = new Situation(
                    new SqlFile.Placed(sql, block.placed().spot()), made, block.evidence(), block.before(),
                    block.documented());
            if (sql.sort() == Sort.ROWS && changesAnyNumber(inside) && !namesRowsByVariable(inside.words())) {
                return Optional.of(sql);
            }
            Tables.made(sql).map(Phrase::bare).ifPresent(made::add);
        }
        return Optional.empty();
    }

    /** A key that equals no value of another table. */
    private static boolean namesRowsByVariable(Phrase words) {
        boolean joins = words.says("USING") || (words.says("FROM") && !words.starts("DELETE", "FROM"));
        return !joins && words.after("WHERE")
                .filter(where -> !where.mentions("FROM"))
                .filter(where -> IntStream.range(1, where.tokens().size())
                        .anyMatch(i -> where.tokens().get(i).is("=")
                                && KEYS.matcher(where.tokens().get(i - 1).text()).matches()))
                .isPresent();
    }

    private static boolean isFresh(Situation situation) {
        return Tables.of(situation.sql()).filter(situation::isFresh).isPresent();
    }

    private static boolean changesAnyNumber(Situation situation) {
        Phrase words = situation.words();
        boolean onlyLocks = words.starts("WITH") && Tables.of(situation.sql()).isEmpty();
        if (onlyLocks || (isFresh(situation) && !readsOld(situation))) {
            return false;
        }
        if (words.says("INSERT", "INTO")) {
            return words.after("INSERT", "INTO")
                    .filter(rest -> rest.mentions("SELECT") && rest.mentions("FROM"))
                    .isPresent() && !isBounded(words);
        }
        return !words.starts("COPY") && !isBounded(words);
    }

    /** Whether rows of a table that was there before are copied. */
    private static boolean readsOld(Situation situation) {
        return situation.evidence().or(!situation.evidence().scanned().isEmpty(), situation.words().says("SELECT"));
    }

    /** A range of the key, a limit, or a value that names a row. */
    private static boolean isBounded(Phrase words) {
        if (words.mentions("BETWEEN") || words.mentions("LIMIT") || words.mentions("FETCH")) {
            return true;
        }
        Optional<Phrase> where = words.after("WHERE");
        return where.isPresent() && (isRange(where.get()) || namesRows(where.get()));
    }

    private static boolean isRange(Phrase where) {
        return where.tokens().stream().anyMatch(token -> token.is("<"))
                && where.tokens().stream().anyMatch(token -> token.is(">"));
    }

    private static boolean namesRows(Phrase where) {
        List<Token> tokens = where.tokens();
        for (int i = 0; i + 2 < tokens.size(); i++) {
            boolean key = KEYS.matcher(tokens.get(i).text()).matches();
            boolean value = VALUES.contains(tokens.get(i + 2).kind()) || tokens.get(i + 2).is("(");
            if (key && ((tokens.get(i + 1).is("=") && VALUES.contains(tokens.get(i + 2).kind()))
                    || (tokens.get(i + 1).is("IN") && value && i + 3 < tokens.size()
                            && VALUES.contains(tokens.get(i + 3).kind())))) {
                return true;
            }
        }
        return false;
    }

    private static boolean paginates(SqlStatement sql) {
        if (sql.sort() == Sort.ROWS || sql.sort() == Sort.QUERY) {
            return sql.has("OFFSET");
        }
        return CodeBody.tokens(sql).stream().anyMatch(token -> token.is("OFFSET"));
    }
}
