package io.github.hybridinference.cache;

/** The leave to ask of a lease that fails open. */
enum NotHeld implements CallLease.Lease {
    INSTANCE;

    @Override
    public void release() {}

    @Override
    public boolean isHeld() {
        return false;
    }
}
