package dev.neap.run;

import dev.neap.catalog.Answers;
import dev.neap.change.yaml.ChangeFile;
import dev.neap.plan.Plan;

/** Looks at a plan once more before a new run begins. */
@FunctionalInterface
public interface Admission {

    /**
     * @param file that the plan was made of
     * @throws dev.neap.plan.Refused if something stands in the way that the run would only meet later
     */
    void admit(Plan plan, ChangeFile file, Answers answers);
}
