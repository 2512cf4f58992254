package dev.tempo.standalone.command;

import dev.tempo.contract.UserException;
import dev.tempo.standalone.launch.Ports;
import dev.tempo.standalone.launch.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say where a command works. */
public final class Place {

    @Option(
            names = "--workspace",
            paramLabel = "DIR",
            description =
                    "Where runs/, the broker's log and cached stages are kept (default: the project directory; of an"
                            + " unpacked archive the directory that tempo is called in).")
    private @Nullable Path workspace;

    @Option(
            names = "--port-base",
            paramLabel = "PORT",
            defaultValue = "" + Ports.DEFAULT_BASE,
            description = "Services listen on PORT+1 to PORT+5, the broker on PORT+12 and PORT+13 (default:"
                    + " ${DEFAULT-VALUE}).")
    private int portBase;

    /** The workspace that an option names, or the usual one. */
    public Workspace workspace() {
        return new Workspace(workspace == null ? usualWorkspace() : workspace);
    }

    /** The ports that services and broker listen on. */
    public Ports ports() {
        try {
            return new Ports(portBase);
        } catch (IllegalArgumentException refused) {
            throw new UserException("--port-base: " + refused.getMessage());
        }
    }

    /** These options as another command takes them. */
    public List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of("--port-base", String.valueOf(portBase)));
        if (workspace != null) {
            arguments.addAll(List.of("--workspace", workspace.toString()));
        }
        return arguments;
    }

    /** Where the project's recipes lie. */
    static Path recipes() {
        return home().resolve("recipes");
    }

    /** The recipe that runs where none is named. */
    public static Path quickstart() {
        return recipes().resolve("quickstart.yaml");
    }

    /** The workspace unless an option names another; the launcher script says where that is. */
    static Path usualWorkspace() {
        String said = System.getProperty("tempo.workspace");
        return said == null ? home() : Path.of(said).toAbsolutePath().normalize();
    }

    /** The project directory, or that of the unpacked archive; the launcher script says where it is. */
    public static Path home() {
        return Path.of(System.getProperty("tempo.home", ".")).toAbsolutePath().normalize();
    }
}
