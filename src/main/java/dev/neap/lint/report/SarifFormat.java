package dev.neap.lint.report;

import dev.neap.lint.Finding;
import dev.neap.lint.Rule;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** SARIF 2.1.0 (OASIS, Static Analysis Results Interchange Format): one run with all rules, and a result a finding. */
final class SarifFormat {

    private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

    private static final List<Rule> RULES = List.of(Rule.values());

    private SarifFormat() {}

    static String write(LintReport report, String version) {
        Map<String, Object> driver = Map.of(
                "name", "neap",
                "version", version,
                "rules", RULES.stream().map(SarifFormat::rule).toList());
        Map<String, Object> run = Map.of(
                "tool", Map.of("driver", driver),
                "columnKind", "utf16CodeUnits",
                "results", report.findings().stream().map(SarifFormat::result).toList());
        return JsonFormat.MAPPER.writeValueAsString(new TreeMap<>(Map.of(
                "$schema", SCHEMA, "version", "2.1.0", "runs", List.of(run)))) + "\n";
    }

    private static Map<String, Object> rule(Rule rule) {
        return Map.of(
                "id", rule.id(),
                "shortDescription", text(rule.title() + "."),
                "help", text(rule.remedy() + " See " + rule.page() + "."),
                "defaultConfiguration", Map.of("level", rule.severity().word()));
    }

    private static Map<String, Object> result(Finding finding) {
        Map<String, Object> region = Map.of(
                "startLine", finding.spot().line(), "startColumn", finding.spot().column());
        return Map.of(
                "ruleId", finding.rule().id(),
                "ruleIndex", RULES.indexOf(finding.rule()),
                "level", finding.severity().word(),
                "message", text(finding.fact() + " " + finding.remedy()),
                "locations", List.of(Map.of("physicalLocation", Map.of(
                        "artifactLocation", Map.of("uri", uri(finding.spot().file())), "region", region))));
    }

    private static Map<String, Object> text(String text) {
        return Map.of("text", text);
    }

    /** A relative path stays relative: to the top of the project, from where lint is run. */
    private static String uri(String file) {
        String path = file.replace('\\', '/');
        try {
            return new URI(null, null, path, null).toASCIIString();
        } catch (URISyntaxException e) {
            return path;
        }
    }
}
