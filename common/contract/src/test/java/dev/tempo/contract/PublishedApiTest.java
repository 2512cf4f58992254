package dev.tempo.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The listing api.txt of what others can compile against in this artifact: a change of it is seen in review. */
class PublishedApiTest {
    private static final Path LISTING = Path.of("src/test/resources/api.txt");

    @Test
    void theListingSaysWhatIsPublic() throws IOException, URISyntaxException {
        List<String> now = publicApi();
        if (Boolean.getBoolean("api.write")) {
            Files.write(LISTING, now);
        }
        assertThat(now)
                .as(
                        "public API against %s; where the change is meant, write the listing with ./mvnw -pl common/contract"
                                + " -am -Dtest=PublishedApiTest -Dsurefire.failIfNoSpecifiedTests=false -Dapi.write=true test,"
                                + " and say it in CHANGELOG.md",
                        LISTING)
                .containsExactlyElementsOf(Files.readAllLines(LISTING));
    }

    private static List<String> publicApi() throws IOException, URISyntaxException {
        Path classes = Path.of(
                Topics.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        TreeSet<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.walk(classes)) {
            files.map(file -> classes.relativize(file).toString())
                    .filter(file -> file.endsWith(".class") && !file.endsWith("-info.class"))
                    .forEach(file -> names.add(
                            file.substring(0, file.length() - ".class".length()).replace('/', '.')));
        }
        List<String> lines = new ArrayList<>();
        for (String name : names) {
            Class<?> type = typeNamed(name);
            if (isReachable(type)) {
                lines.add(name);
                members(type).forEach(member -> lines.add("  " + member));
            }
        }
        return lines;
    }

    private static Class<?> typeNamed(String name) {
        try {
            return Class.forName(name, false, Topics.class.getClassLoader());
        } catch (ClassNotFoundException gone) {
            throw new AssertionError(name, gone);
        }
    }

    private static boolean isReachable(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return Modifier.isPublic(type.getModifiers()) && (outer == null || isReachable(outer));
    }

    private static TreeSet<String> members(Class<?> type) {
        TreeSet<String> members = new TreeSet<>();
        for (Field field : type.getDeclaredFields()) {
            if (isVisible(field)) {
                members.add(field.toGenericString());
            }
        }
        Stream.of(type.getDeclaredConstructors(), type.getDeclaredMethods())
                .flatMap(Stream::of)
                .map(Executable.class::cast)
                .filter(PublishedApiTest::isVisible)
                .forEach(executable -> members.add(executable.toGenericString()));
        return members;
    }

    private static boolean isVisible(Member member) {
        return !member.isSynthetic() && (member.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0;
    }
}
