package dev.tempo.recipes.shape;

import dev.tempo.recipes.yaml.RecipeValue;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The shape of paths: written relative to the file that names them, read as absolute paths. */
public record PathShape() implements Shape<String> {
    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+://.*");
    private static final Pattern VARIABLE = Pattern.compile(".*(\\$\\{|\\$[A-Za-z_]|%[A-Za-z_]+%).*");

    @Override
    public String read(RecipeValue source, ReadContext context) {
        String written = source.scalar("a path").text();
        return file(source, written.replace("{seed}", Long.toString(context.seed())))
                .toString();
    }

    /** The absolute path that a text in a recipe means. */
    public static Path file(RecipeValue source, String written) {
        if (written.isBlank()) {
            throw source.error("is empty; write a path");
        }
        if (ADDRESS.matcher(written).matches()) {
            throw source.error("is '" + written + "' but must be a path; download it and write where it lies");
        }
        if (VARIABLE.matcher(written).matches()) {
            throw source.error("is '" + written + "', but variables mean nothing in a recipe; write the path itself");
        }
        String home = System.getProperty("user.home");
        if (written.startsWith("~") && !written.equals("~") && !written.startsWith("~/")) {
            throw source.error(
                    "is '" + written + "', but ~ stands for your own home directory only; write the path itself");
        }
        try {
            Path path = Path.of(written.startsWith("~") ? home + written.substring(1) : written);
            Path directory = Optional.ofNullable(source.node().location().file().getParent())
                    .orElse(Path.of("/"));
            return directory.resolve(path).normalize();
        } catch (InvalidPathException unusable) {
            throw source.error("is '" + written + "', which can be no path");
        }
    }

    @Override
    public Object write(String value, WriteContext context) {
        return context.path(value);
    }

    @Override
    public String words() {
        return "path";
    }

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "string");
        schema.put("minLength", 1);
        return schema;
    }
}
