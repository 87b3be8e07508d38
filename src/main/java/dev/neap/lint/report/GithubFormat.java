package dev.neap.lint.report;

import dev.neap.lint.Finding;
import dev.neap.lint.Severity;
import java.util.stream.Collectors;

/** {@code ::error file=…,line=…,col=…,title=…::message}, a line each. */
final class GithubFormat {

    private GithubFormat() {}

    static String write(LintReport report) {
        return report.findings().stream().map(GithubFormat::write).collect(Collectors.joining());
    }

    private static String write(Finding finding) {
        return "::%s file=%s,line=%d,col=%d,title=%s::%s\n".formatted(
                command(finding.severity()),
                property(finding.spot().file()),
                finding.spot().line(),
                finding.spot().column(),
                property("neap " + finding.rule().id()),
                message(finding.fact() + " " + finding.remedy() + " See " + finding.rule().page()));
    }

    private static String command(Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case NOTE -> "notice";
        };
    }

    private static String message(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return message(text).replace(":", "%3A").replace(",", "%2C");
    }
}
