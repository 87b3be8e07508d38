package dev.neap.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.change.Change;
import dev.neap.change.yaml.ChangeReader;
import dev.neap.sql.QualifiedName;
import org.junit.jupiter.api.Test;

class DemoChangeTest {

    @Test
    void isPackagedAndFitsTheTable() {
        Change change = new ChangeReader().read(DemoChange.SOURCE, DemoChange.text()).change();

        assertThat(change.table()).isEqualTo(QualifiedName.of("public", "users"));
        assertThat(change.contract()).isNotEmpty();
    }
}
