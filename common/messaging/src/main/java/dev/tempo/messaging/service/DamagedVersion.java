package dev.tempo.messaging.service;

import java.nio.file.Path;
import org.slf4j.Logger;

/** The line in which a trainer says what it does about a version whose files are damaged, or why it cannot. */
public final class DamagedVersion {
    private DamagedVersion() {}

    /**
     * Says it.
     *
     * @param damage in words that name the file
     * @param what is done, the line's message
     */
    public static void tell(Logger log, String run, Path version, String damage, String what) {
        log.atWarn()
                .addKeyValue("run", run)
                .addKeyValue("version", version.getFileName())
                .addKeyValue("reason", damage)
                .log(what);
    }
}
