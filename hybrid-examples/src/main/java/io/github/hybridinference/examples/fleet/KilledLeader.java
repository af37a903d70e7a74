package io.github.hybridinference.examples.fleet;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** All ask the same; the instance that asks the model for all is killed before it has the answer. */
final class KilledLeader {
    private static final long QUESTION = 2_000_000;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final long questions;

    KilledLeader(long questions) {
        this.questions = questions;
    }

    /** The first instance asks a little before the others, so that it is known whom to kill. */
    Round run(Site site) throws IOException {
        long before = site.upstream();
        long each = questions / site.plan().instances();
        Instance leader = site.instances().get(0);
        List<Instance> others = site.instances().subList(1, site.instances().size());
        leader.ask(QUESTION, 0, each, 0);
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (site.upstream() == before) {
            if (System.nanoTime() - end > 0) {
                throw new IOException("the leader did not ask");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
        for (Instance other : others) {
            other.ask(QUESTION, 0, each, 0);
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(site.plan().latencyMs() / 4));
        leader.kill();
        return Round.collect(site, others, before);
    }

    static void report(Round round, Plan plan) {
        System.out.println(Round.heading());
        System.out.println(round.row("identical, leader killed"));
        System.out.printf(
                Locale.ROOT,
                "the longest wait was %.0f ms; lease and latency are %d ms%n",
                round.answers().percentileMs(100),
                plan.leaseMs() + plan.latencyMs());
        System.out.printf(
                Locale.ROOT,
                "RESULT {\"answered\":%d,\"upstream\":%d,\"longest_ms\":%.1f,\"lease_plus_latency_ms\":%d,\"errors\":%d}%n",
                round.answers().count(),
                round.upstream(),
                round.answers().percentileMs(100),
                plan.leaseMs() + plan.latencyMs(),
                round.answers().errors());
    }
}
