package dev.tempo.eval.dashboard;

import dev.tempo.eval.served.ServedHistory;
import java.util.List;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** The live dashboard: one self-contained page and the JSON that it draws. */
@RestController
class DashboardController {
    private final RunHistory history;
    private final OtherServices services;

    DashboardController(RunHistory history, OtherServices services) {
        this.history = history;
        this.services = services;
    }

    @GetMapping(path = "/", produces = MediaType.TEXT_HTML_VALUE)
    Resource page() {
        return new ClassPathResource("dashboard/index.html");
    }

    @GetMapping("/api/runs")
    List<RunSummary> runs() {
        return history.summaries();
    }

    @GetMapping("/api/runs/{run}")
    RunDetail run(@PathVariable String run) {
        return history.detail(run).orElseThrow(() -> unknown(run));
    }

    @GetMapping("/api/runs/{run}/waits")
    RunWaits waits(@PathVariable String run) {
        return history.run(run).map(services::waits).orElseThrow(() -> unknown(run));
    }

    @GetMapping("/api/runs/{run}/timeline")
    RecentRounds timeline(@PathVariable String run) {
        return RecentRounds.of(history.announced(run).orElseThrow(() -> unknown(run)));
    }

    @GetMapping("/api/runs/{run}/served")
    ServedHistory served(@PathVariable String run) {
        return ServedHistory.of(history.announced(run).orElseThrow(() -> unknown(run)));
    }

    private static ResponseStatusException unknown(String run) {
        return new ResponseStatusException(HttpStatus.NOT_FOUND, "no run '" + run + "'");
    }
}
