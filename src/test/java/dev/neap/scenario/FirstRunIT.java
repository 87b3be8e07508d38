package dev.neap.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.run.Outcome;
import dev.neap.run.RunState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FirstRunIT {

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void carriesAComputedColumnToTheGateAndThroughTheContract(TestServer server) throws Exception {
        try (TestDatabase db = TestDatabase.on(server)) {
            db.execute("CREATE TABLE users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email text NOT NULL)");
            db.execute("INSERT INTO users (email) SELECT ' User' || i || '@X.org ' FROM generate_series(1, 10000) i");
            try (InProcess neap = InProcess.on(db)) {
                Outcome outcome = neap.runs().run(InProcess.change("""
                        change: normalize-email
                        table: public.users
                        operations:
                          - add_column: {name: email_normalized, type: text, from: lower(trim(email)), not_null: true}
                          - create_index: {name: users_email_normalized_key, columns: [email_normalized], unique: true}
                        contract:
                          - drop_column: {name: email}
                        irreversible: {backup: none, retention: none, approval: a test}
                        """), neap.watcher());
                System.out.println(neap.events() + " " + outcome);
                assertThat(outcome.state()).isEqualTo(RunState.READY);
                Outcome done = neap.runs().complete(new dev.neap.change.ChangeName("normalize-email"), neap.watcher());
                System.out.println(done);
                assertThat(done.state()).isEqualTo(RunState.COMPLETED);
            }
        }
    }
}
