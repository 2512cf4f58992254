package dev.tempo.timeline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The samples of processor time that a run's launcher takes, in the run's timeline. One thread owns it. */
public final class CpuLog {
    private static final Path KERNEL = Path.of("/proc/stat");
    /** Columns of a core's line: its name, user, nice, system, idle, iowait, irq, softirq, steal. */
    private static final int IDLE = 4;

    private static final int WAITING_FOR_DISK = 5;
    private static final int COLUMNS = 9;

    private final Path run;
    private final BoundedFile file;

    public CpuLog(Path run) {
        this.run = run;
        file = TimelineFiles.of(run, "launcher@" + ProcessHandle.current().pid());
    }

    /** Takes a sample. One that cannot be written is dropped: a run does not end for want of numbers about it. */
    public void sample(Map<String, Duration> processes) {
        Map<String, Long> micros = new TreeMap<>();
        processes.forEach((name, cpu) -> micros.put(name, cpu.toNanos() / 1_000));
        Instant now = Instant.now();
        CpuSample sample = new CpuSample(now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000, micros, cores());
        try {
            if (Files.isDirectory(run)) {
                file.add(TimelineFiles.lines(List.of(sample)));
            }
        } catch (IOException unwritable) {
            return;
        }
    }

    private static List<CpuSample.Core> cores() {
        try {
            return Files.exists(KERNEL) ? cores(Files.readString(KERNEL, StandardCharsets.US_ASCII)) : List.of();
        } catch (IOException | NumberFormatException untold) {
            return List.of();
        }
    }

    /** The cores in the text of {@code /proc/stat}. */
    static List<CpuSample.Core> cores(String text) {
        List<CpuSample.Core> cores = new ArrayList<>();
        for (String line : text.lines().toList()) {
            String[] columns = line.split(" +");
            if (columns.length >= COLUMNS && columns[0].matches("cpu\\d+")) {
                long idle = Long.parseLong(columns[IDLE]) + Long.parseLong(columns[WAITING_FOR_DISK]);
                long all = 0;
                for (int column = 1; column < COLUMNS; column++) {
                    all += Long.parseLong(columns[column]);
                }
                cores.add(new CpuSample.Core(all - idle, idle));
            }
        }
        return cores;
    }
}
