package dev.neap.pace.signal;

import dev.neap.change.signal.Watched;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * What is watched while one change works.
 *
 * @param table that rows are changed in
 * @param ours application_name of the sessions that do the work
 * @param maxReplicationLag of any standby; asked at each look, so that it may change meanwhile
 * @param sampleEvery how often standbys are looked at
 * @param watched what the change file and the configuration say together
 */
public record SignalTerms(
        WorkedTable table,
        String ours,
        Supplier<Duration> maxReplicationLag,
        Duration sampleEvery,
        Watched watched) {}
