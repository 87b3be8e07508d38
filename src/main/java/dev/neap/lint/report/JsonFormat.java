package dev.neap.lint.report;

import dev.neap.lint.Finding;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** One object. */
final class JsonFormat {

    static final JsonMapper MAPPER = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private JsonFormat() {}

    static String write(LintReport report) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("files", report.files());
        json.put("findings", report.findings().stream().map(JsonFormat::finding).toList());
        json.put("notes", report.notes());
        report.worst().ifPresent(worst -> json.put("worst", worst.word()));
        return MAPPER.writeValueAsString(json) + "\n";
    }

    private static Map<String, Object> finding(Finding finding) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("rule", finding.rule().id());
        json.put("severity", finding.severity().word());
        json.put("file", finding.spot().file());
        json.put("line", finding.spot().line());
        json.put("column", finding.spot().column());
        json.put("fact", finding.fact());
        json.put("remedy", finding.remedy());
        json.put("page", finding.rule().page());
        return json;
    }
}
