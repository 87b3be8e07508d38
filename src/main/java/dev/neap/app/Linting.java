package dev.neap.app;

import dev.neap.change.yaml.ChangeFile;
import dev.neap.change.yaml.ChangeFileException;
import dev.neap.change.yaml.ChangeReader;
import dev.neap.cli.CommandFailed;
import dev.neap.cli.ExitCode;
import dev.neap.cli.LintRequest;
import dev.neap.lint.ChangeLinter;
import dev.neap.lint.Finding;
import dev.neap.lint.Linter;
import dev.neap.lint.Rule;
import dev.neap.lint.Spot;
import dev.neap.lint.SqlFile;
import dev.neap.lint.Verdict;
import dev.neap.lint.report.LintReport;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Lints files, one after the other, on one shadow: each finds what those before it made. */
final class Linting {

    private final LintRequest request;
    private final ShadowSource source;
    private final List<Finding> findings = new ArrayList<>();

    /** @param source makes the shadow when the first statement needs it */
    Linting(LintRequest request, ShadowSource source) {
        this.request = request;
        this.source = source;
    }

    LintReport lint() {
        request.files().forEach(this::mustBeThere);
        try (source) {
            for (Path file : request.files()) {
                findings.addAll(isSql(file) ? sql(file) : change(file));
            }
            return new LintReport(request.files().stream().map(Path::toString).toList(), findings, source.notes());
        }
    }

    private void mustBeThere(Path file) {
        String name = file.toString();
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new CommandFailed(ExitCode.USAGE, "%s can't be read. Name a readable file.".formatted(file));
        }
        if (!isSql(file) && !name.endsWith(".yaml") && !name.endsWith(".yml")) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "%s is neither *.sql nor *.yaml. Name change files or SQL migrations.".formatted(file));
        }
    }

    private static boolean isSql(Path file) {
        return file.toString().endsWith(".sql");
    }

    private List<Finding> sql(Path path) {
        SqlFile file;
        try {
            file = SqlFile.of(path.toString(), Files.readString(path));
        } catch (IllegalArgumentException e) {
            return List.of(new Finding(
                    Rule.STATEMENT_FAILS, new Spot(path.toString(), 1, 1), String.valueOf(e.getMessage()), "End it."));
        } catch (CharacterCodingException e) {
            throw new CommandFailed(ExitCode.USAGE, "%s is not UTF-8. Save it in that encoding.".formatted(path), e);
        } catch (IOException e) {
            throw new CommandFailed(ExitCode.USAGE, "%s can't be read: %s. Name a readable file."
                    .formatted(path, e.getMessage()), e);
        }
        return Linter.lint(file, verdict(file));
    }

    private Verdict verdict(SqlFile file) {
        boolean nothingToAsk = file.statements().stream().allMatch(placed -> switch (placed.sql().sort()) {
            case STRUCTURE, ROWS, CODE, QUERY, MAINTENANCE, OTHER -> false;
            case SETTING, TRANSACTION -> true;
        });
        return nothingToAsk ? Verdict.of(List.of(), true) : source.judge(file);
    }

    private List<Finding> change(Path path) {
        ChangeReader reader = new ChangeReader();
        try {
            ChangeFile file = reader.read(path);
            return ChangeLinter.lint(file, reader.allowed(file), source::judgeStep);
        } catch (ChangeFileException e) {
            return ChangeLinter.mistakes(e);
        }
    }
}
