package dev.tempo.standalone.launch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/**
 * The version of TEMPO that this is.
 *
 * @param version as Maven numbers it
 * @param commit of the checkout, now or when the archive was made of it, short, with {@code -dirty} where files differ from
 *     it; empty where git does not tell
 * @param java version of the running JVM
 */
public record ProductVersion(String version, String commit, String java) {
    private static final long PATIENCE_SECONDS = 5;

    /** @param home the project directory or that of the unpacked archive */
    public static ProductVersion of(Path home) {
        Properties product = new Properties();
        try (InputStream content = ProductVersion.class.getResourceAsStream("product.properties")) {
            product.load(content);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("product.properties cannot be read", unreadable);
        }
        return new ProductVersion(
                product.getProperty("version"), commit(home), Runtime.version().toString());
    }

    private static String commit(Path home) {
        if (!Files.exists(home.resolve(".git"))) {
            return commitOfArchive(home.resolve("lib").resolve("commit"));
        }
        ProcessBuilder git = new ProcessBuilder(
                        "git", "-C", home.toString(), "describe", "--always", "--dirty", "--exclude=*")
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            Process asked = git.start();
            asked.getOutputStream().close();
            String answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return asked.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && asked.exitValue() == 0 ? answer : "";
        } catch (IOException noGit) {
            return "";
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    private static String commitOfArchive(Path written) {
        try {
            return Files.exists(written) ? Files.readString(written).strip() : "";
        } catch (IOException unreadable) {
            throw new UncheckedIOException(written + " cannot be read", unreadable);
        }
    }

    /** {@code tempo 0.1.0 (commit 1ab6cad), Java 17.0.15}. */
    @Override
    public String toString() {
        return "tempo " + version + (commit.isEmpty() ? "" : " (commit " + commit + ")") + ", Java " + java;
    }
}
