package dev.neap.lint.report;

import dev.neap.lint.Finding;
import dev.neap.lint.Severity;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What lint found in some files.
 *
 * @param files that were looked at, in their order
 * @param findings by file and place
 * @param notes what a person should know of how they came about, a sentence each
 */
public record LintReport(List<String> files, List<Finding> findings, List<String> notes) {

    public LintReport {
        files = List.copyOf(files);
        findings = List.copyOf(findings);
        notes = List.copyOf(notes);
    }

    /** The same without findings that are less bad. */
    public LintReport from(Severity least) {
        return new LintReport(
                files, findings.stream().filter(finding -> finding.severity().isAtLeast(least)).toList(), notes);
    }

    /** How bad the worst finding is; empty if there is none. */
    public Optional<Severity> worst() {
        return findings.stream().map(Finding::severity).min(Comparator.naturalOrder());
    }

    long count(Severity severity) {
        return findings.stream().filter(finding -> finding.severity() == severity).count();
    }
}
