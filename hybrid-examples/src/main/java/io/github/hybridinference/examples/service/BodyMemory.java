package io.github.hybridinference.examples.service;

import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What all bodies together may hold. When it is too much, the largest of those still being read is refused. */
final class BodyMemory {
    private final long most;
    private final AtomicLong held = new AtomicLong();
    private final Set<BodyReader> unfinished = ConcurrentHashMap.newKeySet();

    BodyMemory(long most) {
        this.most = most;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what is thrown here would be a fault of the set
    void add(BodyReader reader) {
        unfinished.add(reader);
        reader.body().whenComplete((bytes, refused) -> unfinished.remove(reader));
    }

    void grown(int bytes) {
        if (held.addAndGet(bytes) > most) {
            unfinished.stream()
                    .max(Comparator.comparingInt(BodyReader::length))
                    .ifPresent(largest -> largest.refuse(new BadRequest(
                            429, "too_many_requests", "too many large requests are being read, try again later")));
        }
    }

    void release(int bytes) {
        held.addAndGet(-bytes);
    }

    long held() {
        return held.get();
    }
}
