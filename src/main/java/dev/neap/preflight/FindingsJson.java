package dev.neap.preflight;

import dev.neap.preflight.check.Finding;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Findings for programs, the worst first. */
final class FindingsJson {

    private FindingsJson() {}

    /** Adds {@code findings} and {@code blocked}. */
    static void put(ObjectNode root, List<Finding> findings) {
        ArrayNode array = root.putArray("findings");
        for (Finding finding : findings.stream().sorted().toList()) {
            array.addObject()
                    .put("severity", finding.severity().name().toLowerCase(Locale.ROOT))
                    .put("check", finding.check())
                    .put("object", finding.object())
                    .put("fact", finding.fact())
                    .put("remedy", finding.remedy());
        }
        root.put("blocked", Preflight.blocks(findings));
    }
}
