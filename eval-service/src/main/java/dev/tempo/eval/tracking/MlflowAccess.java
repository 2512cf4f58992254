package dev.tempo.eval.tracking;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The way into an MLflow server: its address, and what it takes to be let in. Secrets come from the environment variables that MLflow's own
 * clients read, and show up in no text.
 */
public final class MlflowAccess {
    private final URI address;
    private final @Nullable String authorization;
    private final List<String> secrets;

    private MlflowAccess(URI address, @Nullable String authorization, List<String> secrets) {
        this.address = address;
        this.authorization = authorization;
        this.secrets = secrets;
    }

    /**
     * The way into a server.
     *
     * @param environment the value of an environment variable by its name, null where it is not set
     * @throws IllegalArgumentException if the address is none that can be asked, or holds a secret
     */
    public static MlflowAccess of(URI address, UnaryOperator<@Nullable String> environment) {
        check(address);
        String user = orEmpty(environment.apply("MLFLOW_TRACKING_USERNAME"));
        String password = orEmpty(environment.apply("MLFLOW_TRACKING_PASSWORD"));
        String token = header(environment.apply("MLFLOW_TRACKING_TOKEN"));
        if (!user.isEmpty() && !password.isEmpty()) {
            String pair = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
            return new MlflowAccess(address, "Basic " + pair, List.of(password, pair));
        }
        return token.isEmpty()
                ? new MlflowAccess(address, null, List.of())
                : new MlflowAccess(address, "Bearer " + token, List.of(token));
    }

    /** A variable that is set to nothing is not set: compose files have it so. */
    private static String orEmpty(@Nullable String value) {
        return value == null ? "" : value;
    }

    /** What of a value can stand in a header: files of secrets tend to end in a new line. */
    private static String header(@Nullable String value) {
        String header = orEmpty(value).replaceAll("\\p{Cntrl}", "").strip();
        if (header.chars().anyMatch(sign -> sign > '~')) {
            throw new IllegalArgumentException(
                    "MLFLOW_TRACKING_TOKEN holds a character that no token has; copy it anew");
        }
        return header;
    }

    /**
     * Refuses what is no address of a server.
     *
     * @throws IllegalArgumentException saying why
     */
    public static void check(URI address) {
        boolean web = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
        if (address.getRawUserInfo() != null) {
            throw new IllegalArgumentException("the address of MLflow holds a user's name; give name and password in"
                    + " MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or a token in MLFLOW_TRACKING_TOKEN");
        }
        if (!web || address.getHost() == null || address.getRawQuery() != null || address.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "'" + address + "' is no address of an MLflow server, such as http://localhost:5000");
        }
    }

    URI address() {
        return address;
    }

    /** The address of a part of the REST API. */
    URI of(String path) {
        String root = address.toString();
        return URI.create((root.endsWith("/") ? root : root + "/") + "api/2.0/mlflow/" + path);
    }

    List<String> headers() {
        List<String> headers = new ArrayList<>(List.of("Content-Type", "application/json"));
        if (authorization != null) {
            headers.addAll(List.of("Authorization", authorization));
        }
        return headers;
    }

    /** A text without what it may hold of the secrets. */
    String withoutSecrets(String text) {
        String hidden = text;
        for (String secret : secrets) {
            hidden = hidden.replace(secret, "(secret)");
        }
        return hidden;
    }

    /** The address alone. */
    @Override
    public String toString() {
        return address.toString();
    }
}
