package dev.tempo.standalone.launch;

import dev.tempo.contract.UserException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A built module's class path, its own and nobody else's. In a checkout Maven writes where things were when it built; the
 * project's own modules are taken from the checkout as it lies now, which may have been moved or copied since. In an unpacked
 * archive {@code lib/MODULE.classpath} names jars that lie beside it.
 */
final class BuiltClassPath {
    private static final Pattern MODULE = Pattern.compile(".*/([^/]+)/target/([^/]+)");

    private BuiltClassPath() {}

    /**
     * That of a module, its own classes first.
     *
     * @param home of the built project or the unpacked archive
     * @throws UserException if something of it is not there, naming it
     */
    static String of(Path home, String module) {
        Path listed = home.resolve("lib").resolve(module + ".classpath");
        return Files.exists(listed) ? ofArchive(listed) : ofCheckout(home, module);
    }

    private static String ofArchive(Path listed) {
        List<String> jars = new ArrayList<>();
        try {
            for (String name : Files.readString(listed).strip().split(":")) {
                Path jar = listed.resolveSibling(name);
                if (!Files.exists(jar)) {
                    throw new UserException(jar + " is not there; unpack the archive again");
                }
                jars.add(jar.toString());
            }
        } catch (IOException unreadable) {
            throw new UserException(listed + " cannot be read; unpack the archive again");
        }
        return String.join(File.pathSeparator, jars);
    }

    private static String ofCheckout(Path home, String module) {
        Path target = home.resolve(module).resolve("target");
        List<String> entries = new ArrayList<>(List.of(target.resolve("classes").toString()));
        try {
            for (String entry :
                    Files.readString(target.resolve("classpath.txt")).strip().split(File.pathSeparator)) {
                entries.add(present(home, entry).toString());
            }
        } catch (IOException missing) {
            throw new UserException(target + " holds no built service; build it with ./mvnw -DskipTests package");
        }
        return String.join(File.pathSeparator, entries);
    }

    private static Path present(Path home, String entry) {
        Matcher module = MODULE.matcher(entry);
        Path path = module.matches() ? inCheckout(home, module.group(1), module.group(2)) : Path.of(entry);
        if (!Files.exists(path)) {
            throw new UserException(path + " is not there; build the project with ./mvnw -DskipTests package");
        }
        return path;
    }

    private static Path inCheckout(Path home, String module, String built) {
        Path common = home.resolve("common").resolve(module);
        Path directory = Files.isDirectory(common) ? common : home.resolve(module);
        return directory.resolve("target").resolve(built);
    }
}
