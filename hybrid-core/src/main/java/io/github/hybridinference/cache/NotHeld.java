package io.github.hybridinference.cache;

/** The leave to ask of a lease that fails open. */
enum NotHeld implements FlightLease.Lease {
    INSTANCE;

    @Override
    public void release() {}

    @Override
    public boolean isHeld() {
        return false;
    }
}
