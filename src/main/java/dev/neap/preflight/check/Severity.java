package dev.neap.preflight.check;

/** How much a finding matters, the worst first. */
public enum Severity {
    /** The change can't work, or would do harm: {@code neap run} refuses to begin. */
    BLOCKER,
    /** The change works, but slower, with more risk, or at others' cost. */
    WARNING,
    /** Good to know. */
    NOTE
}
