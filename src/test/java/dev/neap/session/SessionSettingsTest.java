package dev.neap.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.change.SynchronousCommit;
import dev.neap.change.WalCompression;
import dev.neap.jdbc.Transactions.Settings;
import dev.neap.session.SessionSettings.Wanted;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SessionSettingsTest {

    private static final ServerCompression EVERYTHING = server(18, "off", true, "pglz", "lz4", "zstd");
    private static final ServerCompression PLAIN = server(18, "off", true, "pglz");

    @Test
    void doesNotWaitForTheDiskUnlessAskedTo() {
        assertThat(choose(SynchronousCommit.OFF, WalCompression.KEEP, EVERYTHING).addTo(Settings.none()).values())
                .containsOnly(java.util.Map.entry("synchronous_commit", "off"));
        assertThat(choose(SynchronousCommit.KEEP, WalCompression.KEEP, EVERYTHING).addTo(Settings.none()).values())
                .isEmpty();
    }

    @Test
    void takesLz4ByItselfWhereItMay() {
        Choice choice = compression(WalCompression.AUTO, EVERYTHING);
        assertThat(choice.value()).contains("lz4");
        assertThat(choice.why()).contains("safe");
        assertThat(choice.otherwise()).contains("wal_compression: keep");
    }

    @Test
    void takesNothingSlowerByItself() {
        Choice choice = compression(WalCompression.AUTO, PLAIN);
        assertThat(choice.value()).isEmpty();
        assertThat(choice.why()).contains("no lz4");
        assertThat(choice.otherwise()).contains("pglz");
    }

    @Test
    void leavesAServerAloneThatCompressesAlready() {
        Choice choice = compression(WalCompression.AUTO, server(18, "zstd", true, "pglz", "lz4", "zstd"));
        assertThat(choice.value()).isEmpty();
        assertThat(choice.why()).contains("(zstd)", "already");
    }

    @ParameterizedTest
    @CsvSource({"PGLZ, pglz", "LZ4, lz4", "ZSTD, zstd", "OFF, off"})
    void doesWhatIsAskedForWhereItMay(WalCompression wanted, String value) {
        assertThat(compression(wanted, EVERYTHING).value()).contains(value);
    }

    @Test
    void spellsItAsPostgres14Does() {
        assertThat(compression(WalCompression.PGLZ, server(14, "off", true, "pglz")).value()).contains("on");
    }

    @Test
    void saysWhatTheServerHasInstead() {
        Choice choice = compression(WalCompression.ZSTD, PLAIN);
        assertThat(choice.value()).isEmpty();
        assertThat(choice.why()).isEqualTo("Left as it is (off): this server has no zstd.");
        assertThat(choice.otherwise()).contains("pglz");
    }

    @ParameterizedTest
    @EnumSource(WalCompression.class)
    void setsNothingThatTheRoleMayNot(WalCompression wanted) {
        assertThat(compression(wanted, server(18, "off", false, "pglz", "lz4", "zstd")).value()).isEmpty();
    }

    @Test
    void saysHowToPermitIt() {
        assertThat(compression(WalCompression.LZ4, server(18, "off", false, "pglz", "lz4")).otherwise())
                .isEqualTo("GRANT SET ON PARAMETER wal_compression TO anna;");
        assertThat(compression(WalCompression.PGLZ, server(14, "off", false, "pglz")).otherwise())
                .isEqualTo("Before PostgreSQL 15 only a superuser may: ALTER ROLE anna SET wal_compression = on;");
    }

    private static Choice compression(WalCompression wanted, ServerCompression server) {
        return choose(SynchronousCommit.KEEP, wanted, server).choices().getLast();
    }

    private static SessionSettings choose(SynchronousCommit commit, WalCompression wal, ServerCompression server) {
        return SessionSettings.choose(new Wanted(commit, wal), server);
    }

    private static ServerCompression server(int major, String now, boolean permitted, String... methods) {
        return new ServerCompression(major, now, List.of(methods), "anna", permitted);
    }
}
