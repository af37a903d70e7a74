package io.github.hybridinference.internal;

import io.github.hybridinference.cache.CachedSignal;
import io.github.hybridinference.remote.RemoteModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which versions of each model are being served. Once a version was seen for the first time, cached answers of the others are
 * not given until one of those is seen again, since a provider may serve several at a time. Versions are seen in replies, and
 * in cached answers of other processes that are newer than all that was seen here. Nothing is known at the start, and any
 * answer is accepted.
 *
 * <p>A version is the model's name as the service gives it and the fingerprint. Each is followed on its own, so that a
 * fingerprint that means nothing, because it changes with every reply, is ignored while the name still counts.
 *
 * @since 0.1.0
 */
public final class ServedVersions {
    /**
     * A version.
     *
     * @param model the model as its service names it
     * @param fingerprint the service's mark, or null if it gave none
     */
    public record Version(String model, @Nullable String fingerprint) {}

    private final Map<String, Model> models;
    private final LongSupplier nanoClock;

    /**
     * Makes one that has seen nothing.
     *
     * @param models whose versions are followed
     * @param nanoClock in nanoseconds; never goes back
     */
    public ServedVersions(List<RemoteModel> models, LongSupplier nanoClock) {
        this.models = models.stream()
                .map(model -> model.identity().model())
                .distinct()
                .collect(Collectors.toUnmodifiableMap(name -> name, name -> new Model()));
        this.nanoClock = nanoClock;
    }

    /**
     * Whether a cached answer may be given.
     *
     * @param answer the cached answer
     * @return whether its version is served, as far as is known
     */
    public boolean accepts(CachedSignal answer) {
        Model model = models.get(answer.askedModel());
        if (model == null || model.isServed(answer)) {
            return true;
        }
        if (!model.isNewer(answer)) {
            return false;
        }
        long nowNanos = nanoClock.getAsLong();
        Version version = new Version(answer.model(), answer.fingerprint());
        model.saw(version, nowNanos, nowNanos, answer.answeredAtMs());
        return true;
    }

    /**
     * Takes note of a reply that was accepted.
     *
     * @param asked the model as it was requested
     * @param model the model as its service names it
     * @param fingerprint the service's mark, or null
     * @param askedNanos when the request was sent, on the nano clock
     * @param nowMs the time on the engine's clock
     * @return its version, the same object for equal ones while they are served, since the cache may hold a million answers
     */
    public Version replied(String asked, String model, @Nullable String fingerprint, long askedNanos, long nowMs) {
        Version version = new Version(model, fingerprint);
        Model requested = models.get(asked);
        return requested == null ? version : requested.saw(version, askedNanos, nanoClock.getAsLong(), nowMs);
    }

    /** One requested model: its names, and its names with their fingerprints. */
    private static final class Model {
        private final History names = new History(false);
        private final History versions = new History(true);
        private long lastSeenMs = Long.MIN_VALUE;

        boolean isServed(CachedSignal answer) {
            return names.isServed(answer) && versions.isServed(answer);
        }

        synchronized boolean isNewer(CachedSignal answer) {
            return answer.answeredAtMs() > lastSeenMs;
        }

        synchronized Version saw(Version version, long askedNanos, long nowNanos, long nowMs) {
            lastSeenMs = Math.max(lastSeenMs, nowMs);
            names.saw(new Version(version.model(), null), askedNanos, nowNanos);
            return versions.saw(version, askedNanos, nowNanos);
        }
    }

    /** Written under the lock of its model, read without one. */
    private static final class History {
        /** A version that was not seen in so many replies is not served any more. */
        private static final int WINDOW = 32;

        /** With more new ones than this among as many replies, they are no versions. */
        private static final int MOST_NEW = 8;

        private final boolean byFingerprint;
        private final Map<Version, Seen> known = new LinkedHashMap<>();
        private long replies;
        private int firstTimes; // one bit for each of the last 32 replies
        private volatile Version[] served = {}; // never changed in place; empty if any is accepted

        History(boolean byFingerprint) {
            this.byFingerprint = byFingerprint;
        }

        boolean isServed(CachedSignal answer) {
            Version[] now = served;
            for (Version version : now) {
                if (version.model().equals(answer.model())
                        && (!byFingerprint || Objects.equals(version.fingerprint(), answer.fingerprint()))) {
                    return true;
                }
            }
            return now.length == 0;
        }

        Version saw(Version version, long askedNanos, long nowNanos) {
            Seen before = known.remove(version);
            if (before != null && !before.served && askedNanos - before.retiredNanos < 0) {
                known.put(version, before);
                return before.version; // asked before its successor was seen, so it says nothing about now
            }
            if (before == null) {
                known.values().forEach(other -> other.retire(nowNanos));
            }
            replies++;
            firstTimes = firstTimes << 1 | (before == null ? 1 : 0);
            Seen seen = before == null ? new Seen(version) : before;
            seen.served = true;
            seen.reply = replies;
            known.put(version, seen); // last, so that the first is the one that was not seen for longest
            if (known.size() > WINDOW) {
                known.remove(known.keySet().iterator().next());
            }
            publish(nowNanos);
            return seen.version;
        }

        private void publish(long nowNanos) {
            List<Version> now = new ArrayList<>();
            for (Seen each : known.values()) {
                if (replies - each.reply >= WINDOW) {
                    each.retire(nowNanos);
                } else if (each.served) {
                    now.add(each.version);
                }
            }
            boolean meansNothing = Integer.bitCount(firstTimes) > MOST_NEW;
            served = meansNothing ? new Version[0] : now.toArray(Version[]::new);
        }
    }

    private static final class Seen {
        private final Version version;
        private boolean served;
        private long reply;
        private long retiredNanos;

        Seen(Version version) {
            this.version = version;
        }

        void retire(long nowNanos) {
            if (served) {
                served = false;
                retiredNanos = nowNanos;
            }
        }
    }
}
