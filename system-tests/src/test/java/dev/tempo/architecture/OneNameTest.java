package dev.tempo.architecture;

import static java.util.Map.entry;
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
    /** The names that two classes share all the same: which classes, and how far one is in reach of the other. */
    private static final Map<String, String> SHARED = Map.ofEntries(
            entry(
                    "Agreement",
                    "conformance's is package-private; standalone's judging, which sees that module, cannot name it"),
            entry(
                    "BaseModel",
                    "both are standalone's: the quickstart makes one, a package-private one describes a run's"),
            entry("Bus", "critic-service's topics and the launcher's broker; standalone could name both"),
            entry("Formulas", "package-private in datasets and in verification, neither of which sees the other"),
            entry(
                    "OpenRound",
                    "package-private in policy-service and in rollout-service, neither of which sees the other"),
            entry("Prompts", "package-private in datasets and in rollout-service, which cannot name the former"),
            entry("Reading", "package-private in verification, which does not see recipes"),
            entry("Recalibration", "the E-step's settings in a recipe; critic-service's E-step could name them"),
            entry("Sample", "package-private in eval-service and in rollout-service, neither of which sees the other"),
            entry("Tokenizer", "of a language model; verification's, of LaTeX, is package-private"),
            entry("Words", "package-private in judging, which does not see recipes"));

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

        assertThat(packagesByName.keySet())
                .as("names of more than one class, of those in %s", packagesByName)
                .isEqualTo(new TreeSet<>(SHARED.keySet()));
    }
}
