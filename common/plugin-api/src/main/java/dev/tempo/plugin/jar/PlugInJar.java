package dev.tempo.plugin.jar;

import dev.tempo.plugin.PlugIn;
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
 * A jar with plug-ins: classes named in {@code META-INF/services/} under their interface's name, in a class loader of
 * their own whose parent is the service's. They are loaded from a private copy, so that the jar may be replaced
 * meanwhile.
 */
final class PlugInJar {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    private PlugInJar() {}

    /**
     * The plug-ins of a jar.
     *
     * @throws UnusableJarException naming the jar, what is wrong and what to do
     */
    static <P extends PlugIn> List<P> load(Path jar, PlugInKind<P> kind) {
        String service = "META-INF/services/" + kind.type().getName();
        requireService(jar, service, kind.word());
        // Stays open as long as its plug-ins are in use: classes are loaded when they are first needed.
        @SuppressWarnings("resource")
        URLClassLoader loader = new URLClassLoader(
                kind.word() + "s of " + jar.getFileName(),
                new URL[] {copyOf(jar, kind.word())},
                kind.type().getClassLoader());
        List<P> plugIns = new ArrayList<>();
        try {
            for (ServiceLoader.Provider<P> provider :
                    (Iterable<ServiceLoader.Provider<P>>) ServiceLoader.load(kind.type(), loader).stream()::iterator) {
                if (provider.type().getClassLoader() == loader) {
                    plugIns.add(named(jar, kind, provider.get()));
                }
            }
        } catch (ServiceConfigurationError | LinkageError broken) {
            throw new UnusableJarException(jar, describe(broken), "pack the class it needs, or correct " + service);
        }
        if (plugIns.isEmpty()) {
            throw new UnusableJarException(
                    jar,
                    service + " names no class of this jar",
                    "write your " + kind.word() + "'s class name into it");
        }
        return plugIns;
    }

    private static void requireService(Path jar, String service, String word) {
        try (ZipFile file = new ZipFile(jar.toFile())) {
            if (file.getEntry(service) == null) {
                throw new UnusableJarException(
                        jar, "has no " + service, "add that file with your " + word + "'s class name in it");
            }
        } catch (ZipException damaged) {
            throw new UnusableJarException(jar, "is no jar: " + damaged.getMessage(), "pack or copy it again");
        } catch (IOException unreadable) {
            throw new UnusableJarException(jar, "cannot be read: " + unreadable.getMessage(), "make it readable");
        }
    }

    private static <P extends PlugIn> P named(Path jar, PlugInKind<P> kind, P plugIn) {
        String type = plugIn.getClass().getName();
        String name;
        String version;
        try {
            name = plugIn.name();
            version = plugIn.version();
        } catch (RuntimeException defect) {
            throw new UnusableJarException(jar, type + " cannot say its name and version: " + defect, "correct it");
        }
        if (!isText(name) || !NAME.matcher(name).matches() || name.equals(kind.reserved())) {
            throw new UnusableJarException(
                    jar,
                    type + ".name() is " + quoted(name),
                    "let it return letters, digits, dots and dashes that a recipe can name"
                            + (kind.reserved() == null ? "" : " (not '" + kind.reserved() + "')"));
        }
        if (!isText(version)) {
            throw new UnusableJarException(
                    jar,
                    type + ".version() is " + quoted(version),
                    "let it return a text that changes with its " + kind.gives());
        }
        return plugIn;
    }

    private static URL copyOf(Path jar, String word) {
        try {
            Path copy = Files.createTempFile(word + "-", ".jar");
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
