package dev.neap.catalog;

import dev.neap.sql.Identifier;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.postgresql.util.PSQLException;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Asks PostgreSQL the questions of a change, on an empty temporary copy of the table, in one transaction that is always
 * rolled back. On the table itself it takes no lock stronger than ACCESS SHARE, and it needs no right but SELECT on it and
 * TEMPORARY on the database.
 */
public final class Prober {

    /** Classes and states that say something about the server's condition, not about the change; they are thrown. */
    private static final Pattern SERVER_CONDITION = Pattern.compile("(08|25|40|53|57|58|XX)...|55P03");

    private final DataSource dataSource;

    public Prober(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Runs the probes in order; each sees the columns that those before it added.
     *
     * @throws DataAccessException if the server can't be asked, or the table stays locked
     */
    public Probed probe(Table table, List<Probe> probes) {
        JdbcTransactionManager manager = new JdbcTransactionManager(dataSource);
        return Objects.requireNonNull(new TransactionTemplate(manager).execute(status -> {
            status.setRollbackOnly();
            return new Round(dataSource, status, table).run(probes);
        }));
    }

    /** Everything that happens in one transaction. */
    private static final class Round {

        private final DataSource dataSource;
        private final JdbcTemplate jdbc;
        private final TransactionStatus transaction;
        private final TableCopy copy;
        private final Answers answers = Answers.none();
        private final Attempts attempts;
        private final Set<Identifier> newIndexes = new HashSet<>();

        Round(DataSource dataSource, TransactionStatus transaction, Table table) {
            this.dataSource = dataSource;
            this.jdbc = new JdbcTemplate(dataSource);
            this.transaction = transaction;
            this.copy = new TableCopy(jdbc, table);
            this.attempts = new Attempts(transaction);
        }

        Probed run(List<Probe> probes) {
            jdbc.execute("SET LOCAL lock_timeout = '5s'");
            jdbc.execute("SET LOCAL statement_timeout = '30s'");
            if (attempt("", "a temporary copy of table " + copy.table().name(), copy::create)) {
                probes.forEach(this::ask);
            }
            return new Probed(answers, attempts.complaints());
        }

        private void ask(Probe probe) {
            switch (probe) {
                case Probe.NewColumn column -> {
                    if (copy.columnNames().contains(column.column())) {
                        attempts.complain(taken(column));
                    } else if (!attempt(column.at(), "the type", () -> newColumn(column))) {
                        attempts.isMissing(column.column());
                    }
                }
                case Probe.VirtualColumn column ->
                    attempt(column.at(), "the virtual column",
                            () -> answers.types().put(column.at(), new VirtualColumnProbe(copy).add(column)));
                case Probe.Expression expression ->
                    attempt(
                            expression.at(),
                            "the expression",
                            () -> answers.expressions()
                                    .put(
                                            expression.at(),
                                            new ExpressionProbe(jdbc, copy)
                                                    .expression(expression.sql(), expression.target())));
                case Probe.Condition condition ->
                    attempt(
                            condition.at(),
                            "the condition",
                            () -> answers.expressions()
                                    .put(
                                            condition.at(),
                                            new ExpressionProbe(jdbc, copy).condition(condition.sql())));
                case Probe.Default value -> {
                    // Of a name that is taken, the column's own probe complains.
                    if (!copy.columnNames().contains(value.column())) {
                        attempt(value.at(), "the default", () -> defaultOf(value));
                    }
                }
                case Probe.NewDefault value ->
                    attempt(
                            value.at(),
                            "the default",
                            () -> answers.texts()
                                    .put(value.at(), new DefaultProbe(jdbc, copy).text(value.column(), value.sql())));
                case Probe.NewForeignKey key ->
                    attempt(key.at(), "the foreign key", () -> answers.partitioned()
                            .addAll(new ForeignKeyProbe(dataSource, copy).refuse(key)));
                case Probe.Removal removal -> attempt(removal.at(), "to drop it", () -> removal(removal));
                case Probe.NewIndex index -> attempt(index.at(), "the index", () -> newIndex(index));
                case Probe.NewRows rows -> newRows(rows);
                case Probe.Retype retype -> retype(retype);
                case Probe.Reshape reshape ->
                    new ReshapeProbe(jdbc, transaction, copy, reshape, attempts).ask(answers);
                case Probe.Around around ->
                    attempt(around.at(), "to look around the table", () -> around(around));
                case Probe.Rename rename ->
                    attempt(
                            rename.at(),
                            "the new name",
                            () -> answers.renamed()
                                    .put(
                                            rename.at(),
                                            new RenameProbe(jdbc, transaction, copy)
                                                    .rename(rename.from(), rename.to())));
            }
        }

        private List<Identifier> incomparable() {
            ExpressionProbe probe = new ExpressionProbe(jdbc, copy);
            return copy.table()
                    .columns()
                    .stream()
                    .filter(column -> !probe.comparable(column.type(), Optional.of(column.name())))
                    .map(Column::name)
                    .toList();
        }

        private void newRows(Probe.NewRows rows) {
            NewRowsProbe probe = new NewRowsProbe(dataSource, transaction, copy);
            if (attempt(rows.at(), "the table", () -> answers.destinations()
                    .put(rows.at(), rows.mayBeMissing() ? probe.lookOrMake(rows.into()) : probe.look(rows.into())))) {
                rows.values().forEach((column, sql) -> {
                    String at = rows.at().replaceFirst("\\.to$", ".set.") + column.value();
                    // Of an expression that is none, its own probe complains; of a missing column, the operation.
                    if (answers.expressions().containsKey(at)
                            && answers.destination(rows.at()).table().column(column).isPresent()) {
                        attempt(at, "the value", () -> probe.refuseMisfit(column, sql));
                    }
                });
            }
        }

        private void removal(Probe.Removal asked) {
            answers.renamed().put(asked.at(), new RemovalProbe(jdbc, copy.table()).look(asked.name()));
            answers.partitioned().addAll(PartitionedParents.of(jdbc, copy.table()));
        }

        private void around(Probe.Around asked) {
            answers.surroundings()
                    .put(
                            asked.at(),
                            new SurroundingsReader(JdbcClient.create(jdbc), copy.table())
                                    .read(asked.names(), incomparable()));
            answers.partitioned().addAll(PartitionedParents.of(jdbc, copy.table()));
        }

        private void retype(Probe.Retype asked) {
            RetypeProbe probe = new RetypeProbe(jdbc, transaction, copy, asked);
            boolean sound = attempt(asked.at() + ".column", "the column", probe::mustStandAlone)
                    && attempt(asked.at() + ".type", "the type", probe::addColumn)
                    && attempt(
                            asked.at() + ".using",
                            "the expression",
                            () -> answers.expressions().put(asked.at() + ".using", probe.using()))
                    && attempt(
                            asked.at() + ".reverse",
                            "the expression",
                            () -> answers.expressions().put(asked.at() + ".reverse", probe.reverse()));
            if (sound) {
                attempt(
                        asked.at(),
                        "the change of type",
                        () -> answers.retyped().put(asked.at(), probe.retyped()));
            }
        }

        private Complaint taken(Probe.NewColumn column) {
            return new Complaint(
                    column.at().replaceFirst("\\.type$", ".name"),
                    "Table %s already has a column %s.".formatted(copy.table().name(), column.column()),
                    Optional.of("Choose another name, or drop the operation if the column is what you want."));
        }

        private void newColumn(Probe.NewColumn column) {
            answers.rewrites().put(column.at(), copy.addColumn(column.column(), column.type()));
            answers.types().put(column.at(), copy.typeOf(column.column()));
        }

        private void defaultOf(Probe.Default value) {
            refuseFlaw("default", value.sql());
            // In parentheses first, so that nothing but an expression passes; then bare, as it will be written.
            jdbc.execute("EXPLAIN SELECT (" + value.sql() + ")");
            boolean rewrites = attempts
                    .undone(() -> copy.addColumn(value.column(), value.type(), " DEFAULT " + value.sql()));
            answers.rewrites().put(value.at(), rewrites);
        }

        private void newIndex(Probe.NewIndex index) {
            IndexDefinition definition = index.definition();
            definition.elements().forEach(element -> refuseFlaw("index element", element));
            definition.where().ifPresent(sql -> refuseFlaw("index condition", sql));
            if (copy.nameTaken(index.name()) || !newIndexes.add(index.name())) {
                throw new Objection(
                        "Schema %s already has a relation %s."
                                .formatted(copy.table().name().schema(), index.name()),
                        "Choose another name for the index.");
            }
            jdbc.execute("CREATE " + (definition.unique() ? "UNIQUE " : "") + "INDEX ON " + copy.sql() + " "
                    + definition.tail(copy.columnNames()));
        }

        /** Whether it went well; if not, nothing of it is left but a complaint. */
        private boolean attempt(String at, String what, Runnable work) {
            return attempts.make(at, what, work);
        }
    }

    /** Whether it says something about the server, not about the change. */
    static boolean isServerCondition(SQLException e) {
        return e.getSQLState() == null
                || SERVER_CONDITION.matcher(e.getSQLState()).matches();
    }

    /** @throws Objection if the text would reach beyond its place in a statement */
    static void refuseFlaw(String what, String sql) {
        Fragment.flaw(sql).ifPresent(flaw -> {
            throw new Objection(
                    "The %s %s.".formatted(what, flaw), "Write one SQL expression, with nothing before or after it.");
        });
    }

    /** Something that Neap itself has against a part of a change. */
    static final class Objection extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final String hint;

        Objection(String message, String hint) {
            super(message);
            this.hint = hint;
        }

        /**
         * What PostgreSQL has against it, in other words than its own.
         *
         * @param message with a %s for the server's message
         * @return an objection, unless the server itself was in trouble
         */
        static RuntimeException of(DataAccessException e, String message, String hint) {
            if (!(e.getMostSpecificCause() instanceof SQLException cause) || isServerCondition(cause)) {
                return e;
            }
            String text = cause instanceof PSQLException server && server.getServerErrorMessage() != null
                    ? server.getServerErrorMessage().getMessage()
                    : cause.getMessage();
            return new Objection(message.formatted(text), hint);
        }

        Complaint complaint(String at) {
            return new Complaint(at, Objects.requireNonNull(getMessage()), Optional.of(hint));
        }
    }
}
