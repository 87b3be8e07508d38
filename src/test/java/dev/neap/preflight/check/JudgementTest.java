package dev.neap.preflight.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.catalog.ServerVersion;
import dev.neap.preflight.check.ConnectionsLeft.Use;
import dev.neap.preflight.check.ServerVersionSupported.Server;
import dev.neap.preflight.check.Standbys.Seen;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the checks make of servers that no test can have. */
class JudgementTest {

    @Test
    void refusesOldServersAndWarnsOfUntestedOnes() {
        var check = new ServerVersionSupported();
        assertThat(check.judge(new Server(new ServerVersion(130_012), "13.12")))
                .extracting(Finding::severity)
                .containsExactly(Severity.BLOCKER);
        assertThat(check.judge(new Server(new ServerVersion(190_000), "19beta1")))
                .extracting(Finding::severity)
                .containsExactly(Severity.WARNING);
        assertThat(check.judge(new Server(new ServerVersion(140_000), "14.0 (Debian 14.0-1)"))).isEmpty();
    }

    @Test
    void warnsWhenFewConnectionsAreLeft() {
        var check = new ConnectionsLeft();
        assertThat(check.judge(new Use(96, 97, -1, 3), "app")).hasSize(1);
        assertThat(check.judge(new Use(40, 97, -1, 3), "app")).isEmpty();
        assertThat(check.judge(new Use(40, 97, 5, 3), "app")).hasSize(1);
    }

    @Test
    void refusesWhileCommitsWaitForAStandbyThatIsAway() {
        assertThat(new Standbys().judge(List.of(), "a, b"))
                .extracting(Finding::severity)
                .contains(Severity.BLOCKER);
    }

    @Test
    void warnsOfAStandbyThatIsFarBehindOrDoesNotTell() {
        var check = new Standbys();
        Seen near = new Seen("a", "10.0.0.1", "streaming", "async", Optional.of(1000L), 0);
        Seen late = new Seen("a", "10.0.0.1", "streaming", "async", Optional.of(1000L), 20_000);
        Seen silent = new Seen("a", "10.0.0.1", "streaming", "async", Optional.empty(), 0);
        assertThat(check.judge(List.of(near), "")).extracting(Finding::severity).containsExactly(Severity.NOTE);
        assertThat(check.judge(List.of(late), "")).extracting(Finding::severity).containsExactly(Severity.WARNING);
        assertThat(check.judge(List.of(silent), "")).extracting(Finding::severity).containsExactly(Severity.WARNING);
    }
}
