package dev.neap.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.demo.Ledger.Entry;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class TrafficIT {

    private static final long ROWS = 20_000;
    private static final int RATE = 1_000;

    private static DemoServers servers;
    private static int databases;

    private DemoDatabase primary;
    private DemoDatabase standby;
    private JdbcClient client;
    private Traffic traffic;

    @BeforeAll
    static void startServers() {
        servers = DemoServers.start(0);
    }

    @AfterAll
    static void stopServers() {
        servers.close();
    }

    @BeforeEach
    void startTrafficOnAFreshDatabase() {
        String name = "demo_" + ++databases;
        JdbcClient.create(servers.primary().dataSource("test"))
                .sql("CREATE DATABASE " + name)
                .update();
        primary = in(name, servers.primary());
        standby = in(name, servers.standby());
        client = JdbcClient.create(primary.dataSource("test"));
        new DemoTable(primary.dataSource("test")).create(ROWS);
        traffic = Traffic.start(primary, ROWS, RATE);
    }

    @Test
    void losesNothingWhileTheNewColumnComesAndTheOldOneGoes() {
        afterOperations(500);
        change();
        afterOperations(500);
        traffic.close();

        assertThat(traffic.firstError()).isEmpty();
        assertThat(traffic.errors()).isZero();
        assertThat(traffic.reads()).isPositive();
        Proof.Result proof = prove();
        assertThat(proof.holds()).as("%s", proof).isTrue();
        assertThat(proof.rows()).isEqualTo(ROWS + traffic.ledger().growth());
    }

    @Test
    void provesThatWritesWereLost() {
        change();
        afterOperations(2_000);
        traffic.close();
        long changed = idOf(entry -> !entry.deleted() && entry.email().isPresent());
        long counted = idOf(entry -> !entry.deleted() && entry.email().isEmpty());
        long deleted = idOf(Entry::deleted);

        execute("UPDATE public.users SET email_normalized = 'older@example.com' WHERE id = " + changed);
        execute("UPDATE public.users SET logins = logins - 1 WHERE id = " + counted);
        execute("INSERT INTO public.users (id, email_normalized) OVERRIDING SYSTEM VALUE VALUES (" + deleted
                + ", 'x')");

        Proof.Result proof = prove();
        assertThat(proof.holds()).isFalse();
        assertThat(proof.lostIds()).containsExactlyInAnyOrder(changed, counted, deleted);
        assertThat(proof.lost()).isEqualTo(3);
        assertThat(proof.wrong()).isZero();
        assertThat(proof.rows()).isEqualTo(proof.expected() + 1);
        assertThat(proof.standbySame()).isTrue();
    }

    @Test
    void provesThatARowIsWrongThatTheApplicationNeverWrote() {
        change();
        traffic.close();
        long untouched = client.sql("SELECT min(id) FROM public.users WHERE logins = 0 AND id <> ALL (:touched)")
                .param("touched", traffic.ledger().entries().keySet().toArray(Long[]::new))
                .query(Long.class)
                .single();

        execute("UPDATE public.users SET email_normalized = upper(email_normalized) WHERE id = " + untouched);

        assertThat(prove().wrong()).isEqualTo(1);
        assertThat(prove().lost()).isZero();
    }

    @Test
    void namesWhatIsLeftBehind() {
        new PlainSqlRun().run(primary, DemoIT.EXAMPLE, UnaryOperator.identity());
        traffic.close();

        assertThat(prove().leftovers())
                .containsExactlyInAnyOrder("column email is still there", "trigger normalize_email is still there");
    }

    @Test
    void countsAnErrorWhenARowIsNotAsItWasCommitted() {
        execute("UPDATE public.users SET logins = 99");
        Waiting.until("an error", Duration.ofSeconds(30), () -> traffic.errors() > 0);
        traffic.close();

        assertThat(traffic.firstError()).hasValueSatisfying(error -> assertThat(error)
                .contains("A write was lost."));
    }

    private void change() {
        PlainSqlRun changes = new PlainSqlRun();
        changes.run(primary, DemoIT.EXAMPLE, UnaryOperator.identity());
        traffic.deploy(Release.BOTH);
        afterOperations(200);
        traffic.deploy(Release.NEW);
        afterOperations(200);
        changes.complete(primary, DemoIT.EXAMPLE);
        afterOperations(200);
    }

    private void afterOperations(long more) {
        Latencies counted = traffic.latencies(Traffic.Stage.WARM_UP);
        long goal = counted.count() + more;
        Waiting.until("the application", Duration.ofSeconds(60), () -> counted.count() >= goal);
    }

    private Proof.Result prove() {
        servers.awaitStandby();
        return new Proof(primary.dataSource("test"), standby.dataSource("test"), ROWS, traffic.ledger()).find();
    }

    private long idOf(Predicate<Entry> which) {
        return traffic.ledger()
                .entries()
                .entrySet()
                .stream()
                .filter(each -> which.test(each.getValue()))
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    private void execute(String sql) {
        client.sql(sql).update();
    }

    private static DemoDatabase in(String name, DemoDatabase server) {
        return new DemoDatabase(server.jdbcUrl().replaceFirst("/postgres$", "/" + name), server.user());
    }
}
