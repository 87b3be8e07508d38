package dev.neap.change.operation;

import dev.neap.catalog.Answers;
import dev.neap.catalog.Fact;
import dev.neap.catalog.Table;
import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import dev.neap.step.Conduct;
import dev.neap.step.DdlStep;
import dev.neap.step.Lock;
import dev.neap.step.Offenders;
import dev.neap.step.Phase;
import dev.neap.step.Undo;
import dev.neap.step.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The steps by which a table gets a constraint while everyone reads and writes. */
final class ConstraintSteps {

    /** What is said of a lock that is taken on a second table as well. */
    private static final String TOO = " (it locks %s too)";

    /** The first version in which a partitioned table's foreign key may be NOT VALID. */
    private static final int NOT_VALID_ON_PARTITIONED_SINCE = 18;

    private final Target target;
    private final Identifier name;
    private Optional<String> comment = Optional.empty();
    private Optional<QualifiedName> referenced = Optional.empty();
    private Optional<Offenders> offenders = Optional.empty();

    ConstraintSteps(Target target, Identifier name) {
        this.target = target;
        this.name = name;
    }

    /** With a comment. */
    ConstraintSteps commented(Optional<String> text) {
        comment = text;
        return this;
    }

    /** Between two tables: adding and dropping it locks the other one too. */
    ConstraintSteps referencing(QualifiedName table) {
        referenced = Optional.of(table);
        return this;
    }

    /** Which rows stand against it. */
    ConstraintSteps unless(Offenders rows) {
        offenders = Optional.of(rows);
        return this;
    }

    /**
     * At first for new rows only, then proved for old ones.
     *
     * @param kind in words: {@code check}
     * @param definition a CHECK or a FOREIGN KEY, without NOT VALID
     */
    List<DdlStep> validated(String kind, String definition) {
        DdlStep validate = DdlStep.catalogOnly(
                Phase.CONSTRAIN,
                "validate-constraint",
                "prove " + kind + " " + name + " for old rows",
                new Fact.IsValidated(name),
                target.alterTable() + " VALIDATE CONSTRAINT " + name)
                .under(Lock.SHARE_UPDATE_EXCLUSIVE, Work.SCAN);
        return List.of(
                added(kind, definition + " NOT VALID", "for new rows"),
                offenders.map(validate::unless).orElse(validate));
    }

    /**
     * A foreign key: at first for new rows only, then proved for old ones. On a partitioned table that may have none NOT
     * VALID, each partition gets it so by itself, and the whole takes them over.
     *
     * @param definition a FOREIGN KEY, without NOT VALID
     */
    List<DdlStep> foreignKey(String definition) {
        return isByPartition(target.table())
                ? validatedByPartition("foreign key", definition)
                : validated("foreign key", definition);
    }

    /** Whether a foreign key of the table can be had only by way of its partitions. */
    static boolean isByPartition(Table table) {
        return LeafSteps.isPartitioned(table) && table.server().major() < NOT_VALID_ON_PARTITIONED_SINCE;
    }

    /**
     * What a partitioned table and its partitions are locked with when it takes their foreign key over. Where the
     * referenced table is partitioned too, each partition had a share of the key for each of its partitions, and those
     * are dropped.
     */
    static Lock joining(Answers answers, QualifiedName referenced) {
        return answers.partitioned().contains(referenced) ? Lock.ACCESS_EXCLUSIVE : Lock.SHARE_ROW_EXCLUSIVE;
    }

    /** As it stands, which must not read the table. */
    DdlStep added(String kind, String definition, String forWhom) {
        return added(kind, definition, forWhom, Lock.SHARE_ROW_EXCLUSIVE);
    }

    /** @param onOther the lock on the referenced table, if there is one */
    private DdlStep added(String kind, String definition, String forWhom, Lock onOther) {
        List<String> sql = new ArrayList<>();
        sql.add(target.alterTable() + " ADD CONSTRAINT " + name + " " + definition);
        sql.addAll(target.commentOn(name, comment));
        Fact exists = new Fact.HasConstraint(name);
        String too = referenced.map(TOO::formatted).orElse("");
        Undo drop = new Undo(
                "drop " + kind + " " + name + too,
                List.of(target.alterTable() + " DROP CONSTRAINT " + name),
                Lock.ACCESS_EXCLUSIVE,
                Conduct.TRANSACTION,
                exists.negated());
        DdlStep add = DdlStep.catalogOnly(
                Phase.CONSTRAIN,
                "add-constraint",
                ("add " + kind + " " + name + " " + forWhom).strip() + too,
                exists,
                sql.toArray(String[]::new))
                .under(referenced.isPresent() ? Lock.SHARE_ROW_EXCLUSIVE : Lock.ACCESS_EXCLUSIVE, Work.CATALOG);
        return referenced
                .filter(other -> !other.equals(target.table().name()))
                .map(other -> add.alsoLocking(other, onOther)
                        .undoneBy(drop.alsoLocking(other, Lock.ACCESS_EXCLUSIVE)))
                .orElse(add.undoneBy(drop));
    }

    /**
     * By way of an index of the same name, that is built first; on a partitioned table, by way of the same constraint of
     * each partition.
     *
     * @param kind UNIQUE or PRIMARY KEY
     * @param tail what follows the table in CREATE INDEX
     * @param suffix what follows the index in ADD CONSTRAINT, with a blank before it; may be empty
     * @param whole the constraint without its suffix, as it is written without an index
     */
    List<DdlStep> byIndex(String kind, String tail, String suffix, String whole) {
        String words = kind.toLowerCase(java.util.Locale.ROOT) + (kind.equals("UNIQUE") ? " constraint" : "");
        if (LeafSteps.isPartitioned(target.table())) {
            List<DdlStep> steps = new ArrayList<>(new LeafSteps(target)
                    .each((leaf, called) -> new ConstraintSteps(leaf, called).byIndex(kind, tail, suffix, whole),
                            name));
            offenders.ifPresent(rows -> steps.set(0, steps.getFirst().unless(rows)));
            steps.add(added(words, whole + suffix, "by way of those of all partitions"));
            return steps;
        }
        DdlStep build = CreateIndex.build(target, name, true, tail);
        return List.of(
                offenders.map(build::unless).orElse(build),
                added(words, kind + " USING INDEX " + name + suffix, "by way of its index"));
    }

    private List<DdlStep> validatedByPartition(String kind, String definition) {
        List<DdlStep> steps = new ArrayList<>(new LeafSteps(target).each((leaf, called) -> {
            ConstraintSteps each = new ConstraintSteps(leaf, name);
            each.referenced = referenced;
            return each.validated(kind, definition);
        }, name));
        if (steps.isEmpty()) {
            return List.of(added(kind, definition, "while there are no partitions"));
        }
        offenders.ifPresent(rows -> steps.set(1, steps.get(1).unless(rows)));
        DdlStep whole = added(kind, definition, "by way of those of all partitions", Lock.ACCESS_EXCLUSIVE);
        steps.add(referenced.map(other -> whole.under(joining(target.answers(), other), Work.CATALOG)).orElse(whole));
        return steps;
    }
}
