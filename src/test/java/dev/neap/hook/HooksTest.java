package dev.neap.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neap.postgres.Await;
import dev.neap.run.RunFailed;
import dev.neap.run.RunObserver;
import dev.neap.run.RunState;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HooksTest {

    private static final Hooks.Times TIMES = new Hooks.Times(Duration.ofMinutes(1), Duration.ofSeconds(10));

    private final WebhookServer server = new WebhookServer();
    private volatile Instant now = HookRuns.START;

    @TempDir
    private Path directory;

    @AfterEach
    void end() {
        server.close();
    }

    private WebhookRecipient webhook(String path) {
        return new WebhookRecipient(
                URI.create(server.url() + path),
                () -> Optional.of("Authorization: Bearer secret"));
    }

    private Hooks hooks(Recipient... recipients) {
        return new Hooks(
                List.of(recipients).stream().map(each -> new Hook(EnumSet.allOf(HookEvent.class), each)).toList(),
                TIMES,
                "host",
                () -> now);
    }

    private List<String> events() {
        return server.bodies("/").stream().map(body -> body.path("event").asString()).toList();
    }

    @Test
    void postsEachEventInItsOrder() {
        try (Hooks hooks = hooks(webhook("/"))) {
            RunObserver observer = hooks.observer();
            observer.begun(HookRuns.run());
            observer.progress(HookRuns.waits("replication_lag", "behind"));
            now = HookRuns.START.plusSeconds(61);
            Await.until("the hold is told", () -> events().contains("held"));
            observer.progress(HookRuns.works());
            observer.ended(HookRuns.outcome(RunState.READY, "It is verified."));
        }
        assertThat(events()).containsExactly("started", "held", "resumed", "ready");
        assertThat(server.posted()).extracting(WebhookServer.Posted::authorization).containsOnly("Bearer secret");
    }

    @Test
    void neverWaitsForAWebhookThatHangs() {
        long began = System.nanoTime();
        try (Hooks hooks = hooks(webhook("/hang"), webhook("/"))) {
            RunObserver observer = hooks.observer();
            for (int i = 0; i < 3 * HookQueue.ROOM; i++) {
                observer.begun(HookRuns.run());
            }
            observer.failed(new RunFailed(RunFailed.Reason.STEP_FAILED, "a reason"));
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
            Await.until("the other hook has heard", () -> !server.posted().isEmpty());
            server.close();
        }
    }

    @Test
    void breaksOffWhatTakesTooLong() {
        assertThatThrownBy(() -> webhook("/hang").tell(message(), Duration.ofMillis(100)))
                .isInstanceOf(IOException.class)
                .hasMessage("it did not answer within 100 ms");
        assertThatThrownBy(
                () -> new CommandRecipient(List.of("sleep", "60")).tell(message(), Duration.ofMillis(100)))
                .hasMessage("it did not end within 100 ms, and was ended");
    }

    @Test
    void givesACommandTheBodyAndTheFacts() throws Exception {
        Path file = directory.resolve("told");
        new CommandRecipient(
                List.of("sh", "-c", "{ cat; echo $NEAP_EVENT $NEAP_CHANGE $NEAP_STATE \"$1\"; } > \"$0\"",
                        file.toString(), "$(id) `id`"))
                .tell(message(), Duration.ofSeconds(10));
        assertThat(Files.readAllLines(file))
                .containsExactly(message().body(), "started normalize-email RUNNING $(id) `id`");
    }

    @Test
    void saysWhyAHookCouldNotBeTold() {
        assertThatThrownBy(() -> new CommandRecipient(List.of("false")).tell(message(), Duration.ofSeconds(10)))
                .hasMessage("it ended with code 1");
        assertThatThrownBy(() -> new WebhookRecipient(URI.create("http://127.0.0.1:1/"), Optional::empty)
                .tell(message(), Duration.ofSeconds(10)))
                .hasMessage("it can't be reached: ConnectException");
    }

    @Test
    void neverPrintsWhatIsSecret() {
        Recipient hook = new WebhookRecipient(
                URI.create("http://127.0.0.1:1/token-4711?key=secret"), () -> Optional.of("X-Key: sec\nret"));
        assertThat(hook.words()).isEqualTo("webhook at 127.0.0.1");
        assertThatThrownBy(() -> hook.tell(message(), Duration.ofSeconds(1)))
                .hasMessageNotContainingAny("sec", "4711")
                .hasNoCause();
    }

    @Test
    void keepsItsOwnPasswordsFromCommands() {
        Map<String, String> environment = new HashMap<>(
                Map.of("NEAP_PASSWORD", "x", "PGPASSWORD", "x", "NEAP_URL", "x", "NEAP_PACE_REPLICAS_BERLIN_URL", "x"));
        environment.put("PATH", "/bin");
        CommandRecipient.withoutSecrets(environment);
        assertThat(environment.keySet()).isEqualTo(Set.of("PATH"));
    }

    private static Message message() {
        return Message.of(
                new Occasions(HookRuns.run(), Duration.ofMinutes(1)).started(HookRuns.START), new NoticeJson("host"));
    }
}
