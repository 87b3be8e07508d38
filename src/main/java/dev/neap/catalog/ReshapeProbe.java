package dev.neap.catalog;

import dev.neap.sql.Identifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionStatus;

/**
 * Asks what a table of another shape is made of: PostgreSQL alters an empty copy with the table's checks and indexes, and
 * prints what has become of it. How rows follow is asked on another copy, that has the columns of both shapes.
 */
final class ReshapeProbe {

    /** One question of many; false if PostgreSQL has something against it. */
    interface Attempt {

        /**
         * @param at where in the change file it comes from
         * @param what is refused, for the message
         */
        boolean of(String at, String what, Runnable question);
    }

    private final JdbcTemplate jdbc;
    private final TransactionStatus transaction;
    private final TableCopy copy;
    private final Probe.Reshape asked;
    private final Attempt attempt;
    private final Map<Identifier, String> defaults = new HashMap<>();

    ReshapeProbe(
            JdbcTemplate jdbc,
            TransactionStatus transaction,
            TableCopy copy,
            Probe.Reshape asked,
            Attempt attempt) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.copy = copy;
        this.asked = asked;
        this.attempt = attempt;
    }

    /** Puts what PostgreSQL says to the answers. */
    void ask(Answers answers) {
        ReshapedCopy shape = new ReshapedCopy(jdbc, copy.table());
        if (values(answers)
                && attempt.of(asked.at(), "a second copy of the table", shape::create)
                && attempt.of(asked.at() + ".drop", "to do without them", () -> shape.drop(asked.gone()))
                && asked.retyped()
                        .stream()
                        .allMatch(retype -> attempt.of(
                                retype.at(),
                                "the new type",
                                () -> shape.retype(retype, Optional.ofNullable(defaults.get(retype.column())))))
                && asked.actions()
                        .stream()
                        .filter(action -> !attempt.of(action.at(), "the setting", () -> shape.set(action.sql())))
                        .count() == 0) {
            attempt.of(asked.at(), "the new shape", () -> answers.reshaped().put(asked.at(), shape.read()));
        }
    }

    /** How values are made, there and back; nothing of it is left on the copy. */
    private boolean values(Answers answers) {
        Object savepoint = transaction.createSavepoint();
        List<RetypeProbe> probes = new ArrayList<>();
        boolean sound = true;
        for (Probe.Retype retype : asked.retyped()) {
            RetypeProbe probe = new RetypeProbe(jdbc, transaction, copy, retype);
            probes.add(probe);
            sound &= attempt.of(retype.at(), "the column", probe::mustStandAlone)
                    && attempt.of(retype.at() + ".type", "the type", probe::addColumn);
        }
        for (int i = 0; i < probes.size() && sound; i++) {
            RetypeProbe probe = probes.get(i);
            Probe.Retype retype = asked.retyped().get(i);
            answers.types().put(retype.at() + ".type", copy.typeOf(retype.fresh()));
            sound &= attempt.of(
                    retype.at() + ".using",
                    "the expression",
                    () -> answers.expressions().put(retype.at() + ".using", probe.using()))
                    && attempt.of(
                            retype.at(),
                            "the default",
                            () -> new RetypedDefault(jdbc, transaction, copy, retype).sql()
                                    .ifPresent(sql -> defaults.put(retype.column(), sql)));
        }
        if (sound) {
            probes.forEach(probe -> probe.changeNames().forEach(jdbc::execute));
            sound = attempt.of(asked.at() + ".drop", "to do without them", this::setAside) && back(probes, answers);
        }
        transaction.rollbackToSavepoint(savepoint);
        transaction.releaseSavepoint(savepoint);
        return sound;
    }

    private void setAside() {
        asked.gone()
                .forEach(gone -> jdbc.execute(
                        "ALTER TABLE " + copy.sql() + " RENAME COLUMN " + gone.column() + " TO " + gone.past()));
    }

    private boolean back(List<RetypeProbe> probes, Answers answers) {
        boolean sound = true;
        for (int i = 0; i < probes.size(); i++) {
            RetypeProbe probe = probes.get(i);
            String at = asked.retyped().get(i).at() + ".reverse";
            sound &= attempt.of(at, "the expression", () -> answers.expressions().put(at, probe.reversed()));
        }
        for (Probe.Leaving gone : asked.gone()) {
            String at = asked.at() + ".fill." + gone.column().value();
            sound &= gone.fill().isEmpty()
                    || attempt.of(
                            at,
                            "the expression",
                            () -> answers.expressions()
                                    .put(
                                            at,
                                            new ExpressionProbe(jdbc, copy)
                                                    .expression(gone.fill().get(), Optional.of(gone.past()))));
        }
        return sound;
    }
}
