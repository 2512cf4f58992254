package dev.tempo.standalone.command;

import dev.tempo.conformance.CheckedFile;
import dev.tempo.conformance.Conformance;
import dev.tempo.contract.UserException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** {@code tempo conformance}: verifies an install against reference numbers. */
@Command(
        name = "conformance",
        mixinStandardHelpOptions = true,
        description = {
            "Checks this install against files of reference numbers and texts.",
            "Each file's kind is recognised by its content; other files are ignored.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Every entry passed.",
            "1:A case failed (of a judge file: fewer than .97 of the core cases are right, or one is a false positive), or"
                    + " nothing was found.",
            "2:The command line is not understood."
        },
        footerHeading = "%nExample:%n",
        footer = "  ./tempo conformance --failures my-references/")
public final class ConformanceCommand implements Callable<Integer> {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Parameters(
            arity = "1..*",
            paramLabel = "PATH",
            description = "Files, or directories that are searched with all below them.")
    private List<Path> paths = List.of();

    @Option(names = "--failures", description = "List the cases that fail.")
    private boolean failures;

    @Option(names = "--json", description = "Print one JSON object and nothing else.")
    private boolean json;

    @Override
    public Integer call() {
        for (Path path : paths) {
            if (!Files.exists(path)) {
                throw new UserException(path + ": no such file or directory");
            }
        }
        List<CheckedFile> entries = Conformance.check(paths);
        int failed = entries.stream().mapToInt(CheckedFile::failed).sum();
        if (json) {
            System.out.println(JSON.writeValueAsString(asJson(entries, failed)));
        } else {
            entries.forEach(this::print);
            System.out.println(entries.size() + " files, "
                    + entries.stream().mapToInt(CheckedFile::cases).sum() + " cases, " + failed + " failed");
        }
        return !entries.isEmpty() && entries.stream().allMatch(CheckedFile::passed) ? 0 : 1;
    }

    private void print(CheckedFile entry) {
        System.out.println(String.format(
                Locale.ROOT,
                "%-4s  %5d cases  %4d failed  %4d skipped  worst error %.1e  %s",
                entry.passed() ? "ok" : "FAIL",
                entry.cases(),
                entry.failed(),
                entry.skipped(),
                entry.worstError(),
                entry.file()));
        entry.details().forEach(detail -> System.out.println("        " + detail));
        if (failures) {
            entry.failures().forEach(failure -> System.out.println("        " + failure));
        }
    }

    private Map<String, Object> asJson(List<CheckedFile> entries, int failed) {
        List<Map<String, Object>> files = new ArrayList<>();
        for (CheckedFile entry : entries) {
            Map<String, Object> file = new LinkedHashMap<>();
            file.put("file", entry.file());
            file.put("cases", entry.cases());
            file.put("failed", entry.failed());
            file.put("skipped", entry.skipped());
            file.put("worstError", Double.isFinite(entry.worstError()) ? entry.worstError() : null);
            if (failures) {
                file.put("failures", entry.failures());
            }
            file.putAll(entry.extra());
            files.add(file);
        }
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("files", files);
        result.put("failed", failed);
        return result;
    }
}
