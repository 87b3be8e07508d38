package dev.neap.lint.report;

import dev.neap.lint.Finding;
import dev.neap.lint.Severity;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Three lines a finding: where and which rule, fact, remedy; and a sum. */
final class TextFormat {

    private TextFormat() {}

    static String write(LintReport report) {
        String findings = report.findings().stream().map(TextFormat::write).collect(Collectors.joining());
        String notes = report.notes().stream().map(note -> "note: " + note + "\n").collect(Collectors.joining());
        return findings + notes + sum(report) + "\n";
    }

    private static String write(Finding finding) {
        return """
                %s: %s [%s] %s
                    %s
                    %s See %s
                """.formatted(
                finding.spot(),
                finding.severity().word(),
                finding.rule().id(),
                finding.rule().title(),
                finding.fact(),
                finding.remedy(),
                finding.rule().page());
    }

    private static String sum(LintReport report) {
        String files = counted(report.files().size(), "file");
        if (report.findings().isEmpty()) {
            return "Nothing was found in %s.".formatted(files);
        }
        return Stream.of(Severity.values())
                .filter(severity -> report.count(severity) > 0)
                .map(severity -> counted(report.count(severity), severity.word()))
                .collect(Collectors.joining(", ", "", " in " + files + "."));
    }

    private static String counted(long count, String what) {
        return String.format(Locale.ROOT, "%,d %s%s", count, what, count == 1 ? "" : "s");
    }
}
