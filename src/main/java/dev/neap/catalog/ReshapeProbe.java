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

    private final JdbcTemplate jdbc;
    private final TransactionStatus transaction;
    private final TableCopy copy;
    private final Probe.Reshape asked;
    private final Attempts attempts;
    private final Map<Identifier, String> defaults = new HashMap<>();

    ReshapeProbe(
            JdbcTemplate jdbc,
            TransactionStatus transaction,
            TableCopy copy,
            Probe.Reshape asked,
            Attempts attempts) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.copy = copy;
        this.asked = asked;
        this.attempts = attempts;
    }

    /** Puts what PostgreSQL says to the answers. */
    void ask(Answers answers) {
        ReshapedCopy shape = new ReshapedCopy(jdbc, copy.table());
        if (values(answers)
                && attempts.make(asked.at(), "a second copy of the table", shape::create)
                && attempts.make(asked.at() + ".drop", "to do without them", () -> shape.drop(asked.gone()))
                && asked.retyped()
                        .stream()
                        .allMatch(retype -> attempts.make(
                                retype.at(),
                                "the new type",
                                () -> shape.retype(retype, Optional.ofNullable(defaults.get(retype.column())))))
                && asked.actions()
                        .stream()
                        .filter(action -> !attempts.make(action.at(), "the setting", () -> shape.set(action.sql())))
                        .count() == 0) {
            attempts.make(asked.at(), "the new shape", () -> answers.reshaped().put(asked.at(), shape.read()));
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
            sound &= attempts.make(retype.at(), "the column", probe::mustStandAlone)
                    && attempts.make(retype.at() + ".type", "the type", probe::addColumn);
        }
        for (int i = 0; i < probes.size() && sound; i++) {
            RetypeProbe probe = probes.get(i);
            Probe.Retype retype = asked.retyped().get(i);
            answers.types().put(retype.at() + ".type", copy.typeOf(retype.fresh()));
            sound &= attempts.make(
                    retype.at() + ".using",
                    "the expression",
                    () -> answers.expressions().put(retype.at() + ".using", probe.using()))
                    && attempts.make(
                            retype.at(),
                            "the default",
                            () -> new RetypedDefault(jdbc, transaction, copy, retype).sql()
                                    .ifPresent(sql -> defaults.put(retype.column(), sql)));
        }
        if (sound) {
            probes.forEach(probe -> probe.changeNames().forEach(jdbc::execute));
            sound = attempts.make(asked.at() + ".drop", "to do without them", this::setAside) && back(probes, answers);
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
            sound &= attempts.make(at, "the expression", () -> answers.expressions().put(at, probe.reversed()));
        }
        for (Probe.Leaving gone : asked.gone()) {
            String at = asked.at() + ".fill." + gone.column().value();
            sound &= gone.fill().isEmpty()
                    || attempts.make(
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
