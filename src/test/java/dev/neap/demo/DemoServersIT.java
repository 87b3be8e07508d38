package dev.neap.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class DemoServersIT {

    @Test
    void streamARowToTheStandbyAndLeaveNoProcessAndNoDirectory() {
        Path directory;
        List<ProcessHandle> processes;
        try (DemoServers servers = DemoServers.start(0)) {
            directory = servers.directory();
            processes = serversOf(directory);
            assertThat(processes).hasSizeGreaterThanOrEqualTo(2);
            assertThat(servers.version()).startsWith("18");

            JdbcClient primary = JdbcClient.create(servers.primary().dataSource("test"));
            primary.sql("CREATE TABLE streamed AS SELECT 42 AS n").update();
            servers.awaitStandby();
            JdbcClient standby = JdbcClient.create(servers.standby().dataSource("test"));
            assertThat(standby.sql("SELECT n FROM streamed").query(Integer.class).single()).isEqualTo(42);
            assertThat(standby.sql("SELECT pg_is_in_recovery()").query(Boolean.class).single()).isTrue();
            assertThat(primary.sql("SELECT application_name FROM pg_stat_replication").query(String.class).list())
                    .containsExactly(DemoServers.STANDBY);
        }
        assertThat(directory).doesNotExist();
        assertThat(processes).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void mayBeClosedTwiceAndTellThatTheyAreGone() {
        DemoServers servers = DemoServers.start(0);
        servers.close();
        servers.close();
        assertThatExceptionOfType(DemoFailed.class)
                .isThrownBy(servers::primary)
                .withMessageContaining("were ended");
    }

    @Test
    void areNotStartedWithoutTheSpaceTheyNeed() {
        assertThatExceptionOfType(DemoFailed.class)
                .isThrownBy(() -> DemoServers.start(Long.MAX_VALUE))
                .withMessageContaining("Take fewer --rows");
    }

    private static List<ProcessHandle> serversOf(Path directory) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(directory.toString()))
                .toList();
    }
}
