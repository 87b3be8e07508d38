package dev.neap.run;

import java.time.Duration;

/**
 * The terms on which runs are carried out.
 *
 * @param leaseTtl without a heartbeat for so long, another process may take a change over; positive
 * @param outageGiveUp how long the server may stay away before a run gives up; not negative
 * @param version of this Neap
 */
public record RunTerms(Duration leaseTtl, Duration outageGiveUp, String version) {}
