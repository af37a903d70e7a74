package io.github.hybridinference.examples.fleet;

/**
 * How a fleet is set up.
 *
 * @param instances how many JVMs
 * @param latencyMs what the simulated model takes
 * @param redisTimeoutMs how long an instance waits for Redis
 * @param leaseMs how long the others wait for one that asks
 * @param capUsd the daily cap of the fleet
 * @param localShare what share of the rest an instance may spend while Redis is away; 0 for none
 * @param warmUp questions that each instance is asked before anything is measured
 */
record Plan(
        int instances,
        long latencyMs,
        long redisTimeoutMs,
        long leaseMs,
        String capUsd,
        double localShare,
        int warmUp) {}
