package dev.neap.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import dev.neap.step.BackfillStep;
import dev.neap.step.BackfillStep.Assignment;
import dev.neap.step.BackfillStep.Discipline;
import dev.neap.step.Correspondence;
import dev.neap.step.MovedStep;
import dev.neap.step.RowWork;
import dev.neap.step.Step;
import dev.neap.step.StepId;
import dev.neap.step.VerifyStep;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlannedStepTest {

    private static final QualifiedName USERS = QualifiedName.of("public", "users");
    private static final QualifiedName OTHER = QualifiedName.of("public", "other");
    private static final Identifier ID = new Identifier("id");
    private static final Ground GROUND = new Ground(
            Tables.users().snapshot().table(), new Walk.ByBlock("for the test"));

    @Test
    void changesTheTableWhoseRowsAreUpdatedOrDeleted() {
        assertThat(tables(new RowWork.Assign(List.of(new Assignment(ID, "id + 1"))))).containsExactly(USERS);
        assertThat(tables(new RowWork.Delete())).containsExactly(USERS);
    }

    @Test
    void changesBothTablesWhereRowsGoFromOneToTheOther() {
        assertThat(tables(new RowWork.Archive(OTHER, List.of(ID)))).containsExactly(USERS, OTHER);
    }

    @Test
    void changesOnlyTheOtherTableWhereRowsAreCopied() {
        RowWork copy = new RowWork.Copy(OTHER, List.of(new Assignment(ID, "id")), Optional.empty());
        assertThat(tables(copy)).containsExactly(OTHER);
        assertThat(tables(new RowWork.Mirror(
                OTHER, Correspondence.of(List.of(ID), List.of(ID), List.of()), Correspondence.Direction.FORTH)))
                .containsExactly(OTHER);
        BackfillStep backfill = step(copy);
        assertThat(planned(new VerifyStep("verify", "compare", backfill, true)).tables()).containsExactly(OTHER);
        assertThat(planned(new MovedStep("moved", "look up", backfill, true)).tables()).containsExactly(OTHER);
    }

    private static List<QualifiedName> tables(RowWork work) {
        return planned(step(work)).tables();
    }

    private static BackfillStep step(RowWork work) {
        return new BackfillStep("backfill", "fill", work, Optional.empty(), Discipline.REPEATABLE);
    }

    private static PlannedStep planned(Step step) {
        return new PlannedStep(new StepId("01-" + step.slug()), step, GROUND);
    }
}
