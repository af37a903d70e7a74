package io.github.hybridinference.lab.fleet;

import io.github.hybridinference.lab.process.RedisServers;
import io.github.hybridinference.lab.process.StandInProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A Redis, a simulated model and the instances of the fleet, each in a process of its own. */
final class RunningFleet implements AutoCloseable {
    /** Snapshots with this number and above serve to warm up. */
    private static final long WARM_UP = 10_000_000;

    private final FleetSettings settings;
    private final RedisServers redis;
    private final StandInProcess model;
    private final List<WorkerProcess> instances = new ArrayList<>();

    private RunningFleet(FleetSettings settings, RedisServers redis, StandInProcess model) {
        this.settings = settings;
        this.redis = redis;
        this.model = model;
    }

    /** Starts all processes and warms up each instance with snapshots that are not used later. */
    static RunningFleet start(FleetSettings settings) throws IOException {
        RedisServers redis = RedisServers.start(settings.redis());
        try {
            RunningFleet fleet = new RunningFleet(settings, redis, StandInProcess.start(settings.latencyMs()));
            try {
                fleet.startInstances();
            } catch (IOException failed) {
                fleet.close();
                throw failed;
            }
            return fleet;
        } catch (IOException failed) {
            redis.close();
            throw failed;
        }
    }

    private void startInstances() throws IOException {
        for (int i = 0; i < settings.instances(); i++) {
            instances.add(WorkerProcess.start(settings, redis.url(), model.baseUrl()));
        }
        for (WorkerProcess instance : instances) {
            instance.awaitReady();
        }
        for (int i = 0; i < instances.size(); i++) {
            instances.get(i).warmUp(WARM_UP + (long) i * settings.warmUp(), settings.warmUp());
        }
        for (WorkerProcess instance : instances) {
            instance.result();
        }
    }

    FleetSettings settings() {
        return settings;
    }

    RedisServers redis() {
        return redis;
    }

    List<WorkerProcess> instances() {
        return List.copyOf(instances);
    }

    /** Requests that have reached the model so far. */
    long upstream() throws IOException {
        return model.requests();
    }

    @Override
    public void close() {
        instances.forEach(WorkerProcess::close);
        model.close();
        redis.close();
    }
}
