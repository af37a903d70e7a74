package io.github.hybridinference.lab.capacity;

import java.util.PriorityQueue;
import java.util.Random;

/**
 * One close of a bar, simulated: all questions come at once, evenly over the instances. Each instance has a number of places
 * for calls, and serves its questions in turn. A question whose turn comes after its deadline is not sent; a call
 * that lasts beyond it ends there, unanswered and paid for.
 *
 * <p>The durations of calls are log-normal, from a fixed seed, so the same fleet gives the same figures.
 */
final class BarClose {
    private static final long SEED = 20_261_128;

    /** The 99th percentile of the standard normal distribution. */
    private static final double NORMAL_P99 = 2.326_347_874;

    /**
     * What the questions meet.
     *
     * @param questions complex scenarios that no cache answers, of the whole fleet
     * @param instances processes with an engine each
     * @param places calls that an instance may have with the model at a time
     * @param medianSeconds half of the calls take at most so long
     * @param p99Seconds 99 of 100 calls take at most so long; the same as the median for calls of one duration
     * @param deadlineSeconds of each question
     * @param cpuSeconds of one core, for each call
     * @param cores of each instance
     */
    record Fleet(
            int questions,
            int instances,
            int places,
            double medianSeconds,
            double p99Seconds,
            double deadlineSeconds,
            double cpuSeconds,
            int cores) {

        Fleet withPlaces(int other) {
            return new Fleet(
                    questions, instances, other, medianSeconds, p99Seconds, deadlineSeconds, cpuSeconds, cores);
        }

        Fleet withInstances(int other) {
            return new Fleet(questions, other, places, medianSeconds, p99Seconds, deadlineSeconds, cpuSeconds, cores);
        }

        Fleet withCores(int other) {
            return new Fleet(
                    questions, instances, places, medianSeconds, p99Seconds, deadlineSeconds, cpuSeconds, other);
        }

        Fleet twiceAsFastAModel() {
            return new Fleet(
                    questions,
                    instances,
                    places,
                    medianSeconds / 2,
                    p99Seconds / 2,
                    deadlineSeconds,
                    cpuSeconds,
                    cores);
        }
    }

    /**
     * What became of the questions.
     *
     * @param answered by the model in time
     * @param tooLate calls that were sent and had no answer at the deadline
     * @param notSent questions whose turn would have come after the deadline
     * @param seconds until the last question was answered or given up
     */
    record Outcome(int answered, int tooLate, int notSent, double seconds) {
        int calls() {
            return answered + tooLate;
        }
    }

    private BarClose() {}

    static Outcome simulate(Fleet fleet) {
        Random random = new Random(SEED);
        int answered = 0;
        int tooLate = 0;
        int notSent = 0;
        double seconds = 0;
        for (int instance = 0; instance < fleet.instances; instance++) {
            int own = fleet.questions / fleet.instances + (instance < fleet.questions % fleet.instances ? 1 : 0);
            PriorityQueue<Double> busyUntil = new PriorityQueue<>();
            for (int i = 0; i < own; i++) {
                double free = busyUntil.size() < fleet.places ? 0 : busyUntil.remove();
                double start = Math.max(free, i * fleet.cpuSeconds / fleet.cores);
                if (start >= fleet.deadlineSeconds) {
                    notSent++;
                    seconds = Math.max(seconds, fleet.deadlineSeconds);
                    busyUntil.add(free);
                    continue;
                }
                double end = start + duration(fleet, random);
                if (end <= fleet.deadlineSeconds) {
                    answered++;
                } else {
                    tooLate++;
                    end = fleet.deadlineSeconds;
                }
                busyUntil.add(end);
                seconds = Math.max(seconds, end);
            }
        }
        return new Outcome(answered, tooLate, notSent, seconds);
    }

    private static double duration(Fleet fleet, Random random) {
        double sigma = Math.log(fleet.p99Seconds / fleet.medianSeconds) / NORMAL_P99;
        return fleet.medianSeconds * Math.exp(sigma * random.nextGaussian());
    }
}
