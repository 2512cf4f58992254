package dev.tempo.eval.dashboard;

import org.springframework.scheduling.annotation.Scheduled;

/** The clock of looks at the other services, whether anybody has the page open or not: silence has a beginning. */
public class ServiceClock {
    private final OtherServices services;

    public ServiceClock(OtherServices services) {
        this.services = services;
    }

    @Scheduled(fixedDelay = 2000)
    void tick() {
        services.look();
    }
}
