package io.github.hybridinference.lab.fleet;

import io.github.hybridinference.lab.process.RedisForm;

/**
 * How a fleet is set up.
 *
 * @param redis how the servers of Redis are organised
 * @param instances the number of JVMs
 * @param latencyMs how long the simulated model takes for an answer
 * @param redisTimeoutMs how long an instance waits for Redis
 * @param leaseMs how long the other instances wait for the one that makes the call
 * @param capUsd the daily cap of the fleet
 * @param localShare what share of the remaining budget an instance may spend while Redis is unreachable; 0 for none
 * @param warmUp inferences at each instance before anything is measured
 */
record FleetSettings(
        RedisForm redis,
        int instances,
        long latencyMs,
        long redisTimeoutMs,
        long leaseMs,
        String capUsd,
        double localShare,
        int warmUp) {}
