package dev.tempo.judging.plugin;

import dev.tempo.contract.recipe.Recipe;
import dev.tempo.plugin.Judge;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * One jar with judges: classes named in {@code META-INF/services/dev.tempo.plugin.Judge}, in a class loader of their own
 * whose parent is judge-service's. They are loaded from a private copy, so that the jar may be replaced meanwhile.
 */
final class JudgeJar {
    private static final String SERVICE = "META-INF/services/" + Judge.class.getName();
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    private JudgeJar() {}

    /** @throws UnusableJarException naming the jar, what is wrong and what to do */
    static List<Judge> load(Path jar) {
        requireService(jar);
        // Stays open as long as its judges are in use: classes are loaded when they are first needed.
        @SuppressWarnings("resource")
        URLClassLoader loader = new URLClassLoader(
                "judges of " + jar.getFileName(), new URL[] {copyOf(jar)}, Judge.class.getClassLoader());
        List<Judge> judges = new ArrayList<>();
        try {
            for (ServiceLoader.Provider<Judge> provider : (Iterable<ServiceLoader.Provider<Judge>>)
                    ServiceLoader.load(Judge.class, loader).stream()::iterator) {
                if (provider.type().getClassLoader() == loader) {
                    judges.add(named(jar, provider.get()));
                }
            }
        } catch (ServiceConfigurationError | LinkageError broken) {
            throw new UnusableJarException(jar, describe(broken), "pack the class it needs, or correct " + SERVICE);
        }
        if (judges.isEmpty()) {
            throw new UnusableJarException(
                    jar, SERVICE + " names no class of this jar", "write your judge's class name into it");
        }
        return judges;
    }

    private static void requireService(Path jar) {
        try (ZipFile file = new ZipFile(jar.toFile())) {
            if (file.getEntry(SERVICE) == null) {
                throw new UnusableJarException(
                        jar, "has no " + SERVICE, "add that file with your judge's class name in it");
            }
        } catch (ZipException damaged) {
            throw new UnusableJarException(jar, "is no jar: " + damaged.getMessage(), "pack or copy it again");
        } catch (IOException unreadable) {
            throw new UnusableJarException(jar, "cannot be read: " + unreadable.getMessage(), "make it readable");
        }
    }

    private static Judge named(Path jar, Judge judge) {
        String type = judge.getClass().getName();
        String name;
        String version;
        try {
            name = judge.name();
            version = judge.version();
        } catch (RuntimeException defect) {
            throw new UnusableJarException(jar, type + " cannot say its name and version: " + defect, "correct it");
        }
        if (!isText(name) || !NAME.matcher(name).matches() || name.equals(Recipe.EXTERNAL)) {
            throw new UnusableJarException(
                    jar,
                    type + ".name() is " + quoted(name),
                    "let it return letters, digits, dots and dashes that a recipe can name (not '" + Recipe.EXTERNAL
                            + "')");
        }
        if (!isText(version)) {
            throw new UnusableJarException(
                    jar,
                    type + ".version() is " + quoted(version),
                    "let it return a text that changes with its verdicts");
        }
        return judge;
    }

    private static URL copyOf(Path jar) {
        try {
            Path copy = Files.createTempFile("judge-", ".jar");
            copy.toFile().deleteOnExit();
            Files.write(copy, Files.readAllBytes(jar));
            return copy.toUri().toURL();
        } catch (MalformedURLException impossible) {
            throw new AssertionError(impossible);
        } catch (IOException unreadable) {
            throw new UnusableJarException(jar, "cannot be copied: " + unreadable.getMessage(), "make it readable");
        }
    }

    private static String describe(Throwable broken) {
        Throwable cause = broken.getCause();
        return cause == null ? String.valueOf(broken.getMessage()) : broken.getMessage() + " (" + cause + ")";
    }

    /** Somebody else's class may return null whatever the interface says. */
    private static boolean isText(@org.jspecify.annotations.Nullable String text) {
        return text != null && !text.isBlank();
    }

    private static String quoted(@org.jspecify.annotations.Nullable String text) {
        return text == null ? "null" : "'" + text + "'";
    }
}
