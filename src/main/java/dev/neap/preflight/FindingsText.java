package dev.neap.preflight;

import dev.neap.preflight.check.Finding;
import dev.neap.preflight.check.Severity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Findings for a terminal, the worst first. */
final class FindingsText {

    private FindingsText() {}

    /** {@code 1 blocker, 2 warnings, 3 notes}; {@code none}. */
    static String count(List<Finding> findings) {
        String counted = Arrays.stream(Severity.values())
                .map(severity -> count(findings, severity))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "));
        return counted.isEmpty() ? "none" : counted;
    }

    static List<String> lines(List<Finding> findings) {
        List<String> lines = new ArrayList<>();
        for (Finding finding : findings.stream().sorted().toList()) {
            String label = "  %-9s".formatted(finding.severity());
            lines.addAll(Paragraph.of(label, "%s: %s".formatted(finding.object(), finding.fact())));
            lines.addAll(Paragraph.of(" ".repeat(label.length()) + "-> ", finding.remedy()));
        }
        return lines;
    }

    private static String count(List<Finding> findings, Severity severity) {
        long count = findings.stream().filter(f -> f.severity() == severity).count();
        String word = severity.name().toLowerCase(Locale.ROOT);
        return count == 0 ? "" : count + " " + word + (count == 1 ? "" : "s");
    }
}
