package dev.neap.lint.report;

/** How a report is written. */
public enum Format {
    /** For people. */
    TEXT {
        @Override
        public String write(LintReport report, String version) {
            return TextFormat.write(report);
        }
    },
    /** For scripts, with keys that stay as they are. */
    JSON {
        @Override
        public String write(LintReport report, String version) {
            return JsonFormat.write(report);
        }
    },
    /** SARIF 2.1.0, which code hosts and editors read. */
    SARIF {
        @Override
        public String write(LintReport report, String version) {
            return SarifFormat.write(report, version);
        }
    },
    /** Workflow commands, which GitHub shows beside the lines of a pull request. */
    GITHUB {
        @Override
        public String write(LintReport report, String version) {
            return GithubFormat.write(report);
        }
    };

    /**
     * @param version of Neap
     * @return the whole text, with a line break at its end unless it is empty
     */
    public abstract String write(LintReport report, String version);
}
