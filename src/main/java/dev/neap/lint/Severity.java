package dev.neap.lint;

import java.util.Locale;

/** How bad a finding is, from worst to least. */
public enum Severity {
    /** It stops readers or writers for as long as the table is large, breaks running code, or loses data. */
    ERROR,
    /** It does so under circumstances, or leaves a mess where it fails. */
    WARNING,
    /** Worth knowing. */
    NOTE;

    /** As people write it: {@code error}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it is as bad as the other, or worse. */
    public boolean isAtLeast(Severity other) {
        return compareTo(other) <= 0;
    }
}
