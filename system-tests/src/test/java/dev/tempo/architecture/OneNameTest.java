package dev.tempo.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Simple names of top-level classes: each stands for one class in all modules together, so that a reader who meets a name in
 * code, in prose or in a stack trace need not ask which one is meant.
 */
class OneNameTest {
    @Test
    void oneSimpleNameStandsForOneClass() {
        Map<String, Set<String>> packagesByName = new TreeMap<>();
        for (JavaClass type : Code.ALL) {
            if (type.isTopLevelClass() && !type.getSimpleName().equals("package-info")) {
                packagesByName
                        .computeIfAbsent(type.getSimpleName(), name -> new TreeSet<>())
                        .add(type.getPackageName());
            }
        }
        assertThat(packagesByName).hasSizeGreaterThan(500);
        packagesByName.values().removeIf(packages -> packages.size() == 1);

        assertThat(packagesByName)
                .as("names of more than one class, with their packages")
                .isEmpty();
    }
}
