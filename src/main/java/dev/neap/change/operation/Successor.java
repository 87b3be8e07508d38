package dev.neap.change.operation;

import dev.neap.catalog.Column;
import dev.neap.catalog.Column.Origin;
import dev.neap.catalog.Fact;
import dev.neap.catalog.IndexTraits;
import dev.neap.catalog.Key;
import dev.neap.catalog.Reshaped.NewIndex;
import dev.neap.catalog.Surroundings;
import dev.neap.catalog.Surroundings.Grant;
import dev.neap.catalog.Surroundings.OwnKey;
import dev.neap.catalog.Surroundings.Sequence;
import dev.neap.catalog.Table;
import dev.neap.sql.Identifier;
import dev.neap.sql.Literal;
import dev.neap.sql.QualifiedName;
import dev.neap.step.Conduct;
import dev.neap.step.Correspondence;
import dev.neap.step.Correspondence.Direction;
import dev.neap.step.DdlStep;
import dev.neap.step.Lock;
import dev.neap.step.Phase;
import dev.neap.step.RowWork;
import dev.neap.step.Undo;
import dev.neap.step.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The table that is to take another one's place: under which name it is made, and what it is made of.
 *
 * @param around what goes along with it
 * @param rows how they follow
 */
record Successor(Target target, Surroundings around, Correspondence rows, Layout layout) {

    /** Types of which equal values are the same, as {@code format_type} prints them. */
    private static final Pattern IDENTICAL = Pattern.compile(
            "smallint|integer|bigint|oid|uuid|boolean|bytea|date|timestamp.*");

    Table old() {
        return target.table();
    }

    /** The name that both tables bear, one after the other. */
    QualifiedName name() {
        return old().name();
    }

    /** What the new table is called until the swap. */
    QualifiedName before() {
        return name().sibling(target.names().successor(name().name()));
    }

    /** What the old table is called from then on. */
    QualifiedName retired() {
        return name().sibling(target.names().retired(name().name()));
    }

    /** Whether the new table has taken the old one's name. */
    Fact swapped() {
        return Relations.isThere(retired());
    }

    /** The columns that can be written; PostgreSQL computes the others in either table. */
    static List<Identifier> written(Table table) {
        return table.columns()
                .stream()
                .filter(column -> column.origin() != Origin.GENERATED)
                .map(Column::name)
                .toList();
    }

    /**
     * The columns whose values are told apart by their text: those without an equality, and of the key those whose equality
     * may hold different values for equal (citext, a collation that is not deterministic, 1.0 and 1.00).
     */
    static List<Identifier> byText(Target target, List<Identifier> key) {
        return Stream.concat(
                target.answers().surroundings(target.at()).belongings().withoutEquality().stream(),
                key.stream().filter(name -> target.table().column(name).filter(Successor::isIdentical).isEmpty()))
                .distinct()
                .toList();
    }

    private static boolean isIdentical(Column column) {
        return IDENTICAL.matcher(column.type()).matches();
    }

    RowWork.Mirror mirror() {
        return new RowWork.Mirror(before(), rows, Direction.FORTH);
    }

    Mirroring forth() {
        return new Mirroring(target.names(), Direction.FORTH, name(), before(), rows, false);
    }

    Mirroring back() {
        return new Mirroring(
                target.names(), Direction.BACK, name(), retired(), rows,
                rows.key().size() > Key.of(old()).map(key -> key.names().size()).orElse(0));
    }

    /** The foreign keys of the table of old, also those that do not go along. */
    List<OwnKey> oldKeys() {
        return target.answers().surroundings(target.at()).belongings().keys();
    }

    /** The indexes of the table of old that it has as well. */
    List<NewIndex> indexes() {
        return layout.indexes(old());
    }

    DdlStep create() {
        return DdlStep.catalogOnly(
                Phase.EXPAND,
                "create-table",
                "create table " + before() + ", which is to take the place of " + name(),
                new Fact.Or(Relations.isThere(before()), swapped()),
                statements().toArray(String[]::new))
                .under(layout.onOld(this), Work.CATALOG)
                .undoneBy(new Undo(
                        "drop table " + before(),
                        List.of("DROP TABLE " + before()),
                        Lock.NONE,
                        Conduct.TRANSACTION,
                        Relations.isThere(before()).negated())
                        .alsoLocking(before(), Lock.ACCESS_EXCLUSIVE));
    }

    private List<String> statements() {
        List<String> sql = new ArrayList<>();
        // The role may have one of its own.
        sql.add(keptIn(""));
        sql.addAll(layout.table(this));
        indexes().forEach(index -> sql.addAll(index(index)));
        sql.addAll(new ReplicaIdentity(this).statements());
        around.belongings()
                .statistics()
                .columns()
                .forEach(action -> sql.add("ALTER TABLE " + before() + " " + action));
        sql.addAll(rights());
        return sql;
    }

    List<Sequence> identities() {
        return around.belongings().sequences().stream().filter(s -> s.identity().isPresent()).toList();
    }

    /** What the sequence of an identity is called until the swap. */
    QualifiedName before(Sequence sequence) {
        return sequence.name().sibling(target.names().successor(sequence.name().name()));
    }

    private List<String> index(NewIndex index) {
        Identifier successor = target.names().successor(index.name());
        List<String> sql = new ArrayList<>();
        IndexTraits traits = around.belongings().traits(index.name());
        index.constraint()
                .ifPresentOrElse(
                        definition -> sql.addAll(constraint(definition, successor, traits.tablespace())),
                        () -> sql.add("CREATE %sINDEX %s ON %s %s"
                                .formatted(index.unique() ? "UNIQUE " : "", successor, before(), index.tail())));
        // Those of partitions get it too, which are the ones that ANALYZE looks at.
        traits.targets()
                .forEach(action -> sql.add("ALTER INDEX " + before().sibling(successor) + " " + action));
        if (traits.clustered() && layout.partitions().isEmpty()) {
            sql.add("ALTER TABLE " + before() + " CLUSTER ON " + successor);
        }
        traits.ofConstraint()
                .ifPresent(text -> sql.add("COMMENT ON CONSTRAINT %s ON %s IS %s"
                        .formatted(successor, before(), Literal.of(text))));
        traits.comment()
                .ifPresent(text -> sql.add("COMMENT ON INDEX %s IS %s"
                        .formatted(before().sibling(successor), Literal.of(text))));
        return sql;
    }

    /** The definition of a constraint does not say where its index is kept, and its partitions are not told. */
    private List<String> constraint(String definition, Identifier constraint, Optional<Identifier> tablespace) {
        String sql = "ALTER TABLE %s ADD CONSTRAINT %s %s".formatted(before(), constraint, definition);
        return tablespace.map(space -> List.of(keptIn(space.value()), sql, keptIn(""))).orElse(List.of(sql));
    }

    private static String keptIn(String tablespace) {
        return "SELECT set_config('default_tablespace', " + Literal.of(tablespace) + ", true)";
    }

    private List<String> rights() {
        List<String> sql = new ArrayList<>();
        around.ownership()
                .comment()
                .ifPresent(text -> sql.add("COMMENT ON TABLE " + before() + " IS " + Literal.of(text)));
        if (!around.ownership().mine()) {
            layout.partitions()
                    .forEach(partition -> sql.add("ALTER TABLE %s OWNER TO %s"
                            .formatted(name().sibling(partition.name()), around.ownership().owner())));
            sql.add("ALTER TABLE " + before() + " OWNER TO " + around.ownership().owner());
        }
        sql.add(withoutDefaults());
        for (Grant grant : around.ownership().grants()) {
            sql.add(grant.on(before()));
        }
        return sql;
    }

    /** What ALTER DEFAULT PRIVILEGES gave to the new table, somebody may have taken from the old one. */
    private String withoutDefaults() {
        return "DO " + Literal.dollarQuoted("neap",
                """

                        DECLARE
                          neap_grantee text;
                        BEGIN
                          FOR neap_grantee IN SELECT DISTINCT CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END
                            FROM pg_catalog.pg_class c CROSS JOIN LATERAL pg_catalog.aclexplode(c.relacl) a
                            WHERE c.oid = %1$s::regclass AND a.grantee <> c.relowner
                          LOOP
                            EXECUTE format('REVOKE ALL ON %%s FROM %%s', %1$s::regclass, neap_grantee);
                          END LOOP;
                        END
                        """
                        .formatted(Literal.of(before().sql())));
    }

    /** The partitions as relations. */
    List<QualifiedName> leaves() {
        return layout.partitions()
                .stream()
                .map(partition -> name().sibling(partition.name()))
                .collect(Collectors.toList());
    }
}
