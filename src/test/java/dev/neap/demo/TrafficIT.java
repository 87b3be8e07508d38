package dev.neap.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.change.BackfillOptions;
import dev.neap.change.Change;
import dev.neap.change.ChangeName;
import dev.neap.change.PaceOptions;
import dev.neap.change.yaml.ChangeFile;
import dev.neap.demo.Traffic.Stage;
import dev.neap.sql.QualifiedName;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class TrafficIT {

    private static final long ROWS = 20_000;

    private static DemoServers servers;

    private JdbcClient primary;
