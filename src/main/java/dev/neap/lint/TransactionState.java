package dev.neap.lint;

import dev.neap.sql.QualifiedName;
import dev.neap.sql.SqlStatement;
import dev.neap.sql.Token;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Goes along with the statements of a file: which transaction they stand in, which lock_timeout holds, what is locked. */
final class TransactionState {

    private static final Pattern VALUE = Pattern.compile("'?\\s*(\\d+)\\s*(us|ms|s|min|h|d)?\\s*'?");

    private final boolean wrapped;
    private boolean explicit;
    private Optional<Duration> ofSession = Optional.empty();
    private Optional<Duration> ofTransaction = Optional.empty();
    private final Set<QualifiedName> held = new HashSet<>();

    TransactionState(SqlFile file) {
        this.wrapped = file.wrapped();
    }

    Situation.Before before() {
        return new Situation.Before(
                wrapped || explicit,
                ofTransaction.or(() -> ofSession).filter(timeout -> !timeout.isZero()),
                Set.copyOf(held));
    }

    /** To be called after the statement was looked at. */
    void pass(SqlStatement sql, Evidence evidence) {
        switch (sql.sort()) {
            case TRANSACTION -> transaction(sql);
            case SETTING -> setting(sql);
            case QUERY -> configured(sql);
            case STRUCTURE, ROWS, CODE, MAINTENANCE, OTHER -> evidence.strong()
                    .forEach(trace -> held.add(Evidence.root(trace)));
        }
        if (!wrapped && !explicit) {
            held.clear();
        }
    }

    private void transaction(SqlStatement sql) {
        if (sql.starts("BEGIN") || sql.starts("START")) {
            explicit = true;
        } else if (!sql.starts("SAVEPOINT") && !sql.starts("RELEASE") && !sql.has("TO")) {
            explicit = false;
            held.clear();
            ofTransaction = Optional.empty();
        }
    }

    private void setting(SqlStatement sql) {
        if (sql.starts("RESET", "ALL") || sql.starts("RESET", "lock_timeout") || sql.starts("DISCARD", "ALL")) {
            set(false, Optional.of(Duration.ZERO));
        } else if (sql.starts("SET") && sql.has("lock_timeout")) {
            set(sql.starts("SET", "LOCAL"), value(sql.tokens().getLast()));
        }
    }

    private void configured(SqlStatement sql) {
        List<Token> tokens = sql.tokens();
        for (int i = 0; i + 4 < tokens.size(); i++) {
            if (tokens.get(i).is("set_config") && tokens.get(i + 2).text().equalsIgnoreCase("'lock_timeout'")) {
                set(tokens.subList(i, tokens.size()).stream().anyMatch(token -> token.is("true")),
                        value(tokens.get(i + 4)));
            }
        }
    }

    private void set(boolean local, Optional<Duration> value) {
        if (local) {
            ofTransaction = value;
        } else {
            ofSession = value;
            ofTransaction = Optional.empty();
        }
    }

    /** A plain number counts milliseconds, as in PostgreSQL. */
    private static Optional<Duration> value(Token token) {
        Matcher matcher = VALUE.matcher(token.text());
        if (!matcher.matches()) {
            return Optional.of(Duration.ZERO);
        }
        long number = Long.parseLong(matcher.group(1));
        return Optional.of(switch (matcher.group(2) == null ? "ms" : matcher.group(2)) {
            case "us" -> Duration.ofNanos(number * 1_000);
            case "s" -> Duration.ofSeconds(number);
            case "min" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            case "d" -> Duration.ofDays(number);
            default -> Duration.ofMillis(number);
        });
    }
}
