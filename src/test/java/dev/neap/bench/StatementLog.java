package dev.neap.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was done to the table, from the server's own log (jsonlog, log_statement = all). Left out is what was said to
 * schema neap and to the catalog, and every DDL.
 */
final class StatementLog {

    private static final Pattern MESSAGE = Pattern.compile("(?:statement|execute (?!fetch)[^:]*): (.*)",
            Pattern.DOTALL);
    private static final Pattern PARAMETER = Pattern.compile("\\$(\\d+) = (NULL|'(?:[^']++|'')*+')");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$(\\d+)");
    private static final Pattern BEGIN = Pattern.compile("(?i)\\s*(BEGIN|START)\\b.*", Pattern.DOTALL);
    private static final Pattern END = Pattern.compile("(?i)\\s*(COMMIT|ROLLBACK(?!\\s+TO)|END)\\b.*", Pattern.DOTALL);
    private static final Pattern SETTING = Pattern
            .compile("(?i)\\s*(SET|SAVEPOINT|RELEASE|ROLLBACK TO)\\b.*|.*\\bset_config\\(.*", Pattern.DOTALL);
    private static final Pattern WORK = Pattern.compile("(?i)\\s*(UPDATE|SELECT|WITH)\\b.*", Pattern.DOTALL);
    private static final Pattern ELSEWHERE = Pattern.compile("(?i)\\b(neap\\.|pg_)");

    /**
     * A transaction.
     *
     * @param begin the number of its first statement among all in the log
     * @param end the number of its last
     */
    record Unit(List<String> statements, long begin, long end) {

        Unit {
            statements = List.copyOf(statements);
        }
    }

    /** Of a session, what it is about to do as one transaction. */
    private static final class Open {
        private final List<Unit> done = new ArrayList<>();
        private final List<String> statements = new ArrayList<>();
        private boolean inTransaction;
        private boolean worked;
        private long begin;

        private void add(String sql, long number) {
            if (statements.isEmpty()) {
                begin = number;
            }
            boolean work = WORK.matcher(sql).matches() && sql.contains("users") && !ELSEWHERE.matcher(sql).find();
            boolean begins = BEGIN.matcher(sql).matches();
            boolean ends = END.matcher(sql).matches();
            if (work || begins || ends || SETTING.matcher(sql).matches()) {
                statements.add(sql);
            }
            worked |= work;
            inTransaction = begins || (inTransaction && !ends);
            if (!inTransaction) {
                if (worked) {
                    done.add(new Unit(statements, begin, number));
                }
                statements.clear();
                worked = false;
            }
        }
    }

    private StatementLog() {}

    /**
     * The transactions of each session that worked on the table, in the order in which it had them.
     *
     * @param lines of the log, each a JSON object
     */
    static List<List<Unit>> sessions(List<String> lines, String database) {
        Map<String, Open> sessions = new LinkedHashMap<>();
        long number = 0;
        for (String line : lines) {
            JsonNode entry = JsonMapper.shared().readTree(line);
            Optional<String> sql = entry.path("dbname").asString("").equals(database) ? sql(entry) : Optional.empty();
            if (sql.isPresent()) {
                sessions.computeIfAbsent(entry.path("session_id").asString(), key -> new Open())
                        .add(sql.get(), number++);
            }
        }
        return sessions.values().stream().map(open -> open.done).filter(units -> !units.isEmpty()).toList();
    }

    /** With the parameters in their places, as literals. */
    private static Optional<String> sql(JsonNode entry) {
        Matcher message = MESSAGE.matcher(entry.path("message").asString(""));
        if (!message.matches()) {
            return Optional.empty();
        }
        Map<String, String> values = new HashMap<>();
        Matcher parameter = PARAMETER.matcher(entry.path("detail").asString(""));
        while (parameter.find()) {
            values.put(parameter.group(1), parameter.group(2));
        }
        return Optional.of(PLACEHOLDER.matcher(message.group(1))
                .replaceAll(place -> Matcher
                        .quoteReplacement(values.getOrDefault(place.group(1), place.group()))));
    }
}
