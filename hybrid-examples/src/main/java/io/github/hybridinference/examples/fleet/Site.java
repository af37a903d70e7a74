package io.github.hybridinference.examples.fleet;

import io.github.hybridinference.examples.rig.StandInProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A Redis, a simulated model and the instances, each in a process of its own. */
final class Site implements AutoCloseable {
    /** Questions of this number and above are asked to warm up. */
    private static final long WARM_UP = 10_000_000;

    private final Plan plan;
    private final RedisProcess redis;
    private final StandInProcess model;
    private final List<Instance> instances = new ArrayList<>();

    private Site(Plan plan, RedisProcess redis, StandInProcess model) {
        this.plan = plan;
        this.redis = redis;
        this.model = model;
    }

    /** Starts them all, and has each instance ask what nobody asks later. */
    static Site start(Plan plan) throws IOException {
        RedisProcess redis = RedisProcess.start();
        try {
            Site site = new Site(plan, redis, StandInProcess.start(plan.latencyMs()));
            try {
                site.startInstances();
            } catch (IOException failed) {
                site.close();
                throw failed;
            }
            return site;
        } catch (IOException failed) {
            redis.close();
            throw failed;
        }
    }

    private void startInstances() throws IOException {
        for (int i = 0; i < plan.instances(); i++) {
            instances.add(Instance.start(plan, redis.url(), model.baseUrl()));
        }
        for (Instance instance : instances) {
            instance.awaitReady();
        }
        for (int i = 0; i < instances.size(); i++) {
            instances.get(i).warmUp(WARM_UP + (long) i * plan.warmUp(), plan.warmUp());
        }
        for (Instance instance : instances) {
            instance.reply();
        }
    }

    Plan plan() {
        return plan;
    }

    RedisProcess redis() {
        return redis;
    }

    List<Instance> instances() {
        return List.copyOf(instances);
    }

    /** Calls that have reached the model so far. */
    long upstream() throws IOException {
        return model.requests();
    }

    @Override
    public void close() {
        instances.forEach(Instance::close);
        model.close();
        redis.close();
    }
}
