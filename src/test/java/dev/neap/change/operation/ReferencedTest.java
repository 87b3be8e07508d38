package dev.neap.change.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.catalog.Constraint;
import dev.neap.catalog.ServerVersion;
import dev.neap.catalog.Table;
import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import dev.neap.step.Offenders;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReferencedTest {

    private static Optional<String> orphans(String definition, String... columns) {
        Table table = new Table(
                QualifiedName.of("public", "t"), 1, Table.Kind.ORDINARY, List.of(), List.of(), List.of(), List.of(),
                List.of(), new Table.Shape(0, 0, 0), new ServerVersion(180_000));
        return Referenced.orphans(
                table,
                new Constraint(
                        new Identifier("t_fkey"), Constraint.Kind.FOREIGN_KEY, true,
                        List.of(columns).stream().map(Identifier::new).toList(), definition))
                .map(Offenders::sql);
    }

    @Test
    void orphansAreLookedForByWhatTheDefinitionSays() {
        assertThat(orphans("FOREIGN KEY (a, b) REFERENCES s.p(x, \"y, (z\"\"\") ON DELETE CASCADE", "a", "b"))
                .hasValueSatisfying(sql -> assertThat(sql).contains(
                        "WHERE t.a IS NOT NULL AND t.b IS NOT NULL\n",
                        "FROM s.p AS neap_parent WHERE neap_parent.x = t.a AND neap_parent.\"y, (z\"\"\" = t.b)"));
    }

    @Test
    void aRowThatIsFilledInPartIsOneToo() {
        assertThat(orphans("FOREIGN KEY (a, b) REFERENCES s.p(x, y) MATCH FULL", "a", "b"))
                .hasValueSatisfying(sql -> assertThat(sql).contains("WHERE (t.a IS NOT NULL OR t.b IS NOT NULL)\n"));
    }

    @Test
    void periodsAreNotCompared() {
        assertThat(orphans("FOREIGN KEY (a, PERIOD b) REFERENCES s.p(x, PERIOD y)", "a", "b")).isEmpty();
    }
}
