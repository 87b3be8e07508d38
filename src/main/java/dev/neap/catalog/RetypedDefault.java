package dev.neap.catalog;

import dev.neap.catalog.Answers.Volatility;
import dev.neap.sql.Literal;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionStatus;

/**
 * Finds the default of a column in its new type: what {@code using} makes of the old one, where that can be computed; else
 * the old one itself, if PostgreSQL casts it.
 */
final class RetypedDefault {

    private final JdbcTemplate jdbc;
    private final TransactionStatus transaction;
    private final TableCopy copy;
    private final Probe.Retype asked;

    RetypedDefault(JdbcTemplate jdbc, TransactionStatus transaction, TableCopy copy, Probe.Retype asked) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.copy = copy;
        this.asked = asked;
    }

    /**
     * @return empty if there is none
     * @throws Prober.Objection if the old one can't be carried over
     */
    Optional<String> sql() {
        Optional<String> present = copy.table().column(asked.column()).flatMap(Column::defaultSql);
        if (present.isEmpty()) {
            return present;
        }
        Optional<Optional<String>> computed = computed(present.get());
        if (asCast(present.get()) && computed.map(value -> value.equals(cast(present.get()))).orElse(true)) {
            return present;
        }
        if (computed.isEmpty()) {
            throw new Prober.Objection(
                    "The default of column %s (%s) can't be made one of type %s."
                            .formatted(asked.column(), present.get(), asked.type().type()),
                    "Drop the default first, and set the new one once the change is completed.");
        }
        return computed.get().map(value -> Literal.of(value) + "::" + copy.typeOf(asked.fresh()));
    }

    private boolean asCast(String sql) {
        return attempt(() -> Optional.of(jdbc.update("ALTER TABLE " + copy.sql() + " ALTER COLUMN " + asked.fresh()
                + " SET DEFAULT " + sql))).isPresent();
    }

    private Optional<String> cast(String sql) {
        return attempt(() -> Optional.ofNullable(jdbc.queryForObject(
                "SELECT CAST((" + sql + ") AS " + copy.typeOf(asked.fresh()) + ")::text", String.class)));
    }

    /**
     * What {@code using} makes of it.
     *
     * @return empty if it can't be computed beforehand; an empty value if that is NULL
     */
    private Optional<Optional<String>> computed(String sql) {
        return asked.type().using().flatMap(using -> attempt(() -> {
            if (new ExpressionProbe(jdbc, copy).expression(sql, Optional.empty())
                    .volatility() != Volatility.IMMUTABLE) {
                return Optional.<Optional<String>>empty();
            }
            String value = jdbc.queryForObject(
                    "SELECT CAST((%s) AS %s)::text FROM (SELECT CAST((%s) AS %s) AS %s) AS %s"
                            .formatted(
                                    using,
                                    copy.typeOf(asked.fresh()),
                                    sql,
                                    copy.typeOf(asked.column()),
                                    asked.column(),
                                    copy.table().name().name()),
                    String.class);
            return Optional.of(Optional.ofNullable(value));
        }));
    }

    /** Empty if PostgreSQL refuses it; nothing of it is left. */
    private <T> Optional<T> attempt(java.util.function.Supplier<Optional<T>> question) {
        Object savepoint = transaction.createSavepoint();
        try {
            return question.get();
        } catch (DataAccessException | Prober.Objection e) {
            return Optional.empty();
        } finally {
            transaction.rollbackToSavepoint(savepoint);
            transaction.releaseSavepoint(savepoint);
        }
    }
}
