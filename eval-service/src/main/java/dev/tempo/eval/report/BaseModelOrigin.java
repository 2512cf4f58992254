package dev.tempo.eval.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The origin of a base model, as its directory tells it: the name and the licence that it was published under. */
final class BaseModelOrigin {
    private static final JsonMapper JSON = JsonMapper.shared();
    /** As Hugging Face's cache names its directories. */
    private static final Pattern CACHED = Pattern.compile("models--([\\w.-]+?)--([\\w.-]+)");

    private static final Pattern PUBLISHED = Pattern.compile("[\\w.-]+/[\\w.-]+");
    /** A field of the header of a model card. */
    private static final Pattern LICENSE = Pattern.compile("(?m)^license:\\s*[\"']?([\\w.-]+)");

    private static final List<String> CARDS = List.of("README.md", "MODEL_CARD.md");

    private final Path directory;

    BaseModelOrigin(Path directory) {
        this.directory = directory;
    }

    /** Its name on the hub ({@code Qwen/Qwen3-0.6B}), where the directory or its config.json tells it. */
    Optional<String> publishedName() {
        for (Path part : directory.toAbsolutePath().normalize()) {
            Matcher cached = CACHED.matcher(part.toString());
            if (cached.matches()) {
                return Optional.of(cached.group(1) + "/" + cached.group(2));
            }
        }
        return read("config.json").flatMap(BaseModelOrigin::nameInConfig);
    }

    private static Optional<String> nameInConfig(String config) {
        try {
            String name = JSON.readTree(config).path("_name_or_path").asString("");
            return PUBLISHED.matcher(name).matches() && !Files.exists(Path.of(name))
                    ? Optional.of(name)
                    : Optional.empty();
        } catch (JacksonException saidWhereTheModelIsLoaded) {
            return Optional.empty();
        }
    }

    /** The licence's identifier as the hub has it ({@code apache-2.0}), where the directory's model card states it. */
    Optional<String> license() {
        return CARDS.stream()
                .flatMap(card -> read(card).stream())
                .filter(text -> text.startsWith("---"))
                .map(text -> LICENSE.matcher(text.substring(0, Math.max(3, text.indexOf("\n---", 3)))))
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .findFirst();
    }

    private Optional<String> read(String name) {
        Path file = directory.resolve(name);
        try {
            return Files.isRegularFile(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(file + " cannot be read", unreadable);
        }
    }
}
